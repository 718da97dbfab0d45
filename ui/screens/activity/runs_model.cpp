#include "ui/screens/activity/runs_model.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/format.h"

#include <QCoreApplication>
#include <algorithm>

namespace ephor::ui::activity {

namespace {

struct RunsWording {
    Q_DECLARE_TR_FUNCTIONS(RunsWording)
};

Cell outcomeCell(const RunSummary& run)
{
    if (run.decision.outcome.empty()) {
        Cell none{format::unknown()};
        none.tone = Token::textMuted;
        return none;
    }
    Cell outcome{text(run.decision.outcome)};
    outcome.text[0] = outcome.text[0].toUpper();
    outcome.secondary = text(run.decision.amount);
    outcome.toolTip = text(run.decision.subject);
    return outcome;
}

Cell stateCell(const RunSummary& run)
{
    const StateWords words = stateOf(run.state);
    Cell state{run.state == RunState::Waiting ? RunsWording::tr("Waiting") : words.words};
    state.state = words.state;
    state.toolTip = run.reason.empty() ? words.words : text(run.reason);
    return state;
}

/// A run that goes on has taken as long as it is under way.
Cell durationCell(const RunSummary& run, const QDateTime& now)
{
    if (run.state != RunState::Running)
        return Cell{durationText(run.durationMicros)};
    const qint64 elapsed = std::max<qint64>(0, dateTime(run.startedAt).msecsTo(now));
    return Cell{durationText(std::max<std::uint64_t>(run.durationMicros, static_cast<std::uint64_t>(elapsed) * 1'000))};
}

Cell variantCell(const RunSummary& run)
{
    Cell variant{run.releaseNumber == 0 ? format::unknown() : versionText(run.releaseNumber)};
    if (run.variant == Variant::Canary)
        variant.secondary = RunsWording::tr("canary");
    variant.toolTip = word(run.variant);
    return variant;
}

QVariant optionalInt(const auto& value)
{
    return value ? QVariant(static_cast<int>(*value)) : QVariant();
}

}

QStringList runColumnTitles()
{
    return {RunsWording::tr("Started"), RunsWording::tr("Agent"), RunsWording::tr("Outcome"), RunsWording::tr("State"),
        RunsWording::tr("Duration"), RunsWording::tr("Tokens"), RunsWording::tr("Cost"), RunsWording::tr("Denied"),
        RunsWording::tr("Reference"), RunsWording::tr("Release")};
}

Cell runCell(const RunSummary& run, RunColumn column, const QDateTime& now)
{
    switch (column) {
    case RunColumn::started: {
        Cell started{relativeTime(run.startedAt, now)};
        started.toolTip = absoluteTime(run.startedAt);
        return started;
    }
    case RunColumn::agent: {
        Cell agent{text(run.agentTitle.empty() ? run.agent : run.agentTitle)};
        agent.toolTip = RunsWording::tr("%1, run %2").arg(text(run.agent), text(run.id));
        return agent;
    }
    case RunColumn::outcome:
        return outcomeCell(run);
    case RunColumn::state:
        return stateCell(run);
    case RunColumn::duration:
        return durationCell(run, now);
    case RunColumn::tokens: {
        Cell tokens{tokensText(run.usage)};
        tokens.toolTip = usageText(run.usage);
        return tokens;
    }
    case RunColumn::cost:
        return Cell{moneyText(run.cost)};
    case RunColumn::denied: {
        Cell denied{numberText(run.denied)};
        denied.tone = run.denied > 0 ? Token::error : Token::textMuted;
        return denied;
    }
    case RunColumn::reference: {
        Cell reference{run.decision.reference.empty() ? format::unknown() : text(run.decision.reference)};
        reference.toolTip = run.person.empty() ? QString() : RunsWording::tr("Person: %1").arg(text(run.person));
        return reference;
    }
    case RunColumn::variant:
        return variantCell(run);
    case RunColumn::count:
        break;
    }
    return {};
}

RunsModel::RunsModel(std::function<QDateTime()> now, QObject* parent)
    : PagedTableModel(runColumnTitles(), parent)
    , m_now(std::move(now))
{
}

QString RunsModel::keyOf(const RunSummary& run) const
{
    return text(run.id);
}

QVariant RunsModel::cell(const RunSummary& run, int column, int role) const
{
    const Cell cell = runCell(run, static_cast<RunColumn>(column), m_now());
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::AccessibleTextRole:
        return cell.secondary.isEmpty() ? cell.text : cell.text + QStringLiteral(", ") + cell.secondary;
    case Qt::ToolTipRole:
        return cell.toolTip.isEmpty() ? QVariant() : QVariant(cell.toolTip);
    case CellRole::secondary:
        return cell.secondary;
    case CellRole::state:
        return optionalInt(cell.state);
    case CellRole::tone:
        return optionalInt(cell.tone);
    default:
        return {};
    }
}

}
