#pragma once

#include "ui/kit/cells_model.h"
#include "ui/bridge/protection_words.h"

#include <QDateTime>
#include <QHash>

/// What was found where, as rows. Pure.
namespace ephor::ui::policies {

/// Which counts are shown.
struct FoundFilter {
    QString words; ///< each must stand somewhere in the row
    std::uint64_t days = 30;
    QString agent;
    QString entityClass; ///< one of foundClasses; empty: every class
    bool weak = false; ///< also what is weak
    bool operator==(const FoundFilter&) const = default;
};

QStringList foundTitles();
/// The column that leads to the newest run.
int foundRunColumn();
/// The class of what was found: of the kind, "instruction", "removed" for what was taken out; empty where not known.
QString foundClass(const std::string& what, const Entities& known);
/// As the filter offers them, the ones that matter most first.
QStringList foundClasses();
QString foundClassWords(const QString& name);
/// Dates, places, and technical kinds, where they were only counted: there are many of them in any text, and they drown
/// the rest.
bool isWeak(const FindingCount& count, const Entities& known);

/// What the rows are told with.
struct FoundNames {
    Entities known;
    QHash<QString, QString> agents; ///< titles by name
};
/// Heaviest first: what was stopped and changed, then by class, then by how often. The key of a row is the index of its
/// count.
std::vector<CellRow> foundCells(
    const std::vector<FindingCount>& counts, const FoundNames& names, const FoundFilter& filter, const QDateTime& now);
/// How many rows are left out as weak alone.
std::size_t weakRows(const std::vector<FindingCount>& counts, const FoundNames& names, const FoundFilter& filter);
/// "Found 1,204 times in 30 days, in 14 places"; of all counts.
QString foundSummary(const std::vector<FindingCount>& counts, std::uint64_t days);

}
