#include "ui/screens/activity/run_words.h"

#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/kit/format.h"

#include <QCoreApplication>
#include <algorithm>

namespace ephor::ui::activity {

namespace {

struct RunWording {
    Q_DECLARE_TR_FUNCTIONS(RunWording)
};

const Span* decisiveSpan(const std::vector<Span>& spans)
{
    for (const VerdictWord wanted : {VerdictWord::Deny, VerdictWord::Ask, VerdictWord::Transform}) {
        const auto found = std::find_if(spans.begin(), spans.end(),
            [wanted](const Span& span) { return span.verdict && span.verdict->word == wanted; });
        if (found != spans.end())
            return &*found;
    }
    return nullptr;
}

QString nameOf(const Span& span)
{
    return span.name.empty() ? word(span.kind) : text(span.name);
}

QString whySentence(const GetRun::Response& answer)
{
    if (const ApprovalRequest* waiting = waitingApproval(answer))
        return RunWording::tr("%1 waits for a person (%2): %3")
            .arg(text(waiting->tool), word(waiting->approver).toLower(),
                titled(waiting->why, answer.run.agent, answer.run.agentTitle));
    if (const Span* span = decisiveSpan(answer.spans)) {
        if (text(answer.sentence).contains(text(span->verdict->reason)))
            return {};
        return QStringLiteral("%1: %2").arg(
            nameOf(*span), titled(span->verdict->reason, answer.run.agent, answer.run.agentTitle));
    }
    for (const ApprovalRequest& request : answer.approvals) {
        if (request.decisions.empty())
            continue;
        const ApprovalDecision& last = request.decisions.back();
        const QString who = text(last.name);
        return last.approved ? RunWording::tr("%1 approved %2.").arg(who, text(request.tool))
                             : RunWording::tr("%1 denied %2.").arg(who, text(request.tool));
    }
    return {};
}

QString countOf(std::uint64_t count, const char* one, const char* many)
{
    return count == 1 ? RunWording::tr(one) : RunWording::tr(many).arg(numberText(count));
}

QString tookSentence(const RunSummary& run)
{
    const QString models = countOf(run.modelCalls, QT_TRANSLATE_NOOP("RunWording", "one model call"),
        QT_TRANSLATE_NOOP("RunWording", "%1 model calls"));
    const QString tools = countOf(run.toolCalls, QT_TRANSLATE_NOOP("RunWording", "one tool call"),
        QT_TRANSLATE_NOOP("RunWording", "%1 tool calls"));
    if (isUnderWay(run))
        return RunWording::tr("So far %1 and %2, since %3.").arg(models, tools, clockTime(run.startedAt));
    if (run.overheadMicros == 0)
        return RunWording::tr("It took %1 for %2 and %3.").arg(durationText(run.durationMicros), models, tools);
    return RunWording::tr("It took %1 for %2 and %3; governing it added %4.")
        .arg(durationText(run.durationMicros), models, tools, durationText(run.overheadMicros));
}

SpanTone toneOf(const Span& span)
{
    if (span.failed || (span.verdict && span.verdict->word == VerdictWord::Deny))
        return SpanTone::trouble;
    switch (span.kind) {
    case SpanKind::Model:
        return SpanTone::model;
    case SpanKind::Tool:
        return SpanTone::tool;
    case SpanKind::Guard:
    case SpanKind::Permission:
    case SpanKind::Approval:
        return SpanTone::guard;
    default:
        return SpanTone::other;
    }
}

int depthOf(const std::vector<Span>& spans, const Span& span)
{
    int depth = 0;
    std::string parent = span.parent;
    // Bounded by the number of spans: a cycle in what came from outside must not hang the screen.
    while (!parent.empty() && depth < static_cast<int>(spans.size())) {
        const auto found
            = std::find_if(spans.begin(), spans.end(), [&](const Span& each) { return each.id == parent; });
        if (found == spans.end() || found->kind == SpanKind::Run)
            break;
        parent = found->parent;
        ++depth;
    }
    return depth;
}

}

bool isUnderWay(const RunSummary& run)
{
    return run.state == RunState::Running || run.state == RunState::Waiting;
}

const ApprovalRequest* waitingApproval(const GetRun::Response& answer)
{
    const auto found = std::find_if(answer.approvals.begin(), answer.approvals.end(),
        [](const ApprovalRequest& request) { return request.state == ApprovalState::Waiting; });
    return found == answer.approvals.end() ? nullptr : &*found;
}

QStringList runSentences(const GetRun::Response& answer)
{
    QStringList sentences{text(answer.sentence)};
    if (const QString why = whySentence(answer); !why.isEmpty())
        sentences << why;
    sentences << tookSentence(answer.run);
    return sentences;
}

StateWords decisionOf(const RunSummary& run)
{
    if (run.decision.outcome.empty())
        return {stateOf(run.state).state, isUnderWay(run) ? RunWording::tr("None yet") : stateOf(run.state).words};
    QString words = text(run.decision.outcome);
    words[0] = words[0].toUpper();
    if (run.state == RunState::Done)
        return {run.denied > 0 ? State::warning : State::ok, words};
    return {stateOf(run.state).state, words};
}

QString entriesWords(const RunSummary& run)
{
    if (!run.firstEntry)
        return format::unknown();
    QString first = QStringLiteral("#%1").arg(numberText(run.firstEntry));
    if (!run.lastEntry || *run.lastEntry == *run.firstEntry)
        return first;
    return RunWording::tr("%1 to #%2").arg(first, numberText(run.lastEntry));
}

StateWords verifiedOf(const RunSummary& run, const std::optional<RecordStatus>& record)
{
    const std::optional<std::uint64_t> last = run.lastEntry ? run.lastEntry : run.firstEntry;
    if (!record || !last)
        return {State::unknown, RunWording::tr("Not known")};
    if (record->faultIndex && *record->faultIndex <= *last)
        return {State::failed, RunWording::tr("Record broken")};
    if (*last < record->verified)
        return {State::ok, RunWording::tr("Verified")};
    return {State::running, RunWording::tr("Not verified yet")};
}

QString recordedWords(const GetRun::Response& answer)
{
    QString words = counted(answer.spans.size(), RunWording::tr("1 span recorded"), RunWording::tr("%1 spans recorded"))
        + RunWording::tr(", started %1").arg(absoluteTime(answer.run.startedAt));
    if (answer.run.variant == Variant::Only)
        return words;
    return words + QStringLiteral(" · ") + word(answer.run.variant).toLower();
}

std::vector<WaterfallRow> spanRows(const GetRun::Response& answer)
{
    std::vector<WaterfallRow> rows;
    for (const Span& span : answer.spans) {
        if (span.kind == SpanKind::Run)
            continue; // it is the axis
        WaterfallRow row;
        row.key = text(span.id);
        row.label = nameOf(span);
        row.detail = text(span.detail);
        row.icon = iconOf(span.kind);
        row.tone = toneOf(span);
        row.startMs = double(span.startMicros) / 1'000;
        const bool open = span.durationMicros == 0 && isUnderWay(answer.run) && &span == &answer.spans.back();
        if (!open)
            row.durationMs = double(span.durationMicros) / 1'000;
        row.depth = depthOf(answer.spans, span);
        if (span.verdict) {
            const StateWords words = stateOf(span.verdict->word);
            row.verdict = words.state;
            row.verdictText = words.words;
        } else if (span.failed) {
            row.verdict = State::failed;
            row.verdictText = RunWording::tr("Failed");
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

QString shareWords(const GetRun::Response& answer)
{
    std::uint64_t model = 0;
    std::uint64_t tool = 0;
    for (const Span& span : answer.spans) {
        if (span.kind == SpanKind::Model)
            model += span.durationMicros;
        if (span.kind == SpanKind::Tool)
            tool += span.durationMicros;
    }
    QStringList parts;
    if (model > 0)
        parts << RunWording::tr("Model %1").arg(durationText(model));
    if (tool > 0)
        parts << RunWording::tr("Tools %1").arg(durationText(tool));
    if (answer.run.overheadMicros > 0)
        parts << RunWording::tr("Ephor %1").arg(durationText(answer.run.overheadMicros));
    return parts.join(QStringLiteral(" · "));
}

SpanProof proofOf(const GetRun::Response& answer, const Span& span)
{
    if (span.verdict) {
        const auto own = answer.verdictEntries.find(span.verdict->id);
        if (own == answer.verdictEntries.end())
            return {{}, {}, RunWording::tr("This verdict is not in the record yet")};
        return {own->second, RunWording::tr("entry #%1"),
            RunWording::tr("The entry of the record that carries this verdict, and its way to the signed head")};
    }
    const std::optional<std::uint64_t> last = answer.run.lastEntry ? answer.run.lastEntry : answer.run.firstEntry;
    if (!last)
        return {{}, {}, RunWording::tr("Nothing of this run is recorded yet")};
    return {last, RunWording::tr("the run's last entry, #%1"),
        RunWording::tr("The entry of the record that this run ends with, and its way to the signed head")};
}

QString tokensWords(const Usage& usage)
{
    if (!usage.inputTokens || !usage.outputTokens)
        return RunWording::tr("tokens not known");
    return counted(*usage.inputTokens + *usage.outputTokens, RunWording::tr("1 token"), RunWording::tr("%1 tokens"));
}

}
