#include "ui/screens/policies/matrix_table.h"

#include "core/domain/reflect.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/format.h"

#include <QCoreApplication>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

struct MatrixWords {
    Q_DECLARE_TR_FUNCTIONS(MatrixWords)
};

// What stands before the dot of "payments.send", or the team of a tool without one.
QString groupOf(const MatrixTool& tool)
{
    const QString name = text(tool.name);
    const qsizetype dot = name.indexOf(u'.');
    return dot > 0 ? name.left(dot) : text(tool.team);
}

QString shortNameOf(const MatrixTool& tool)
{
    const QString name = text(tool.name);
    const qsizetype dot = name.indexOf(u'.');
    return dot > 0 ? name.mid(dot + 1) : name;
}

const ephor::MatrixCell* cellOf(const ephor::MatrixRow& row, const std::string& tool)
{
    const auto found = std::ranges::find(row.cells, tool, &ephor::MatrixCell::tool);
    return found == row.cells.end() ? nullptr : &*found;
}

ephor::Access accessOf(const ephor::MatrixRow& row, const std::string& tool)
{
    const ephor::MatrixCell* const cell = cellOf(row, tool);
    return cell ? cell->access : ephor::Access::None;
}

using Team = std::vector<const ephor::MatrixRow*>;

// What most of the team have; of equally many the strictest, so that the looser ones stand out.
std::optional<ephor::Access> usualOf(const Team& team, const std::string& tool)
{
    if (team.size() < 2)
        return std::nullopt;
    static constexpr std::array strictestFirst{
        ephor::Access::Deny, ephor::Access::None, ephor::Access::Ask, ephor::Access::Allow};
    std::size_t most = 0;
    ephor::Access usual = ephor::Access::None;
    for (const ephor::Access access : strictestFirst) {
        const auto held = std::size_t(
            std::ranges::count_if(team, [&](const ephor::MatrixRow* row) { return accessOf(*row, tool) == access; }));
        if (held > most) {
            most = held;
            usual = access;
        }
    }
    return usual;
}

struct Shape {
    std::vector<const MatrixTool*> tools;
    std::vector<std::pair<QString, Team>> teams; ///< only the rows shown
    std::map<QString, Team> whole; ///< every row of a team: what its usual rests on
};

bool contains(const std::string& first, const std::string& second, const QString& words)
{
    return text(first).contains(words, Qt::CaseInsensitive) || text(second).contains(words, Qt::CaseInsensitive);
}

// Tools of one group stand together, in the order in which the groups first appear.
std::vector<const MatrixTool*> groupedTools(const ReadMatrix::Response& matrix, const MatrixFilter& filter)
{
    std::vector<QString> order;
    for (const MatrixTool& tool : matrix.tools) {
        if (std::ranges::find(order, groupOf(tool)) == order.end())
            order.push_back(groupOf(tool));
    }
    std::vector<const MatrixTool*> tools;
    for (const QString& group : order) {
        for (const MatrixTool& tool : matrix.tools) {
            if (groupOf(tool) == group && (!filter.effect || tool.effect == *filter.effect))
                tools.push_back(&tool);
        }
    }
    return tools;
}

Shape shapeOf(const ReadMatrix::Response& matrix, const MatrixFilter& filter)
{
    Shape shape;
    shape.tools = groupedTools(matrix, filter);
    std::vector<const ephor::MatrixRow*> rows;
    for (const ephor::MatrixRow& row : matrix.rows) {
        shape.whole[text(row.team)].push_back(&row);
        if (filter.team.isEmpty() || text(row.team) == filter.team)
            rows.push_back(&row);
    }
    if (!filter.words.isEmpty()) {
        const auto isTool = [&](const MatrixTool* tool) { return contains(tool->name, tool->title, filter.words); };
        const auto isAgent
            = [&](const ephor::MatrixRow* row) { return contains(row->agent, row->title, filter.words); };
        const bool anyTool = std::ranges::any_of(shape.tools, isTool);
        const bool anyAgent = std::ranges::any_of(rows, isAgent);
        if (anyTool)
            std::erase_if(shape.tools, [&](const MatrixTool* tool) { return !isTool(tool); });
        if (anyAgent || !anyTool)
            std::erase_if(rows, [&](const ephor::MatrixRow* row) { return !isAgent(row); });
    }
    for (const ephor::MatrixRow* row : rows) {
        const QString team = text(row->team);
        const auto found = std::ranges::find(shape.teams, team, &std::pair<QString, Team>::first);
        if (found == shape.teams.end())
            shape.teams.push_back({team, {row}});
        else
            found->second.push_back(row);
    }
    return shape;
}

bool isDiffering(const ephor::MatrixCell* cell, std::optional<ephor::Access> usual)
{
    return (cell && cell->tightened) || (usual && *usual != (cell ? cell->access : ephor::Access::None));
}

QString tipOf(const ephor::MatrixCell* cell, std::optional<ephor::Access> usual)
{
    QStringList words{stateOf(cell ? cell->access : ephor::Access::None).words};
    if (cell && cell->tightened)
        words << MatrixWords::tr("tightened over its release");
    else if (isDiffering(cell, usual))
        words << MatrixWords::tr("the team usually has %1").arg(accessWord(matrixAccess(*usual)));
    words << counted(
        cell ? cell->calls : 0, MatrixWords::tr("1 call in 30 days"), MatrixWords::tr("%1 calls in 30 days"));
    return words.join(QStringLiteral(" \u00B7 "));
}

ui::MatrixRow itemRow(const ephor::MatrixRow& row, const Shape& shape, const StagedCells& staged)
{
    ui::MatrixRow item;
    item.key = text(row.agent);
    item.name = text(row.title.empty() ? row.agent : row.title);
    item.note = row.release > 0 ? versionText(row.release) : MatrixWords::tr("no release");
    const Team& team = shape.whole.at(text(row.team));
    for (const MatrixTool* tool : shape.tools) {
        const ephor::MatrixCell* const cell = cellOf(row, tool->name);
        const auto usual = usualOf(team, tool->name);
        ui::MatrixCell shown;
        shown.access = matrixAccess(cell ? cell->access : ephor::Access::None);
        shown.differs = isDiffering(cell, usual);
        shown.toolTip = tipOf(cell, usual);
        if (const auto edit = staged.find({row.agent, tool->name}); edit != staged.end()) {
            shown.staged = matrixAccess(edit->second.after);
            shown.direction = wayOf(edit->second) == EditWay::loosens ? ui::MatrixCell::Direction::loosens
                                                                      : ui::MatrixCell::Direction::tightens;
        }
        item.cells.push_back(std::move(shown));
    }
    return item;
}

ui::MatrixRow groupRow(const QString& name, const QString& title, const Shape& shape)
{
    ui::MatrixRow group;
    group.key = name;
    group.name = title;
    group.kind = ui::MatrixRow::Kind::group;
    const Team& team = shape.whole.at(name);
    if (team.size() < 2)
        return group;
    group.note = MatrixWords::tr("usual");
    for (const MatrixTool* tool : shape.tools)
        group.cells.push_back({matrixAccess(*usualOf(team, tool->name))});
    return group;
}

AccessCounts countsOf(const ReadMatrix::Response& matrix)
{
    AccessCounts counts;
    counts.agents = matrix.rows.size();
    counts.tools = matrix.tools.size();
    const Shape shape = shapeOf(matrix, {});
    for (const ephor::MatrixRow& row : matrix.rows) {
        for (const MatrixTool& tool : matrix.tools) {
            const ephor::MatrixCell* const cell = cellOf(row, tool.name);
            const ephor::Access access = cell ? cell->access : ephor::Access::None;
            counts.allow += access == ephor::Access::Allow;
            counts.ask += access == ephor::Access::Ask;
            counts.deny += access == ephor::Access::Deny;
            counts.none += access == ephor::Access::None;
            counts.differing += isDiffering(cell, usualOf(shape.whole.at(text(row.team)), tool.name));
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
    const Shape shape = shapeOf(matrix, filter);
    for (const MatrixTool* tool : shape.tools) {
        table.tools.push_back(tool->name);
        table.columns.push_back({groupOf(*tool), shortNameOf(*tool), effectIcon(tool->effect),
            text(tool->title) + QStringLiteral(" \u00B7 ") + word(tool->effect)});
    }
    for (const auto& [name, team] : shape.teams) {
        std::vector<ui::MatrixRow> items;
        for (const ephor::MatrixRow* row : team) {
            ui::MatrixRow item = itemRow(*row, shape, staged);
            const bool isShown = filter.rows == Rows::all
                || std::ranges::any_of(
                    item.cells, [](const ui::MatrixCell& cell) { return cell.differs || cell.staged; });
            if (isShown)
                items.push_back(std::move(item));
        }
        if (items.empty())
            continue;
        table.rows.push_back(groupRow(name, teamTitle(matrix, name), shape));
        std::ranges::move(items, std::back_inserter(table.rows));
    }
    table.counts = countsOf(matrix);
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
    for (const ephor::MatrixRow& row : matrix.rows) {
        for (const MatrixTool& tool : matrix.tools) {
            const ephor::MatrixCell* const cell = cellOf(row, tool.name);
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
