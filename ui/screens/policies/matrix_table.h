#pragma once

#include "core/api/grants.h"
#include "ui/kit/matrix_view.h"
#include "ui/screens/policies/staged_edits.h"

#include <QDateTime>
#include <QStringList>
#include <array>

/// From the grants of the core to what the matrix shows. Pure.
namespace ephor::ui::policies {

/// Everything, or only agents and operations that differ somewhere (or have a staged edit).
enum class Rows { all, differing };

struct MatrixFilter {
    QString team;
    std::optional<SideEffect> effect;
    QString words; ///< in the name of an agent or of an operation
    Rows rows = Rows::all;
    bool operator==(const MatrixFilter&) const = default;
};

/// How many cells answer what.
struct AccessCounts {
    std::size_t allow = 0;
    std::size_t ask = 0;
    std::size_t deny = 0;
    std::size_t none = 0;
    std::size_t agents = 0;
    std::size_t tools = 0;
    std::size_t differing = 0;
    bool operator==(const AccessCounts&) const = default;
};

struct MatrixTable {
    std::vector<MatrixColumn> columns;
    std::vector<MatrixRow> rows; ///< the key of an item is the agent's name
    std::vector<std::string> tools; ///< of each column
    AccessCounts counts; ///< of everything, not only of what is shown
};

/// A cell differs when a tightening stands over it, or when it is not what its team usually has: what most of the
/// team's agents have, of equally many the strictest. A team of one agent has no usual.
MatrixTable matrixTable(const ReadMatrix::Response& matrix, const StagedCells& staged, const MatrixFilter& filter);

/// What is in force, by cell.
std::map<CellAt, ephor::Access> accessInForce(const ReadMatrix::Response& matrix);

/// Teams of the rows, in order, each once.
QStringList teamsOf(const ReadMatrix::Response& matrix);
/// What people call a team: its title where it has one.
QString teamTitle(const ReadMatrix::Response& matrix, const QString& team);
/// Side effects in the order in which they are offered.
inline constexpr std::array shownEffects{
    SideEffect::Read, SideEffect::Write, SideEffect::Irreversible, SideEffect::Egress};
/// Tools of each side effect, in that order, and of all of them first.
std::array<std::size_t, 5> effectCounts(const ReadMatrix::Response& matrix);
/// "Reads 6" and so on, "All 16" first.
QStringList effectLabels(const std::array<std::size_t, 5>& counts);
Icon effectIcon(SideEffect effect);

/// One line a cell (RFC 4180), under a line that says what it is and whether it is simulated.
QString matrixCsv(const ReadMatrix::Response& matrix, const QString& source, const QDateTime& at);

}
