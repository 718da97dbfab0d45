#include "ui/screens/activity/runs_export.h"

#include "core/domain/reflect.h"
#include "ui/bridge/values.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <algorithm>

namespace ephor::ui::activity {

namespace {

struct ExportWording {
    Q_DECLARE_TR_FUNCTIONS(ExportWording)
};

QString csvCell(QString words)
{
    if (!words.isEmpty() && QStringLiteral("=+-@\t\r").contains(words[0]))
        words.prepend(QLatin1Char('\''));
    if (!words.contains(QLatin1Char('"')) && !words.contains(QLatin1Char(',')) && !words.contains(QLatin1Char('\n')))
        return words;
    return QLatin1Char('"') + words.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString countOrEmpty(const std::optional<std::uint64_t>& count)
{
    return count ? QString::number(*count) : QString();
}

QStringList csvRow(const RunSummary& run)
{
    return {text(run.id), text(formatInstant(run.startedAt)), text(run.agent), QString::number(run.releaseNumber),
        text(wordOf(run.variant)), text(wordOf(run.state)), text(run.decision.outcome), text(run.decision.amount),
        text(run.decision.reference), QString::number(run.durationMicros / 1'000), countOrEmpty(run.usage.inputTokens),
        countOrEmpty(run.usage.outputTokens), run.cost ? text(formatMoney(*run.cost)) : QString(),
        QString::number(run.denied), QString::number(run.asked), text(run.reason),
        run.simulated ? QStringLiteral("simulated") : QString(), countOrEmpty(run.firstEntry),
        countOrEmpty(run.lastEntry)};
}

}

QString runsAsCsv(const std::vector<RunSummary>& runs)
{
    QString csv = QStringLiteral("run,started,agent,release,variant,state,outcome,amount,reference,duration_ms,"
                                 "input_tokens,output_tokens,cost_usd,denied,asked,reason,simulated,first_entry,"
                                 "last_entry\n");
    for (const RunSummary& run : runs) {
        QStringList cells = csvRow(run);
        std::transform(cells.begin(), cells.end(), cells.begin(), csvCell);
        csv += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return csv;
}

Result<QString> exportRuns(
    Backend& backend, const CallContext& context, JobControl& job, const RunFilter& filter, const QString& file)
{
    std::vector<RunSummary> runs;
    ListRuns::Request ask{filter, {}};
    ask.page.limit = largestPage;
    do {
        if (job.stopToken().stop_requested())
            return fail(ErrorKind::Cancelled, "export.cancelled", "The export was cancelled; no file was written.");
        EPHOR_TRY(auto answer, backend.call<ListRuns>(ask, context));
        std::move(answer.runs.begin(), answer.runs.end(), std::back_inserter(runs));
        ask.page.cursor = answer.page.next;
        if (answer.page.total && *answer.page.total > 0)
            job.setFraction(double(runs.size()) / double(*answer.page.total));
    } while (!ask.page.cursor.empty() && runs.size() < mostExportedRuns);
    QSaveFile out(file);
    const QByteArray bytes = runsAsCsv(runs).toUtf8();
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit())
        return fail(ErrorKind::Unavailable, "export.write",
            "The file could not be written: " + utf8(out.errorString()) + ".", "Choose another folder.");
    const QString written = counted(runs.size(), ExportWording::tr("1 run"), ExportWording::tr("%1 runs"));
    return ask.page.cursor.empty()
        ? ExportWording::tr("%1 written to %2").arg(written, file)
        : ExportWording::tr("The newest %1 written to %2; there are more").arg(written, file);
}

}
