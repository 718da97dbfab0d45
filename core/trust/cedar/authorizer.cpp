#include "core/trust/cedar/authorizer.h"

#include "core/trust/cedar/hearing.h"

namespace ephor::cedar {

namespace {

std::vector<const Policy*> listed(const PolicySet& policies, const std::pmr::vector<std::uint32_t>& places)
{
    std::vector<const Policy*> list;
    list.reserve(places.size());
    for (const std::uint32_t place : places)
        list.push_back(&policies.policies()[place]);
    return list;
}

/// One request, heard by one set.
struct OneHearing {
    OneHearing(
        const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History* history)
        : asked(entities, request)
        , hearing(policies, mode, history)
    {
        hearing.hear(asked, heard);
    }

    Asked asked;
    Hearing hearing;
    std::array<std::byte, 512> first;
    std::pmr::monotonic_buffer_resource memory{first.data(), first.size()};
    Heard heard{memory};
};

Satisfied satisfiedBy(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History* history)
{
    OneHearing one(policies, entities, request, mode, history);
    return {listed(policies, one.heard.permits), listed(policies, one.heard.forbids),
        errorsOf(policies, one.asked, history, one.heard)};
}

}

Verdict decideWith(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History* history)
{
    OneHearing one(policies, entities, request, mode, history);
    Verdict verdict;
    if (one.heard.forbids.empty() && !one.heard.permits.empty())
        verdict.decision = Decision::Allow;
    verdict.reasons = listed(policies, one.heard.forbids.empty() ? one.heard.permits : one.heard.forbids);
    verdict.errors = errorsOf(policies, one.asked, history, one.heard);
    return verdict;
}

Verdict decide(const PolicySet& policies, const Entities& entities, const Request& request, Mode mode)
{
    return decideWith(policies, entities, request, mode, nullptr);
}

Verdict decide(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History& history)
{
    return decideWith(policies, entities, request, mode, &history);
}

Satisfied satisfied(const PolicySet& policies, const Entities& entities, const Request& request, Mode mode)
{
    return satisfiedBy(policies, entities, request, mode, nullptr);
}

Satisfied satisfied(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History& history)
{
    return satisfiedBy(policies, entities, request, mode, &history);
}

}
