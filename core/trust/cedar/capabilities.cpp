#include "core/trust/cedar/capabilities.h"

#include <algorithm>
#include <iterator>

namespace ephor::cedar {

Capabilities unionOf(const Capabilities& left, const Capabilities& right)
{
    Capabilities both;
    both.reserve(left.size() + right.size());
    std::ranges::set_union(left, right, std::back_inserter(both));
    return both;
}

Capabilities intersectionOf(const Capabilities& left, const Capabilities& right)
{
    Capabilities common;
    std::ranges::set_intersection(left, right, std::back_inserter(common));
    return common;
}

void KnownCapabilities::add(const Capabilities& capabilities)
{
    for (const std::uint64_t capability : capabilities)
        ++m_counts[capability];
}

void KnownCapabilities::remove(const Capabilities& capabilities)
{
    for (const std::uint64_t capability : capabilities) {
        const auto found = m_counts.find(capability);
        if (--found->second == 0)
            m_counts.erase(found);
    }
}

}
