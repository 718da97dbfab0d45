#pragma once

#include "core/api/policies.h"
#include "ui/kit/cells_model.h"

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <vector>

/// What a backtest found, in words, rows and as CSV. Pure.
namespace ephor::ui::policies {

/// "Of 12,480 calls in 3,200 runs 37 would come out otherwise: 30 stricter, 7 looser. 12 could not be judged."
QString backtestSummary(const Backtest::Response& found);
/// How long it took and what of that was judging.
QString backtestTime(const Backtest::Response& found);

/// Which way a flip goes.
enum class FlipWay { all, stricter, looser };
FlipWay wayOf(const VerdictFlip& flip);

QStringList flipTitles();
/// The key of a row is its index. `words` must each stand somewhere in the row.
std::vector<CellRow> flipRows(
    const std::vector<VerdictFlip>& flips, const QString& words, FlipWay way, const QDateTime& now);

/// One line a flip (RFC 4180), under lines that say what it is, its totals and whether it is simulated.
QString flipsCsv(const Backtest::Response& found, const QString& source, const QString& what, const QDateTime& at);

}
