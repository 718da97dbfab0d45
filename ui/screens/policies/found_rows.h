#pragma once

#include "ui/kit/cells_model.h"
#include "ui/bridge/protection_words.h"

#include <QDateTime>

/// What was found where, as rows. Pure.
namespace ephor::ui::policies {

/// Which counts are shown.
struct FoundFilter {
    QString words; ///< each must stand somewhere in the row
    std::uint64_t days = 30;
    QString agent;
    bool operator==(const FoundFilter&) const = default;
};

QStringList foundTitles();
/// The column that leads to the newest run.
int foundRunColumn();
/// The key of a row is the index of its count.
std::vector<CellRow> foundCells(
    const std::vector<FindingCount>& counts, const Entities& known, const QString& words, const QDateTime& now);
/// "Found 1,204 times in 30 days, in 14 places"; of all counts.
QString foundSummary(const std::vector<FindingCount>& counts, std::uint64_t days);

}
