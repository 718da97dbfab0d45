#include "core/trust/cedar/batch.h"

#include "core/trust/cedar/batch_item.h"
#include "core/trust/cedar/position_reader.h"
#include "core/trust/cedar/validator.h"

#include <nlohmann/json.hpp>

namespace ephor::cedar {

namespace {

Json findingsJson(const std::vector<Finding>& findings)
{
    Json list = Json::array();
    PositionReader positions;
    for (const Finding& finding : findings) {
        const TextPosition position = positions.at(finding.policy->source, finding.offset);
        list.push_back({{"policy", finding.policy->id}, {"code", finding.code}, {"message", finding.message},
            {"line", position.line}, {"column", position.column}});
    }
    return list;
}

Result<bool> wantsValidation(const Json& item)
{
    const auto given = item.find("validate");
    if (given == item.end())
        return false;
    if (!given->is_boolean())
        return batch::itemFault("The member \"validate\" is true or false.");
    return given->get<bool>();
}

Result<Json> checkItem(const Json& item, const SessionDialect* dialect)
{
    EPHOR_TRY(const std::shared_ptr<const PolicySet> policies,
        batch::policiesOf(item, "policies", batch::grammarOf(dialect)));
    EPHOR_TRY(const std::shared_ptr<const Schema> schema, batch::schemaOf(item));
    EPHOR_TRY(const Mode mode, batch::modeOf(item));
    EPHOR_TRY(const bool validates, wantsValidation(item));
    if (validates && schema == nullptr)
        return batch::itemFault("Validation wants the member \"schema\".");
    EPHOR_TRY(const std::shared_ptr<const Entities> entities, batch::entitiesOf(item, schema.get()));
    EPHOR_TRY(const Request request, batch::requestOf(item, schema.get()));
    EPHOR_TRY(const batch::RulesAndEvents rules, batch::withEvents(policies, entities, mode, item, dialect));
    EPHOR_TRY(const std::unique_ptr<const History> history, rules.historyFor(item["request"]));
    Json answer = batch::verdictJson(decideWith(*rules.policies, *entities, request, mode, history.get()));
    batch::tellWanting(answer, rules);
    if (validates) {
        const Validation validation = validate(*policies, *schema);
        answer["valid"] = validation.valid();
        answer["findings"] = findingsJson(validation.errors);
        answer["warnings"] = findingsJson(validation.warnings);
    }
    return answer;
}

}

Json checkPolicyItem(const Json& item, const SessionDialect* dialect)
{
    return batch::answered([dialect](const Json& each) { return checkItem(each, dialect); }, item);
}

}
