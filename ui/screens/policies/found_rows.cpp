#include "ui/screens/policies/found_rows.h"

#include "ui/bridge/values.h"

#include <algorithm>

namespace ephor::ui::policies {

namespace {

struct FoundWords {
    Q_DECLARE_TR_FUNCTIONS(FoundWords)
};

constexpr int runColumn = 8;

bool holds(const CellRow& row, const QStringList& words)
{
    return std::ranges::all_of(words, [&](const QString& word) {
        return std::ranges::any_of(
            row.cells, [&](const Cell& cell) { return cell.text.contains(word, Qt::CaseInsensitive); });
    });
}

}

QStringList foundTitles()
{
    return {FoundWords::tr("What"), FoundWords::tr("Where"), FoundWords::tr("Agent"), FoundWords::tr("Tool"),
        FoundWords::tr("What became of it"), FoundWords::tr("Times"), FoundWords::tr("Runs"), FoundWords::tr("Last"),
        FoundWords::tr("Last run")};
}

int foundRunColumn()
{
    return runColumn;
}

std::vector<CellRow> foundCells(
    const std::vector<FindingCount>& counts, const Entities& known, const QString& words, const QDateTime& now)
{
    const QStringList wanted = words.split(u' ', Qt::SkipEmptyParts);
    std::vector<CellRow> rows;
    for (std::size_t at = 0; at < counts.size(); ++at) {
        const FindingCount& count = counts[at];
        // What the sanitizer took out is gone, whatever a rule would have done.
        const bool isRemoval = count.what.starts_with("removed:");
        const StateWords action
            = isRemoval ? StateWords{State::ok, FoundWords::tr("Taken out")} : actionWords(count.action);
        CellRow row{qulonglong(at), {}};
        row.cells.push_back({.text = entityWords(count.what, known), .toolTip = text(count.what)});
        row.cells.push_back({.text = surfaceWords(count.surface)});
        row.cells.push_back({.text = text(count.agent)});
        row.cells.push_back({.text = text(count.tool)});
        row.cells.push_back({.text = action.words,
            .state = action.state,
            .toolTip = isRemoval ? QString() : actionSentence(count.action)});
        row.cells.push_back({.text = numberText(count.count), .sort = qulonglong(count.count)});
        row.cells.push_back({.text = numberText(count.runs), .sort = qulonglong(count.runs)});
        row.cells.push_back(
            {.text = relativeTime(count.last, now), .sort = dateTime(count.last), .toolTip = absoluteTime(count.last)});
        row.cells.push_back({.text = shortId(count.lastRun),
            .kind = count.lastRun.empty() ? CellKind::mono : CellKind::link,
            .toolTip = text(count.lastRun)});
        if (holds(row, wanted))
            rows.push_back(std::move(row));
    }
    return rows;
}

QString foundSummary(const std::vector<FindingCount>& counts, std::uint64_t days)
{
    std::uint64_t times = 0;
    for (const FindingCount& count : counts)
        times += count.count;
    const QString span = counted(days, FoundWords::tr("in the last day"), FoundWords::tr("in the last %1 days"));
    return counted(times, FoundWords::tr("Found once"), FoundWords::tr("Found %1 times")) + QLatin1Char(' ') + span;
}

}
