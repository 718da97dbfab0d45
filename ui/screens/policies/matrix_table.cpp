#include "ui/screens/policies/matrix_table.h"

#include "core/domain/reflect.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/format.h"
#include "ui/screens/policies/matrix_shape.h"

#include <QCoreApplication>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

struct MatrixWords {
    Q_DECLARE_TR_FUNCTIONS(MatrixWords)
};

QString tipOf(const ephor::MatrixCell* cell, bool differs, std::optional<ephor::Access> usual)
{
    QString words = stateOf(cell ? cell->access : ephor::Access::None).words;
    static const QString between = QStringLiteral(" \u00B7 ");
    if (cell && cell->tightened)
        words += between + MatrixWords::tr("tightened over its release");
    else if (differs)
        words += between + MatrixWords::tr("the team usually has %1").arg(accessWord(matrixAccess(*usual)));
    return words + between
        + counted(cell ? cell->calls : 0, MatrixWords::tr("1 call in 30 days"), MatrixWords::tr("%1 calls in 30 days"));
}

ui::MatrixRow itemRow(const MatrixLattice& lattice, std::size_t at, const MatrixShape& shape, const StagedCells& staged)
{
    const ephor::MatrixRow& row = lattice.matrix().rows[at];
    ui::MatrixRow item;
    item.key = text(row.agent);
    item.name = text(row.title.empty() ? row.agent : row.title);
    item.note = row.release > 0 ? versionText(row.release) : MatrixWords::tr("no release");
    item.cells.reserve(shape.tools.size());
    for (const std::size_t tool : shape.tools) {
        const ephor::MatrixCell* const cell = lattice.cell(at, tool);
        ui::MatrixCell shown;
        shown.access = matrixAccess(lattice.access(at, tool));
        shown.differs = lattice.differs(at, tool);
        shown.toolTip = tipOf(cell, shown.differs, lattice.usual(lattice.team(at), tool));
        if (const StagedEdit* const edit = stagedAt(lattice, staged, at, tool)) {
            shown.staged = matrixAccess(edit->after);
            shown.direction = wayOf(*edit) == EditWay::loosens ? ui::MatrixCell::Direction::loosens
                                                               : ui::MatrixCell::Direction::tightens;
        }
        item.cells.push_back(std::move(shown));
    }
    return item;
}

ui::MatrixRow groupRow(const MatrixLattice& lattice, std::size_t team, const MatrixShape& shape)
{
    const QString name = text(lattice.teamName(team));
    ui::MatrixRow group;
    group.key = name;
    group.name = teamTitle(lattice.matrix(), name);
    group.kind = ui::MatrixRow::Kind::group;
    if (!lattice.hasUsual(team))
        return group;
    group.note = MatrixWords::tr("usual");
    for (const std::size_t tool : shape.tools)
        group.cells.push_back({matrixAccess(*lattice.usual(team, tool))});
    return group;
}

AccessCounts countsOf(const MatrixLattice& lattice)
{
    AccessCounts counts;
    counts.agents = lattice.matrix().rows.size();
    counts.tools = lattice.matrix().tools.size();
    for (std::size_t row = 0; row < counts.agents; ++row) {
        for (std::size_t tool = 0; tool < counts.tools; ++tool) {
            const ephor::Access access = lattice.access(row, tool);
            counts.allow += access == ephor::Access::Allow;
            counts.ask += access == ephor::Access::Ask;
            counts.deny += access == ephor::Access::Deny;
            counts.none += access == ephor::Access::None;
            counts.differing += lattice.differs(row, tool);
        }
    }
    return counts;
}

QString quoted(const QString& field)
{
    QString inside = field;
    return u'"' + inside.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

}

QString teamTitle(const ReadMatrix::Response& matrix, const QString& team)
{
    const auto known = matrix.teamTitles.find(utf8(team));
    return known == matrix.teamTitles.end() || known->second.empty() ? team : text(known->second);
}

QStringList effectLabels(const std::array<std::size_t, 5>& counts)
{
    const auto label = [](const QString& words, std::size_t count) { return words + u' ' + numberText(count); };
    return {label(MatrixWords::tr("All"), counts[0]), label(MatrixWords::tr("Reads"), counts[1]),
        label(MatrixWords::tr("Writes"), counts[2]), label(MatrixWords::tr("Irreversible"), counts[3]),
        label(MatrixWords::tr("Leaves"), counts[4])};
}

Icon effectIcon(SideEffect effect)
{
    switch (effect) {
    case SideEffect::Read:
        return Icon::eye;
    case SideEffect::Write:
        return Icon::pencil;
    case SideEffect::Irreversible:
        return Icon::bolt;
    case SideEffect::Egress:
        return Icon::external;
    }
    return Icon::none;
}

MatrixTable matrixTable(const ReadMatrix::Response& matrix, const StagedCells& staged, const MatrixFilter& filter)
{
    MatrixTable table;
    const MatrixLattice lattice(matrix);
    const MatrixShape shape = shapeOf(lattice, staged, filter);
    for (const std::size_t at : shape.tools) {
        const MatrixTool& tool = matrix.tools[at];
        table.tools.push_back(tool.name);
        table.columns.push_back({toolGroup(tool), toolShortName(tool), effectIcon(tool.effect),
            text(tool.title) + QStringLiteral(" \u00B7 ") + word(tool.effect)});
    }
    for (const auto& [team, rows] : shape.teams) {
        table.rows.push_back(groupRow(lattice, team, shape));
        for (const std::size_t row : rows)
            table.rows.push_back(itemRow(lattice, row, shape, staged));
    }
    table.counts = countsOf(lattice);
    return table;
}

std::map<CellAt, ephor::Access> accessInForce(const ReadMatrix::Response& matrix)
{
    std::map<CellAt, ephor::Access> cells;
    for (const ephor::MatrixRow& row : matrix.rows) {
        for (const ephor::MatrixCell& cell : row.cells)
            cells[{row.agent, cell.tool}] = cell.access;
    }
    return cells;
}

QStringList teamsOf(const ReadMatrix::Response& matrix)
{
    QStringList teams;
    for (const ephor::MatrixRow& row : matrix.rows) {
        if (!teams.contains(text(row.team)))
            teams << text(row.team);
    }
    return teams;
}

std::array<std::size_t, 5> effectCounts(const ReadMatrix::Response& matrix)
{
    std::array<std::size_t, 5> counts{matrix.tools.size(), 0, 0, 0, 0};
    for (const MatrixTool& tool : matrix.tools)
        ++counts[std::size_t(tool.effect) + 1];
    return counts;
}

QString matrixCsv(const ReadMatrix::Response& matrix, const QString& source, const QDateTime& at)
{
    QStringList lines;
    lines << QStringLiteral("# ") + MatrixWords::tr("Access matrix of %1, %2").arg(source, format::absolute(at));
    lines << QStringLiteral("team,agent,release,tool,effect,access,tightened,calls_30_days");
    const MatrixLattice lattice(matrix);
    for (std::size_t agent = 0; agent < matrix.rows.size(); ++agent) {
        const ephor::MatrixRow& row = matrix.rows[agent];
        for (std::size_t column = 0; column < matrix.tools.size(); ++column) {
            const MatrixTool& tool = matrix.tools[column];
            const ephor::MatrixCell* const cell = lattice.cell(agent, column);
            lines << QStringList{quoted(text(row.team)), quoted(text(row.agent)), QString::number(row.release),
                quoted(text(tool.name)), text(wordOf(tool.effect)),
                text(wordOf(cell ? cell->access : ephor::Access::None)),
                cell && cell->tightened ? QStringLiteral("yes") : QStringLiteral("no"),
                QString::number(cell ? cell->calls : 0)}
                         .join(u',');
        }
    }
    return lines.join(QStringLiteral("\r\n")) + QStringLiteral("\r\n");
}

}
