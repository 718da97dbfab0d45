#include "core/api/runs.h"
#include "core/base/text.h"
#include "core/demo/requests.h"
#include "core/demo/stories.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::demo {

namespace {

// What was taken out where the gate stands, as it was told; empty: nothing was.
std::string takenOut(const WatchedRun& watched, std::string_view gate)
{
    const auto found = std::ranges::find_if(watched.verdicts,
        [gate](const Verdict& verdict) { return verdict.gate == gate && verdict.word == VerdictWord::Transform; });
    return found == watched.verdicts.end() ? std::string() : found->reason;
}

// Places of what the run has read that give orders to a model, as far as they were noticed and left.
std::uint64_t ordersIn(const GetRun::Response& seen)
{
    std::uint64_t orders = 0;
    for (const Inspected& text : seen.inspected) {
        for (const Noticed& noticed : text.noticed) {
            if (text.surface == TextSurface::Result && noticed.what == "instruction"
                && noticed.action == ProtectAction::Observe)
                orders += noticed.count;
        }
    }
    return orders;
}

}

Result<Stories::Happened> Stories::sendContract()
{
    RunWatch watch;
    EPHOR_TRY(m_contract, run(travellingContract(), watch));
    GetRun::Request get;
    get.id = m_contract->run;
    EPHOR_TRY(const GetRun::Response seen, m_stage.cast.call<GetRun>("ines", get));
    std::string hidden = takenOut(*m_contract, "guard-result");
    if (const std::uint64_t orders = ordersIn(seen); orders > 0)
        hidden += (hidden.empty() ? "" : " ") + countWords(orders, "place")
            + " that read like an order to a model were noticed and left, for words are no boundary.";
    return Happened{"Contract review read " + std::string(storyContract)
            + (hidden.empty() ? ". " : ". Before the model saw it: " + hidden + " ")
            + "It answered: " + m_contract->answer + m_contract->problem,
        "activity/runs/" + m_contract->run};
}

Result<Stories::Happened> Stories::explainSharing()
{
    if (!m_contract)
        return outOfOrder();
    const std::string route = "activity/runs/" + m_contract->run;
    GetRun::Request get;
    get.id = m_contract->run;
    EPHOR_TRY(const GetRun::Response seen, m_stage.cast.call<GetRun>("ines", get));
    for (const Span& span : seen.spans) {
        if (!span.verdict || span.verdict->word != VerdictWord::Deny)
            continue;
        const bool byFlow = span.verdict->gate == "flow";
        return Happened{"The call was refused before it left. " + span.verdict->reason + " Rule: " + span.verdict->rule
                + "." + (byFlow ? " The agent's grant for the tool would have let it through." : ""),
            route};
    }
    // A model that failed or answered otherwise this time never called the tool.
    return Happened{"This time nothing was refused: " + seen.sentence, route};
}

Result<Stories::Happened> Stories::showNothingLeft()
{
    if (!m_contract)
        return outOfOrder();
    EPHOR_TRY(const Json rows,
        m_stage.services.run(
            "documents", "SELECT count(*) AS shares FROM shares WHERE document = ?", Json::array({storyContract})));
    const auto shares = rows[0].at("shares").get<std::int64_t>();
    const bool hasLink = m_contract->answer.find("https://") != std::string::npos;
    const std::string removed = takenOut(*m_contract, "guard-out");
    return Happened{"The document service holds "
            + (shares == 0 ? std::string("no share") : countWords(std::uint64_t(shares), "share")) + " of "
            + storyContract + ". The answer holds " + (hasLink ? "a link." : "no link.")
            + (removed.empty() ? "" : " " + removed),
        "activity/runs/" + m_contract->run};
}

}
