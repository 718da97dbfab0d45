#include "core/trust/cedar/batch_item.h"
#include "core/trust/cedar/format.h"
#include "core/trust/cedar/policy_diff.h"

#include <nlohmann/json.hpp>

namespace ephor::cedar {

namespace {

std::string_view nameOfDifference(Difference difference)
{
    switch (difference) {
    case Difference::None:
        return "none";
    case Difference::Layout:
        return "layout";
    case Difference::Annotations:
        return "annotations";
    case Difference::Rule:
        return "rule";
    }
    return "rule";
}

Json policyJson(const Policy& policy)
{
    return {{"id", policy.id}, {"text", formatted(policy)}};
}

Json policiesJson(const std::vector<const Policy*>& policies)
{
    Json list = Json::array();
    for (const Policy* policy : policies)
        list.push_back(policyJson(*policy));
    return list;
}

Result<std::vector<Request>> requestsOf(const Json& item)
{
    std::vector<Request> requests;
    const auto given = item.find("requests");
    if (given == item.end())
        return requests;
    if (!given->is_array())
        return batch::itemFault("The member \"requests\" is a list.");
    for (std::size_t i = 0; i < given->size(); ++i) {
        auto request = Request::fromJson((*given)[i]);
        if (!request)
            return fail(std::move(request.error()).with("requests", std::to_string(i)));
        requests.push_back(std::move(*request));
    }
    return requests;
}

Result<Json> diffItem(const Json& item)
{
    EPHOR_TRY(const std::shared_ptr<const PolicySet> before, batch::policiesOf(item, "before"));
    EPHOR_TRY(const std::shared_ptr<const PolicySet> after, batch::policiesOf(item, "after"));
    EPHOR_TRY(const Mode mode, batch::modeOf(item));
    EPHOR_TRY(const std::shared_ptr<const Entities> entities, batch::entitiesOf(item, nullptr));
    EPHOR_TRY(const std::vector<Request> requests, requestsOf(item));
    const PolicyDiff difference = diff(*before, *after);
    Json changed = Json::array();
    for (const PolicyPair& pair : difference.kept) {
        if (pair.difference != Difference::None)
            changed.push_back({{"before", policyJson(*pair.before)}, {"after", policyJson(*pair.after)},
                {"differs", nameOfDifference(pair.difference)}});
    }
    Json flipped = Json::array();
    for (const VerdictFlip& flip : flips(*before, *after, *entities, requests, mode))
        flipped.push_back({{"request", flip.request}, {"before", batch::verdictJson(flip.before)},
            {"after", batch::verdictJson(flip.after)}});
    return Json{{"added", policiesJson(difference.added)}, {"removed", policiesJson(difference.removed)},
        {"changed", std::move(changed)}, {"flips", std::move(flipped)}};
}

}

Json diffPolicyItem(const Json& item)
{
    return batch::answered(diffItem, item);
}

}
