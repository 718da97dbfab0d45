#include "ui/screens/changes/board_rows.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/format.h"

#include <QCoreApplication>

namespace ephor::ui::changes {

namespace {

struct BoardWords {
    Q_DECLARE_TR_FUNCTIONS(BoardWords)
};

std::size_t columnOf(ChangeState state)
{
    switch (state) {
    case ChangeState::Draft:
    case ChangeState::Rejected:
    case ChangeState::Withdrawn:
        return 0;
    case ChangeState::Checks:
        return 1;
    case ChangeState::Approval:
    case ChangeState::Approved:
        return 2;
    case ChangeState::RollingOut:
        return 3;
    case ChangeState::Live:
        return 4;
    case ChangeState::RolledBack:
        return 5;
    }
    return 0;
}

BoardCard cardOf(const ChangeSummary& change, const QDateTime& now)
{
    BoardCard card;
    card.key = text(change.id);
    card.title = text(change.title);
    card.agent = text(change.agentTitle.empty() ? change.agent : change.agentTitle);
    card.author = text(change.authorName);
    card.age = relativeTime(change.movedAt, now);
    card.ageTip = absoluteTime(change.movedAt);
    card.state = stateOf(change.state).state;
    card.status = progressWords(change);
    if (change.state == ChangeState::RollingOut)
        card.share = change.share;
    card.isSetup = change.selfApproved;
    return card;
}

bool holds(const ChangeSummary& change, const QString& words)
{
    for (const std::string& part : {change.id, change.title, change.agent, change.agentTitle, change.authorName}) {
        if (text(part).contains(words, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

}

QString progressWords(const ChangeSummary& change)
{
    switch (change.state) {
    case ChangeState::Checks:
        return BoardWords::tr("%1 of %2 passed")
            .arg(numberText(change.checksPassed),
                counted(change.checksTotal, BoardWords::tr("1 check"), BoardWords::tr("%1 checks")));
    case ChangeState::Approval:
        return BoardWords::tr("%1 of %2")
            .arg(numberText(change.approvalsGiven),
                counted(change.approvalsNeeded, BoardWords::tr("1 approval"), BoardWords::tr("%1 approvals")));
    case ChangeState::Approved:
        return BoardWords::tr("Approved, not released");
    case ChangeState::RollingOut:
        return BoardWords::tr("%1 of traffic").arg(format::percent(change.share, 0));
    case ChangeState::Live:
        return BoardWords::tr("Went live as %1").arg(versionText(change.releaseNumber));
    case ChangeState::Draft:
    case ChangeState::RolledBack:
    case ChangeState::Rejected:
    case ChangeState::Withdrawn:
        break;
    }
    return stateOf(change.state).words;
}

std::vector<BoardColumn> boardColumns(const std::vector<ChangeSummary>& changes, const QDateTime& now, std::size_t most)
{
    std::vector<BoardColumn> columns(boardStates.size());
    for (std::size_t at = 0; at < boardStates.size(); ++at)
        columns[at].title = stateOf(boardStates[at]).words;
    for (const ChangeSummary& change : changes) {
        BoardColumn& column = columns[columnOf(change.state)];
        if (column.cards.size() < most)
            column.cards.push_back(cardOf(change, now));
        else
            ++column.more;
    }
    return columns;
}

std::vector<ChangeSummary> fitting(
    const std::vector<ChangeSummary>& changes, const ChangeFilter& filter, const std::string& principal)
{
    std::vector<ChangeSummary> fit;
    for (const ChangeSummary& change : changes) {
        const bool isFitting = (filter.agent.isEmpty() || text(change.agent) == filter.agent)
            && (!filter.state || change.state == *filter.state)
            && (filter.whose == Whose::everybody || change.author == principal)
            && (filter.words.isEmpty() || holds(change, filter.words));
        if (isFitting)
            fit.push_back(change);
    }
    return fit;
}

QStringList listTitles()
{
    return {BoardWords::tr("Change"), BoardWords::tr("Title"), BoardWords::tr("Agent"), BoardWords::tr("State"),
        BoardWords::tr("Progress"), BoardWords::tr("Author"), BoardWords::tr("Release"), BoardWords::tr("Moved")};
}

std::vector<CellRow> listRows(const std::vector<ChangeSummary>& changes, const QDateTime& now)
{
    std::vector<CellRow> rows;
    rows.reserve(changes.size());
    for (const ChangeSummary& change : changes) {
        const StateWords state = stateOf(change.state);
        const bool saysMore = change.state != ChangeState::Live && progressWords(change) != state.words;
        CellRow row{text(change.id), {}};
        row.cells.push_back({.text = text(change.id), .sort = text(change.id).mid(3).toInt()});
        row.cells.push_back({.text = text(change.title)});
        row.cells.push_back({.text = text(change.agentTitle.empty() ? change.agent : change.agentTitle)});
        row.cells.push_back({.text = state.words, .state = state.state, .sort = int(change.state)});
        row.cells.push_back({.text = change.selfApproved ? BoardWords::tr("Self-approved (setup)")
                : saysMore                               ? progressWords(change)
                                                         : QString(),
            .tone = change.selfApproved ? std::optional(Token::warn) : std::nullopt});
        row.cells.push_back({.text = text(change.authorName)});
        row.cells.push_back({.text = versionText(change.releaseNumber), .sort = qulonglong(change.releaseNumber)});
        row.cells.push_back({.text = relativeTime(change.movedAt, now),
            .sort = dateTime(change.movedAt),
            .toolTip = absoluteTime(change.movedAt)});
        rows.push_back(std::move(row));
    }
    return rows;
}

}
