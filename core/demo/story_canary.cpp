#include "core/api/definitions.h"
#include "core/demo/requests.h"
#include "core/demo/stories.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ephor::demo {

namespace {

constexpr const char* storyAgent = "hr-helper";
constexpr const char* storyPrompt = "hr-helper.system";
// The simulated model reads this sentence as real models read a bad one: it answers worse (resources/demo/models).
constexpr const char* badSentence = "- Answer in at most five words.\n";
constexpr std::size_t canaryRuns = 140; // at a quarter of the traffic some thirty-five meet the new prompt
constexpr auto wholeStep = std::chrono::milliseconds(4'200);

Result<std::string> promptInProduction(Cast& cast)
{
    ListVersions::Request list;
    list.kind = DefinitionKind::Prompt;
    list.name = storyPrompt;
    EPHOR_TRY(const ListVersions::Response known, cast.call<ListVersions>("jonas", list));
    GetDefinition::Request get;
    get.kind = DefinitionKind::Prompt;
    get.name = storyPrompt;
    for (const VersionInfo& version : known.versions) {
        if (version.state == "production")
            get.version = version.number;
    }
    EPHOR_TRY(const DefinitionVersion version, cast.call<GetDefinition>("jonas", get));
    EPHOR_TRY(const PromptBody body, fromJson<PromptBody>(jsonOf(version.body), UnknownMembers::Ignore));
    return std::string(body.text);
}

std::string percentOf(const Proportion& proportion)
{
    if (proportion.total == 0)
        return "nothing yet";
    return fmt::format("{} of {} ({:.1f} %)", proportion.count, proportion.total,
        100 * double(proportion.count) / double(proportion.total));
}

}

Result<Stories::Happened> Stories::releaseBadPrompt()
{
    EPHOR_TRY_VOID(resetCanary());
    EPHOR_TRY(std::string text, promptInProduction(m_stage.cast));
    GetDefinition::Request newest;
    newest.kind = DefinitionKind::Prompt;
    newest.name = storyPrompt;
    EPHOR_TRY(const DefinitionVersion before, m_stage.cast.call<GetDefinition>("jonas", newest));
    // Each telling is a version of its own: nothing that was rolled back is released again.
    text += badSentence + fmt::format("{{{{! Edition {}. }}}}\n", before.version.number + 1);
    PromptMove move{storyAgent, storyPrompt, text, "Shorter answers",
        "Employees read answers on their phones. Five words are enough.", "jonas"};
    EPHOR_TRY(m_change, m_stage.cast.draft(move));
    EPHOR_TRY_VOID(m_stage.cast.submit("jonas", m_change));
    EPHOR_TRY_VOID(m_stage.cast.approve(m_change, "One line, easy to take back."));
    EPHOR_TRY(m_rollout, m_stage.cast.startRollout("jonas", m_change, "To one in twenty first."));
    return Happened{"Jonas Weber wrote it, Priya Raman approved it, and " + m_change
            + " serves one in twenty of those who ask HR helper.",
        "changes/" + m_change};
}

Result<Stories::Happened> Stories::sendCanaryTraffic()
{
    if (m_rollout.empty())
        return outOfOrder();
    const auto until = std::chrono::steady_clock::now() + wholeStep;
    EPHOR_TRY_VOID(m_stage.cast.promote("jonas", m_rollout, "More traffic, to see sooner."));
    CallContext context;
    context.credential = m_stage.key;
    context.surface = Surface::Http;
    RequestMaker requests(m_stage.bank, std::hash<std::string>{}(m_rollout));
    std::vector<RunWatch> watches(canaryRuns);
    for (RunWatch& watch : watches)
        EPHOR_TRY_VOID(watch.start(m_stage.workspace.backend(), requests.question(Asking::Never), context));
    std::size_t ended = 0;
    for (RunWatch& watch : watches) {
        const auto left
            = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        ended += watch.wait(std::max(left, std::chrono::milliseconds(0))).has_value() ? 1 : 0;
    }
    return Happened{
        fmt::format("{} questions were asked, {} are answered; one in four met the new prompt.", canaryRuns, ended),
        "changes/" + m_change};
}

Result<Stories::Happened> Stories::compareCanary()
{
    if (m_rollout.empty())
        return outOfOrder();
    CompareRollout::Request request;
    request.id = m_rollout;
    EPHOR_TRY(const CompareRollout::Response seen, m_stage.cast.call<CompareRollout>("priya", request));
    std::string sentence;
    for (const VariantNumbers& side : seen.variants)
        sentence += fmt::format("{} v{}: success {}, p95 {}. ", side.variant == Variant::Canary ? "Canary" : "Baseline",
            side.number, percentOf(side.success),
            side.p95 ? fmt::format("{:.1f} s", *side.p95) : std::string("unknown"));
    if (!sentence.empty())
        sentence.pop_back();
    return Happened{sentence, "changes/" + m_change};
}

Result<Stories::Happened> Stories::rollBackCanary()
{
    if (m_rollout.empty())
        return outOfOrder();
    EPHOR_TRY_VOID(m_stage.cast.rollBack("priya", m_rollout, "The canary answers worse and slower."));
    m_rollout.clear();
    return Happened{
        "Priya Raman rolled it back: everybody meets the earlier prompt again, and the record says who and why.",
        "changes/" + m_change};
}

Result<void> Stories::resetCanary()
{
    ListChanges::Request list;
    list.agent = storyAgent;
    list.state = ChangeState::RollingOut;
    EPHOR_TRY(const ListChanges::Response open, m_stage.cast.call<ListChanges>("priya", list));
    for (const ChangeSummary& summary : open.changes) {
        GetChange::Request get;
        get.id = summary.id;
        EPHOR_TRY(const GetChange::Response change, m_stage.cast.call<GetChange>("priya", get));
        if (change.rollout)
            EPHOR_TRY_VOID(m_stage.cast.rollBack("priya", change.rollout->id, "The story is told again."));
    }
    m_rollout.clear();
    m_change.clear();
    return {};
}

}
