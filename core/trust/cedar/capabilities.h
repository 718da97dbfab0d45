#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace ephor::cedar {

/// What a condition proves when it is true: attributes and tags that exist, each as a hash of target and name. Sorted.
using Capabilities = std::vector<std::uint64_t>;

Capabilities unionOf(const Capabilities& left, const Capabilities& right);
Capabilities intersectionOf(const Capabilities& left, const Capabilities& right);

/// What is proven at the place that is being typed.
class KnownCapabilities {
public:
    bool contains(std::uint64_t capability) const { return m_counts.contains(capability); }
    void add(const Capabilities& capabilities);
    void remove(const Capabilities& capabilities);

private:
    std::unordered_map<std::uint64_t, unsigned> m_counts;
};

/// Holds what is proven for as long as it lives.
class Assumption {
public:
    Assumption(KnownCapabilities& known, Capabilities capabilities)
        : m_known(known)
        , m_capabilities(std::move(capabilities))
    {
        m_known.add(m_capabilities);
    }
    ~Assumption() { m_known.remove(m_capabilities); }
    Assumption(const Assumption&) = delete;
    Assumption& operator=(const Assumption&) = delete;

private:
    KnownCapabilities& m_known;
    Capabilities m_capabilities;
};

}
