// links: core_trust_policy
#include "core/trust/cedar/policy_set.h"
#include "core/trust/policy/grant_policy.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

using namespace ephor;

namespace {

// Of one input: a release has more, but each is read by itself.
constexpr std::size_t mostPolicies = 32;

/// Policies one after the other, apart by a line "==": the first line of each is its id.
std::vector<PolicyText> policiesIn(std::string_view text)
{
    std::vector<PolicyText> policies;
    while (!text.empty() && policies.size() < mostPolicies) {
        const std::size_t end = text.find("\n==\n");
        const std::string_view one = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 4);
        const std::size_t line = one.find('\n');
        if (line != std::string_view::npos)
            policies.push_back({std::string(one.substr(0, line)), std::string(one.substr(line + 1))});
    }
    return policies;
}

}

/// Policies of a release that somebody may have written by hand. What is read as a grant must be written as the very
/// same policies again, and those must be policies.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > 16 * 1024)
        return 0;
    const auto policies = policiesIn({reinterpret_cast<const char*>(data), size});
    for (const PolicyText& each : policies)
        (void)policy::expiryOf(each.text);
    const std::vector<GrantRule> grants = policy::grantsOf(policies);
    const auto written = policy::policiesOf(grants);
    if (!written || policy::grantsOf(*written) != grants)
        std::abort();
    auto next = policies.begin();
    for (const PolicyText& each : *written) {
        const cedar::PolicySource source{each.id, each.text};
        if (!cedar::PolicySet::fromPolicies(std::span(&source, 1)))
            std::abort();
        next = std::find(next, policies.end(), each);
        if (next == policies.end())
            std::abort();
    }
    return 0;
}
