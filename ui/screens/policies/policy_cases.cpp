#include "ui/screens/policies/policy_cases.h"

#include "core/domain/reflect.h"
#include "ui/bridge/values.h"

#include <QCoreApplication>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::ui::policies {

namespace {

struct CaseWords {
    Q_DECLARE_TR_FUNCTIONS(CaseWords)
};

}

QString casesText(const PolicyCases& cases)
{
    if (cases.empty())
        return {};
    PolicyBody body;
    body.cases = cases;
    return text(toJson(body)["cases"].dump(2, ' ', false, Json::error_handler_t::replace));
}

std::optional<PolicyCases> casesFrom(const QString& typed)
{
    if (typed.trimmed().isEmpty())
        return PolicyCases{};
    const auto list = parseJson(utf8(typed));
    if (!list)
        return std::nullopt;
    Json json = Json::object();
    json["cases"] = *list;
    auto body = fromJson<PolicyBody>(json, UnknownMembers::Ignore);
    return body ? std::optional(std::move(body->cases)) : std::nullopt;
}

StateWords verdictWord(std::string_view word)
{
    if (word == "allow")
        return stateOf(VerdictWord::Allow);
    if (word == "ask")
        return stateOf(VerdictWord::Ask);
    return word == "deny" ? stateOf(VerdictWord::Deny) : StateWords{State::unknown, CaseWords::tr("Not known")};
}

QStringList caseTitles()
{
    return {CaseWords::tr("Case"), CaseWords::tr("Call"), CaseWords::tr("Expects"), CaseWords::tr("Comes out")};
}

std::vector<CellRow> caseRows(const PolicyCases& cases, const std::vector<PolicyCaseResult>& results)
{
    std::vector<CellRow> rows;
    for (std::size_t at = 0; at < cases.size(); ++at) {
        const PolicyCase& one = cases[at];
        const StateWords expects = verdictWord(one.expect);
        CellRow row{qulonglong(at), {}};
        row.cells.push_back({.text = text(one.name)});
        row.cells.push_back({.text = text(one.tool),
            .secondary = text(one.input.text),
            .toolTip
            = CaseWords::tr("%1 calls %2 with %3").arg(text(one.agent), text(one.tool), text(one.input.text))});
        row.cells.push_back({.text = expects.words, .state = expects.state});
        if (at < results.size() && results[at].name == one.name) {
            const PolicyCaseResult& result = results[at];
            const StateWords word = verdictWord(result.word);
            row.cells.push_back(
                {.text = result.passed ? CaseWords::tr("as expected") : CaseWords::tr("%1 instead").arg(word.words),
                    .state = result.passed ? State::ok : State::failed,
                    .toolTip = text(result.reason)});
        } else {
            row.cells.push_back({.text = CaseWords::tr("not judged"), .state = State::unknown});
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

QString caseSummary(const std::vector<PolicyCaseResult>& results)
{
    if (results.empty())
        return {};
    const auto passed = std::uint64_t(std::ranges::count(results, true, &PolicyCaseResult::passed));
    return passed == results.size()
        ? counted(passed, CaseWords::tr("The one case comes out as expected."),
              CaseWords::tr("All %1 cases come out as expected."))
        : CaseWords::tr("%1 of %2 cases come out as expected.").arg(numberText(passed), numberText(results.size()));
}

}
