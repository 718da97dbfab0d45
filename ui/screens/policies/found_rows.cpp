#include "ui/screens/policies/found_rows.h"

#include "ui/bridge/values.h"

#include <algorithm>
#include <numeric>

namespace ephor::ui::policies {

namespace {

struct FoundWords {
    Q_DECLARE_TR_FUNCTIONS(FoundWords)
};

constexpr int runColumn = 8;
constexpr std::string_view removedPrefix = "removed:";

bool holds(const CellRow& row, const QStringList& words)
{
    return std::ranges::all_of(words, [&](const QString& word) {
        return std::ranges::any_of(
            row.cells, [&](const Cell& cell) { return cell.text.contains(word, Qt::CaseInsensitive); });
    });
}

CellRow foundRow(const FindingCount& count, const FoundNames& names, const QDateTime& now)
{
    // What the sanitizer took out is gone, whatever a rule would have done.
    const bool isRemoval = count.what.starts_with(removedPrefix);
    const StateWords action
        = isRemoval ? StateWords{State::ok, FoundWords::tr("Taken out")} : actionWords(count.action);
    CellRow row;
    const QString title = count.title.empty() ? entityWords(count.what, names.known) : text(count.title);
    row.cells.push_back({.text = title, .toolTip = text(count.what)});
    row.cells.push_back({.text = surfaceWords(count.surface)});
    const QString agent = text(count.agent);
    row.cells.push_back({.text = names.agents.value(agent, agent), .toolTip = agent});
    row.cells.push_back({.text = text(count.tool)});
    row.cells.push_back(
        {.text = action.words, .state = action.state, .toolTip = isRemoval ? QString() : actionSentence(count.action)});
    row.cells.push_back({.text = numberText(count.count), .sort = qulonglong(count.count)});
    row.cells.push_back({.text = numberText(count.runs), .sort = qulonglong(count.runs)});
    row.cells.push_back(
        {.text = relativeTime(count.last, now), .sort = dateTime(count.last), .toolTip = absoluteTime(count.last)});
    row.cells.push_back({.text = shortId(count.lastRun),
        .kind = count.lastRun.empty() ? CellKind::mono : CellKind::link,
        .toolTip = text(count.lastRun)});
    return row;
}

bool fitsFilter(const FindingCount& count, const FoundNames& names, const FoundFilter& filter)
{
    return filter.entityClass.isEmpty() || foundClass(count.what, names.known) == filter.entityClass;
}

// What was done outranks what was found: seven actions, then the classes in their order.
int weightOf(const FindingCount& count, const Entities& known)
{
    const QStringList classes = foundClasses();
    const auto at = classes.indexOf(foundClass(count.what, known));
    const int byClass = at < 0 ? 0 : int(classes.size() - at);
    return int(count.action) * (int(classes.size()) + 1) + byClass;
}

}

QString foundClass(const std::string& what, const Entities& known)
{
    if (what.starts_with(removedPrefix))
        return QStringLiteral("removed");
    if (what == "instruction")
        return QStringLiteral("instruction");
    const auto found = std::ranges::find(known, what, &KnownEntity::name);
    return found == known.end() ? QString() : text(found->entityClass);
}

QStringList foundClasses()
{
    return {QStringLiteral("instruction"), QStringLiteral("removed"), QStringLiteral("secret"),
        QStringLiteral("custom"), QStringLiteral("financial"), QStringLiteral("personal"), QStringLiteral("technical")};
}

QString foundClassWords(const QString& name)
{
    if (name == QStringLiteral("instruction"))
        return FoundWords::tr("Instructions");
    if (name == QStringLiteral("removed"))
        return FoundWords::tr("Taken out");
    if (name == QStringLiteral("secret"))
        return FoundWords::tr("Secrets");
    if (name == QStringLiteral("custom"))
        return FoundWords::tr("Our own");
    if (name == QStringLiteral("financial"))
        return FoundWords::tr("Financial");
    if (name == QStringLiteral("personal"))
        return FoundWords::tr("Personal");
    return name == QStringLiteral("technical") ? FoundWords::tr("Technical") : QString();
}

bool isWeak(const FindingCount& count, const Entities& known)
{
    if (count.action != ProtectAction::Observe)
        return false;
    return count.what == "DATE_TIME" || count.what == "LOCATION"
        || foundClass(count.what, known) == QStringLiteral("technical");
}

std::size_t weakRows(const std::vector<FindingCount>& counts, const FoundNames& names, const FoundFilter& filter)
{
    return std::size_t(std::ranges::count_if(counts,
        [&](const FindingCount& count) { return fitsFilter(count, names, filter) && isWeak(count, names.known); }));
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
    const std::vector<FindingCount>& counts, const FoundNames& names, const FoundFilter& filter, const QDateTime& now)
{
    const QStringList wanted = filter.words.split(u' ', Qt::SkipEmptyParts);
    std::vector<std::size_t> order(counts.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(
        order, std::ranges::greater{}, [&](std::size_t at) { return weightOf(counts[at], names.known); });
    std::vector<CellRow> rows;
    for (const std::size_t at : order) {
        const FindingCount& count = counts[at];
        if (!fitsFilter(count, names, filter) || (!filter.weak && isWeak(count, names.known)))
            continue;
        CellRow row = foundRow(count, names, now);
        row.key = qulonglong(at);
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
