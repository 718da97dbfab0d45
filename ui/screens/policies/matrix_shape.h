#pragma once

#include "core/api/grants.h"
#include "ui/screens/policies/matrix_table.h"

#include <string_view>

/// Which agents and which operations of the access matrix are shown, and what a team usually has. Pure.
namespace ephor::ui::policies {

/// The matrix by numbers, so that no cell is looked for by its name: rows and tools as they stand in the answer, teams
/// in the order of their first row. Refers to the answer, which must outlive it.
class MatrixLattice {
public:
    explicit MatrixLattice(const ReadMatrix::Response& matrix);

    const ReadMatrix::Response& matrix() const { return m_matrix; }
    /// Nothing where no rule stands and no call was seen.
    const ephor::MatrixCell* cell(std::size_t row, std::size_t tool) const { return m_cells[row * m_tools + tool]; }
    ephor::Access access(std::size_t row, std::size_t tool) const;
    /// A tightening stands over it, or it is not what its team usually has.
    bool differs(std::size_t row, std::size_t tool) const;
    std::size_t team(std::size_t row) const { return m_teamOf[row]; }
    const std::string& teamName(std::size_t team) const { return m_teams[team].name; }
    /// A team of one agent has no usual.
    bool hasUsual(std::size_t team) const { return m_teams[team].rows.size() > 1; }
    /// What most of the team have; of equally many the strictest, so that the looser ones stand out.
    std::optional<ephor::Access> usual(std::size_t team, std::size_t tool) const;

private:
    struct Team {
        std::string name;
        std::vector<std::size_t> rows;
        std::vector<ephor::Access> usual; ///< of each tool
    };
    ephor::Access mostOf(const Team& team, std::size_t tool) const;

    const ReadMatrix::Response& m_matrix;
    std::size_t m_tools;
    std::vector<const ephor::MatrixCell*> m_cells;
    std::vector<std::size_t> m_teamOf;
    std::vector<Team> m_teams;
};

/// What is shown, in the order in which it is shown.
struct MatrixShape {
    std::vector<std::size_t> tools;
    struct Rows {
        std::size_t team = 0;
        std::vector<std::size_t> rows; ///< never empty
    };
    std::vector<Rows> teams;
};

MatrixShape shapeOf(const MatrixLattice& lattice, const StagedCells& staged, const MatrixFilter& filter);

/// The edit staged for a cell, or nothing.
const StagedEdit* stagedAt(const MatrixLattice& lattice, const StagedCells& staged, std::size_t row, std::size_t tool);

/// What stands before the dot of "payments.send", or the team of a tool without one; and what stands behind it.
QString toolGroup(const MatrixTool& tool);
QString toolShortName(const MatrixTool& tool);

}
