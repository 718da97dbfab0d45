#include "ui/screens/policies/backtest_words.h"

#include "ui/bridge/values.h"
#include "ui/screens/policies/policy_cases.h"

#include <QCoreApplication>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

struct BacktestWords {
    Q_DECLARE_TR_FUNCTIONS(BacktestWords)
};

int strictnessOf(const std::string& word)
{
    return word == "allow" ? 0 : word == "ask" ? 1 : 2;
}

QString csvField(const QString& words)
{
    // What a spreadsheet would run as a formula is kept from it.
    QString safe = !words.isEmpty() && QStringLiteral("=+-@\t\r").contains(words[0]) ? u'\'' + words : words;
    if (!safe.contains(u',') && !safe.contains(u'"') && !safe.contains(u'\n'))
        return safe;
    return u'"' + safe.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

}

QString backtestSummary(const Backtest::Response& found)
{
    if (found.calls == 0 && found.unjudged == 0)
        return BacktestWords::tr("No call is recorded in this time, so nothing is known.");
    const QString calls = counted(found.calls, BacktestWords::tr("1 call"), BacktestWords::tr("%1 calls"));
    const QString runs = counted(found.runs, BacktestWords::tr("1 run"), BacktestWords::tr("%1 runs"));
    QString words = found.flips == 0
        ? BacktestWords::tr("None of %1 in %2 would come out otherwise.").arg(calls, runs)
        : BacktestWords::tr("%1 of %2 in %3 would come out otherwise: %4 stricter, %5 looser.")
              .arg(numberText(found.flips), calls, runs, numberText(found.tightened), numberText(found.loosened));
    if (found.unjudged > 0)
        words += u' '
            + BacktestWords::tr("%1 could not be judged: their content is erased or their tool is gone.")
                  .arg(numberText(found.unjudged));
    return words;
}

QString backtestTime(const Backtest::Response& found)
{
    return BacktestWords::tr("took %1, of which %2 judging")
        .arg(durationText(found.tookMicros), durationText(found.judgingMicros));
}

FlipWay wayOf(const VerdictFlip& flip)
{
    return strictnessOf(flip.after) > strictnessOf(flip.before) ? FlipWay::stricter : FlipWay::looser;
}

QStringList flipTitles()
{
    return {BacktestWords::tr("When"), BacktestWords::tr("Agent"), BacktestWords::tr("Tool"),
        BacktestWords::tr("Person (claim)"), BacktestWords::tr("In force"), BacktestWords::tr("Would be"),
        BacktestWords::tr("That day"), BacktestWords::tr("Rule"), BacktestWords::tr("Why")};
}

std::vector<CellRow> flipRows(
    const std::vector<VerdictFlip>& flips, const QString& words, FlipWay way, const QDateTime& now)
{
    std::vector<CellRow> rows;
    const QStringList wanted = words.split(u' ', Qt::SkipEmptyParts);
    for (std::size_t at = 0; at < flips.size(); ++at) {
        const VerdictFlip& flip = flips[at];
        if (way != FlipWay::all && wayOf(flip) != way)
            continue;
        const StateWords before = verdictWord(flip.before);
        const StateWords after = verdictWord(flip.after);
        const StateWords recorded = verdictWord(flip.recorded);
        CellRow row{qulonglong(at), {}};
        row.cells.push_back({.text = relativeTime(flip.at, now),
            .sort = qlonglong(flip.at.time_since_epoch().count()),
            .toolTip = absoluteTime(flip.at)});
        row.cells.push_back({.text = text(flip.agent)});
        row.cells.push_back({.text = text(flip.tool)});
        row.cells.push_back({.text = text(flip.person)});
        row.cells.push_back({.text = before.words, .state = before.state});
        row.cells.push_back({.text = after.words, .state = after.state});
        row.cells.push_back({.text = recorded.words, .state = recorded.state});
        row.cells.push_back({.text = text(flip.rule)});
        row.cells.push_back({.text = text(flip.reason), .toolTip = text(flip.reason)});
        const auto stands = [&row, &flip](const QString& word) {
            return text(flip.run).contains(word, Qt::CaseInsensitive)
                || std::ranges::any_of(
                    row.cells, [&word](const Cell& cell) { return cell.text.contains(word, Qt::CaseInsensitive); });
        };
        if (std::ranges::all_of(wanted, stands))
            rows.push_back(std::move(row));
    }
    return rows;
}

QString flipsCsv(const Backtest::Response& found, const QString& source, const QString& what, const QDateTime& at)
{
    QString csv = QStringLiteral("# ")
        + BacktestWords::tr("Backtest of %1, %2, %3").arg(what, source, at.toString(Qt::ISODate))
        + QStringLiteral("\r\n# ") + backtestSummary(found) + QStringLiteral("\r\n");
    if (found.first.size() < found.flips)
        csv += QStringLiteral("# ") + BacktestWords::tr("The newest %1 are listed.").arg(numberText(found.first.size()))
            + QStringLiteral("\r\n");
    csv += QStringLiteral("at,run,agent,tool,person,in_force,would_be,recorded,rule,reason\r\n");
    for (const VerdictFlip& flip : found.first) {
        QStringList fields{dateTime(flip.at).toUTC().toString(Qt::ISODateWithMs)};
        for (const std::string* field : {&flip.run, &flip.agent, &flip.tool, &flip.person, &flip.before, &flip.after,
                 &flip.recorded, &flip.rule, &flip.reason})
            fields << csvField(text(*field));
        csv += fields.join(u',') + QStringLiteral("\r\n");
    }
    return csv;
}

}
