#include "ui/screens/policies/matrix_shape.h"

#include "ui/bridge/values.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace ephor::ui::policies {

namespace {

bool holds(const std::string& first, const std::string& second, const QString& words)
{
    return text(first).contains(words, Qt::CaseInsensitive) || text(second).contains(words, Qt::CaseInsensitive);
}

// Tools of one group stand together, in the order in which the groups first appear.
std::vector<std::size_t> groupedTools(const std::vector<MatrixTool>& all, std::optional<SideEffect> effect)
{
    std::map<QString, std::size_t> order;
    std::vector<std::size_t> rank;
    for (const MatrixTool& tool : all)
        rank.push_back(order.emplace(toolGroup(tool), order.size()).first->second);
    std::vector<std::size_t> tools(all.size());
    std::iota(tools.begin(), tools.end(), std::size_t(0));
    std::erase_if(tools, [&](std::size_t at) { return effect && all[at].effect != *effect; });
    std::ranges::stable_sort(tools, {}, [&rank](std::size_t at) { return rank[at]; });
    return tools;
}

// Words that name operations narrow these; words that name agents, or nothing, narrow the agents.
void keepNamed(
    const ReadMatrix::Response& matrix, const QString& words, std::vector<std::size_t>& rows, MatrixShape& shape)
{
    const auto isTool = [&](std::size_t at) { return holds(matrix.tools[at].name, matrix.tools[at].title, words); };
    const auto isAgent = [&](std::size_t at) { return holds(matrix.rows[at].agent, matrix.rows[at].title, words); };
    const bool anyTool = std::ranges::any_of(shape.tools, isTool);
    const bool anyAgent = std::ranges::any_of(rows, isAgent);
    if (anyTool)
        std::erase_if(shape.tools, [&](std::size_t at) { return !isTool(at); });
    if (anyAgent || !anyTool)
        std::erase_if(rows, [&](std::size_t at) { return !isAgent(at); });
}

// An operation in which every agent shown is as its team is would be a column of nothing to see.
void keepDiffering(
    const MatrixLattice& lattice, const StagedCells& staged, std::vector<std::size_t>& rows, MatrixShape& shape)
{
    const auto stands = [&](std::size_t row, std::size_t tool) {
        return lattice.differs(row, tool) || stagedAt(lattice, staged, row, tool) != nullptr;
    };
    std::erase_if(rows, [&](std::size_t row) {
        return std::ranges::none_of(shape.tools, [&](std::size_t tool) { return stands(row, tool); });
    });
    std::erase_if(shape.tools, [&](std::size_t tool) {
        return std::ranges::none_of(rows, [&](std::size_t row) { return stands(row, tool); });
    });
}

}

MatrixLattice::MatrixLattice(const ReadMatrix::Response& matrix)
    : m_matrix(matrix)
    , m_tools(matrix.tools.size())
    , m_cells(matrix.rows.size() * matrix.tools.size(), nullptr)
{
    std::map<std::string_view, std::size_t> tools;
    for (std::size_t at = 0; at < m_tools; ++at)
        tools.emplace(matrix.tools[at].name, at);
    std::map<std::string_view, std::size_t> teams;
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        for (const ephor::MatrixCell& cell : matrix.rows[row].cells) {
            if (const auto tool = tools.find(cell.tool); tool != tools.end())
                m_cells[row * m_tools + tool->second] = &cell;
        }
        const auto [team, isNew] = teams.emplace(matrix.rows[row].team, m_teams.size());
        if (isNew)
            m_teams.push_back({matrix.rows[row].team, {}, {}});
        m_teams[team->second].rows.push_back(row);
        m_teamOf.push_back(team->second);
    }
    for (Team& team : m_teams) {
        for (std::size_t tool = 0; tool < m_tools; ++tool)
            team.usual.push_back(mostOf(team, tool));
    }
}

ephor::Access MatrixLattice::access(std::size_t row, std::size_t tool) const
{
    const ephor::MatrixCell* const found = cell(row, tool);
    return found ? found->access : ephor::Access::None;
}

ephor::Access MatrixLattice::mostOf(const Team& team, std::size_t tool) const
{
    static constexpr std::array strictestFirst{
        ephor::Access::Deny, ephor::Access::None, ephor::Access::Ask, ephor::Access::Allow};
    std::ptrdiff_t most = 0;
    ephor::Access usual = ephor::Access::None;
    for (const ephor::Access each : strictestFirst) {
        const auto held = std::ranges::count_if(team.rows, [&](std::size_t row) { return access(row, tool) == each; });
        if (held > most) {
            most = held;
            usual = each;
        }
    }
    return usual;
}

std::optional<ephor::Access> MatrixLattice::usual(std::size_t team, std::size_t tool) const
{
    return hasUsual(team) ? std::optional(m_teams[team].usual[tool]) : std::nullopt;
}

bool MatrixLattice::differs(std::size_t row, std::size_t tool) const
{
    const ephor::MatrixCell* const found = cell(row, tool);
    if (found && found->tightened)
        return true;
    const auto expected = usual(team(row), tool);
    return expected && *expected != (found ? found->access : ephor::Access::None);
}

const StagedEdit* stagedAt(const MatrixLattice& lattice, const StagedCells& staged, std::size_t row, std::size_t tool)
{
    if (staged.empty())
        return nullptr;
    const auto edit = staged.find({lattice.matrix().rows[row].agent, lattice.matrix().tools[tool].name});
    return edit == staged.end() ? nullptr : &edit->second;
}

MatrixShape shapeOf(const MatrixLattice& lattice, const StagedCells& staged, const MatrixFilter& filter)
{
    const ReadMatrix::Response& matrix = lattice.matrix();
    MatrixShape shape;
    shape.tools = groupedTools(matrix.tools, filter.effect);
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        if (filter.team.isEmpty() || text(matrix.rows[row].team) == filter.team)
            rows.push_back(row);
    }
    if (!filter.words.isEmpty())
        keepNamed(matrix, filter.words, rows, shape);
    if (filter.rows == Rows::differing)
        keepDiffering(lattice, staged, rows, shape);
    for (const std::size_t row : rows) {
        const std::size_t team = lattice.team(row);
        const auto found = std::ranges::find(shape.teams, team, &MatrixShape::Rows::team);
        if (found == shape.teams.end())
            shape.teams.push_back({team, {row}});
        else
            found->rows.push_back(row);
    }
    return shape;
}

QString toolGroup(const MatrixTool& tool)
{
    const QString name = text(tool.name);
    const qsizetype dot = name.indexOf(u'.');
    return dot > 0 ? name.left(dot) : text(tool.team);
}

QString toolShortName(const MatrixTool& tool)
{
    const QString name = text(tool.name);
    const qsizetype dot = name.indexOf(u'.');
    return dot > 0 ? name.mid(dot + 1) : name;
}

}
