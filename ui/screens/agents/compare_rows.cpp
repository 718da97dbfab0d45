#include "ui/screens/agents/compare_rows.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/format.h"
#include "ui/screens/agents/agent_rows.h"
#include "ui/screens/agents/page_rows.h"

#include <QCoreApplication>
#include <algorithm>
#include <set>

namespace ephor::ui::agents {

namespace {

struct CompareWords {
    Q_DECLARE_TR_FUNCTIONS(CompareWords)
};

QString knownWords(const QString& words)
{
    return words.isEmpty() ? format::unknown() : words;
}

CellRow comparedRow(const QString& what, const QString& left, const QString& right)
{
    const bool same = left == right;
    const auto side = [same](const QString& words) {
        return Cell{
            .text = knownWords(words), .kind = same ? CellKind::secondaryText : CellKind::strongText, .toolTip = words};
    };
    return {what, {Cell{.text = what, .tone = Token::textMuted}, side(left), side(right)}};
}

struct ToolSide {
    bool isNamed = false;
    const ephor::MatrixCell* cell = nullptr;
};

ToolSide toolSide(const ComparedAgent& agent, const std::string& tool, const ReadMatrix::Response& matrix)
{
    ToolSide side;
    side.isNamed = std::ranges::find(agent.body.tools, tool) != agent.body.tools.end();
    for (const ephor::MatrixRow& row : matrix.rows) {
        if (row.agent != agent.name)
            continue;
        const auto found = std::ranges::find(row.cells, tool, &ephor::MatrixCell::tool);
        if (found != row.cells.end())
            side.cell = &*found;
    }
    return side;
}

Cell toolCell(const ToolSide& side, bool same)
{
    const StateWords access = stateOf(side.cell ? side.cell->access : ephor::Access::None);
    Cell cell{.text = side.isNamed ? access.words : CompareWords::tr("not named"), .state = access.state};
    if (!side.isNamed)
        cell.state = State::neutral;
    if (side.cell && side.cell->tightened)
        cell.text = CompareWords::tr("%1, tightened").arg(cell.text);
    cell.sort = same ? 1 : 0;
    return cell;
}

QString limitText(std::uint64_t most)
{
    return most > 0 ? numberText(most) : CompareWords::tr("no limit");
}

}

std::vector<CellRow> comparedCells(const ComparedAgent& left, const ComparedAgent& right, const TeamNames& teams)
{
    std::vector<CellRow> rows;
    const auto add
        = [&](const QString& what, auto words) { rows.push_back(comparedRow(what, words(left), words(right))); };
    const auto figures = [](const ComparedAgent& agent) -> const Totals& { return agent.row.totals; };
    add(CompareWords::tr("Purpose"), [](const ComparedAgent& one) { return text(one.body.description); });
    add(CompareWords::tr("Prompt"), [](const ComparedAgent& one) { return text(one.body.prompt); });
    add(CompareWords::tr("Model"), [](const ComparedAgent& one) { return text(one.body.model); });
    add(CompareWords::tr("Temperature"), [](const ComparedAgent& one) {
        return one.body.temperature ? QString::number(*one.body.temperature) : CompareWords::tr("the model's own");
    });
    add(CompareWords::tr("Most steps"), [](const ComparedAgent& one) { return limitText(one.body.budget.steps); });
    add(CompareWords::tr("Most tool calls"),
        [](const ComparedAgent& one) { return limitText(one.body.budget.toolCalls); });
    add(CompareWords::tr("Most tokens"), [](const ComparedAgent& one) { return limitText(one.body.budget.tokens); });
    add(CompareWords::tr("Most money"), [](const ComparedAgent& one) {
        return one.body.budget.money ? moneyText(one.body.budget.money) : CompareWords::tr("no limit");
    });
    add(CompareWords::tr("Longest run"), [](const ComparedAgent& one) {
        const std::uint64_t seconds = one.body.budget.wallClockSeconds;
        return seconds > 0 ? durationText(seconds * 1'000'000) : CompareWords::tr("no limit");
    });
    add(CompareWords::tr("Decides"), [](const ComparedAgent& one) { return text(one.body.decision.subject); });
    add(CompareWords::tr("Risk class"), [](const ComparedAgent& one) { return text(one.body.decision.riskClass); });
    add(CompareWords::tr("Tools"),
        [](const ComparedAgent& one) { return CompareWords::tr("%n tool(s)", nullptr, int(one.body.tools.size())); });
    add(CompareWords::tr("Team"), [&](const ComparedAgent& one) { return teams.of(one.row.team); });
    add(CompareWords::tr("Owner"), [](const ComparedAgent& one) { return text(one.row.ownerName); });
    add(CompareWords::tr("In production"), [](const ComparedAgent& one) { return versionsWords(one.row); });
    add(CompareWords::tr("Coverage"), [](const ComparedAgent& one) { return coverageWord(one.row.coverage); });
    add(CompareWords::tr("Runs"), [&](const ComparedAgent& one) { return numberText(figures(one).runs); });
    add(CompareWords::tr("Completed"),
        [&](const ComparedAgent& one) { return percentText(figures(one).done, figures(one).runs); });
    add(CompareWords::tr("Latency p50"), [&](const ComparedAgent& one) { return secondsText(figures(one).p50); });
    add(CompareWords::tr("Latency p95"), [&](const ComparedAgent& one) { return secondsText(figures(one).p95); });
    add(CompareWords::tr("Cost"), [&](const ComparedAgent& one) { return moneyText(figures(one).cost); });
    add(CompareWords::tr("Cost a run"), [&](const ComparedAgent& one) { return moneyText(costEach(figures(one))); });
    add(CompareWords::tr("Denied verdicts"),
        [&](const ComparedAgent& one) { return proportionText(figures(one).deniedVerdicts, figures(one).verdicts); });
    return rows;
}

std::vector<CellRow> comparedTools(
    const ComparedAgent& left, const ComparedAgent& right, const ReadMatrix::Response& matrix)
{
    std::set<std::string> names;
    for (const ComparedAgent* agent : {&left, &right}) {
        names.insert(agent->body.tools.begin(), agent->body.tools.end());
        for (const ephor::MatrixRow& row : matrix.rows) {
            for (const ephor::MatrixCell& cell : row.cells) {
                if (row.agent == agent->name)
                    names.insert(cell.tool);
            }
        }
    }
    std::vector<CellRow> rows;
    for (const std::string& name : names) {
        const ToolSide one = toolSide(left, name, matrix);
        const ToolSide other = toolSide(right, name, matrix);
        const auto access = [](const ToolSide& side) { return side.cell ? side.cell->access : ephor::Access::None; };
        const bool same = one.isNamed == other.isNamed && access(one) == access(other);
        rows.push_back({text(name),
            {Cell{.text = text(name), .kind = same ? CellKind::text : CellKind::strongText}, toolCell(one, same),
                toolCell(other, same)}});
    }
    std::ranges::stable_sort(rows, {}, [](const CellRow& row) { return row.cells[1].sort.toInt(); });
    return rows;
}

int differing(const std::vector<CellRow>& rows)
{
    return static_cast<int>(std::ranges::count_if(rows, [](const CellRow& row) {
        return std::ranges::any_of(row.cells, [](const Cell& cell) { return cell.kind == CellKind::strongText; });
    }));
}

}
