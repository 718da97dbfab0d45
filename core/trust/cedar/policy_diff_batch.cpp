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

Result<std::vector<Histories>> historiesOf(
    const Json& item, const batch::RulesAndEvents& before, const batch::RulesAndEvents& after)
{
    std::vector<Histories> histories;
    if (before.events == nullptr || !item.contains("requests"))
        return histories;
    for (const Json& request : item["requests"]) {
        Histories& each = histories.emplace_back();
        EPHOR_TRY(each.before, before.historyFor(request));
        EPHOR_TRY(each.after, after.historyFor(request));
    }
    return histories;
}

Result<Json> diffItem(const Json& item, const SessionDialect* dialect)
{
    const Grammar grammar = batch::grammarOf(dialect);
    EPHOR_TRY(const std::shared_ptr<const PolicySet> before, batch::policiesOf(item, "before", grammar));
    EPHOR_TRY(const std::shared_ptr<const PolicySet> after, batch::policiesOf(item, "after", grammar));
    EPHOR_TRY(const Mode mode, batch::modeOf(item));
    EPHOR_TRY(const std::shared_ptr<const Entities> entities, batch::entitiesOf(item, nullptr));
    EPHOR_TRY(const std::vector<Request> requests, requestsOf(item));
    EPHOR_TRY(const batch::RulesAndEvents was, batch::withEvents(before, entities, mode, item, dialect));
    EPHOR_TRY(const batch::RulesAndEvents is, batch::withEvents(after, entities, mode, item, dialect));
    EPHOR_TRY(const std::vector<Histories> histories, historiesOf(item, was, is));
    const PolicyDiff difference = diff(*before, *after);
    Json changed = Json::array();
    for (const PolicyPair& pair : difference.kept) {
        if (pair.difference != Difference::None)
            changed.push_back({{"before", policyJson(*pair.before)}, {"after", policyJson(*pair.after)},
                {"differs", nameOfDifference(pair.difference)}});
    }
    Json flipped = Json::array();
    for (const VerdictFlip& flip : flips(*was.policies, *is.policies, *entities, requests, mode, histories))
        flipped.push_back({{"request", flip.request}, {"before", batch::verdictJson(flip.before)},
            {"after", batch::verdictJson(flip.after)}});
    Json answer{{"added", policiesJson(difference.added)}, {"removed", policiesJson(difference.removed)},
        {"changed", std::move(changed)}, {"flips", std::move(flipped)}};
    if (!requests.empty() && (!was.wanting.empty() || !is.wanting.empty()))
        answer["needsEvents"] = {{"before", was.wanting}, {"after", is.wanting}};
    return answer;
}

}

Json diffPolicyItem(const Json& item, const SessionDialect* dialect)
{
    return batch::answered([dialect](const Json& each) { return diffItem(each, dialect); }, item);
}

}
