#include "core/run/runtime/recorder.h"

#include "core/domain/json_text.h"
#include "core/store/more_coming.h"
#include "core/trust/ledger/prepared_entry.h"

#include <algorithm>
#include <span>

namespace ephor::runtime {

namespace {

// A run that loops until its budget ends still has a waterfall a person can read.
constexpr std::size_t mostSpans = 2'000;

// In the order of their names, so that the text is canonical.
Document dataOf(const Run& run, const Recorder::Point& point)
{
    const RunSummary& summary = run.summary;
    const bool ended = point.kind == JournalKind::Ended;
    Document document;
    ObjectText data(document.text);
    data.value("agent", summary.agent);
    if (!run.citations.empty())
        data.value("citations", run.citations);
    if (ended)
        data.value("cost", summary.cost).value("decision", summary.decision);
    if (ended)
        data.value("durationMicros", summary.durationMicros);
    // Steps before it may be erased, and what is known of its messages is told by their number.
    if (run.durableMessages > 0 && run.messages.size() > run.durableMessages)
        data.value("firstMessage", std::uint64_t(run.durableMessages));
    if (!run.inspected.empty())
        data.value("inspected", run.inspected);
    // Said at the start in any case, so that a run whose label nobody recorded is told from one that read nothing.
    if (point.kind == JournalKind::Admitted || (run.label != guard::callerLabel && run.label != guard::cleanLabel))
        data.value("label", run.label);
    if (ended)
        data.value("modelCalls", summary.modelCalls);
    data.value("simulated", summary.simulated).value("state", summary.state);
    if (ended)
        data.value("toolCalls", summary.toolCalls).value("usage", summary.usage);
    data.value("variant", summary.variant).value("verdicts", run.verdicts);
    data.end();
    return document;
}

template <class T> ledger::SealedField sealedAs(const char* path, const std::string& subject, const T& described)
{
    return {path, subject, {jsonTextOf(described)}};
}

}

const Verdict& Recorder::verdict(
    Run& run, std::string gate, VerdictWord word, std::string reason, std::string rule, std::string askWhom) const
{
    Verdict made{"vd-" + run.summary.id + "-" + std::to_string(++run.verdictCount), std::move(gate), word,
        std::move(reason), std::move(rule), std::move(askWhom)};
    run.summary.denied += word == VerdictWord::Deny;
    run.summary.asked += word == VerdictWord::Ask;
    if (word != VerdictWord::Allow)
        run.channel->emit(RunEventKind::Verdict, made.reason, {jsonTextOf(made)});
    return run.verdicts.emplace_back(std::move(made));
}

std::size_t Recorder::openSpan(Run& run, SpanKind kind, std::string name, std::string detail) const
{
    if (run.spans.size() >= mostSpans)
        return run.spans.size();
    Span span;
    span.id = run.stretch + std::to_string(run.spans.size() + 1);
    span.kind = kind;
    span.name = std::move(name);
    span.detail = std::move(detail);
    span.startMicros = std::uint64_t(elapsed(run).count());
    span.external = kind == SpanKind::Model || kind == SpanKind::Tool;
    run.spans.push_back(std::move(span));
    return run.spans.size() - 1;
}

void Recorder::closeSpan(Run& run, std::size_t span) const
{
    if (span < run.spans.size())
        run.spans[span].durationMicros = std::uint64_t(elapsed(run).count()) - run.spans[span].startMicros;
}

Result<Recorder::Prepared> Recorder::prepare(const Run& run, const Point& point) const
{
    ledger::NewEntry entry;
    entry.kind = point.entry;
    entry.actor = "agent:" + run.summary.agent;
    entry.onBehalfOf = run.requester;
    entry.operation = point.operation;
    entry.subject = "run:" + run.summary.id;
    entry.outcome = point.outcome;
    entry.reason = point.reason;
    entry.refs = point.refs;
    entry.refs["run"] = run.summary.id;
    entry.refs["release"] = run.summary.release;
    if (!point.call.empty())
        entry.refs["call"] = point.call;
    if (!point.approval.empty())
        entry.refs["approval"] = point.approval;
    entry.data = dataOf(run, point);
    entry.sealed = point.sealed;
    if (run.messages.size() > run.durableMessages) {
        const auto fresh = std::span(run.messages).subspan(run.durableMessages);
        entry.sealed.push_back({"/messages", run.subject, {storedText(fresh)}});
    }
    if (!run.whys.empty())
        entry.sealed.push_back(sealedAs(whyPath, run.subject, run.whys));
    if (!run.freshStandIns.empty())
        entry.sealed.push_back(sealedAs(vaultPath, run.subject, run.freshStandIns));
    // With the message it belongs to: one that was refused is not kept, and what it was is not either.
    std::vector<KeptText> raw;
    std::ranges::copy_if(run.freshRawTexts, std::back_inserter(raw),
        [&](const KeptText& text) { return text.message < run.messages.size(); });
    if (!raw.empty())
        entry.sealed.push_back(sealedAs(rawPath, run.subject, raw));
    EPHOR_TRY(std::unique_ptr<ledger::PreparedEntry> ready, m_ledger.prepare(entry));
    return Prepared{point.kind, point.call, point.approval, std::move(ready), RunHeader(run.summary)};
}

Result<std::uint64_t> Recorder::write(store::Transaction& transaction, const Run& run, const Prepared& point) const
{
    EPHOR_TRY(const auto reference, m_ledger.append(transaction, *point.entry));
    EPHOR_TRY_VOID(
        addStep(transaction, {run.summary.id, run.step + 1, point.kind, reference.index, point.call, point.approval}));
    for (const insight::RunReport::ToolVerdict& tool : run.uncounted)
        EPHOR_TRY_VOID(countVerdict(transaction, m_clock.now(), run.summary.agent, tool.tool, tool.word));
    if (point.kind != JournalKind::Ended)
        store::announceMore(transaction);
    const std::string header = point.header.with(reference.index);
    EPHOR_TRY_VOID(run.step == 0 ? addRun(transaction, run.summary, run.requester, header)
                                 : updateRun(transaction, run.summary, header));
    return reference.index;
}

void Recorder::settled(Run& run, std::uint64_t entry) const
{
    run.summary.firstEntry = run.summary.firstEntry.value_or(entry);
    run.summary.lastEntry = entry;
    run.durableMessages = run.messages.size();
    run.verdicts.clear();
    run.whys.clear();
    std::ranges::move(run.inspected, std::back_inserter(run.uncountedTexts));
    run.inspected.clear();
    run.freshStandIns.clear();
    std::erase_if(run.freshRawTexts, [&](const KeptText& text) { return text.message < run.messages.size(); });
    run.uncounted.clear();
    ++run.step;
}

Duration Recorder::elapsed(const Run& run) const
{
    return run.before + (m_clock.steady() - run.began);
}

void Recorder::measure(Run& run) const
{
    const Duration total = elapsed(run);
    run.summary.durationMicros = std::uint64_t(total.count());
    const auto own = std::uint64_t(overheadOf(run.spans, total).count());
    run.summary.overheadMicros = own > run.externalBefore ? own - run.externalBefore : 0;
}

Duration overheadOf(const std::vector<Span>& spans, Duration total)
{
    std::vector<std::pair<std::uint64_t, std::uint64_t>> outside;
    for (const Span& span : spans) {
        if (span.external)
            outside.emplace_back(span.startMicros, span.startMicros + span.durationMicros);
    }
    std::ranges::sort(outside);
    std::uint64_t covered = 0;
    std::uint64_t reached = 0;
    for (const auto& [from, to] : outside) {
        covered += to > std::max(from, reached) ? to - std::max(from, reached) : 0;
        reached = std::max(reached, to);
    }
    const auto whole = std::uint64_t(total.count());
    return Duration(std::int64_t(whole > covered ? whole - covered : 0));
}

}
