#pragma once

#include "core/domain/change.h"
#include "ui/kit/cells_model.h"

#include <QDateTime>
#include <array>
#include <optional>
#include <vector>

/// From summaries of changes to the cards of the board and the rows of the list. Pure.
namespace ephor::ui::changes {

/// One change as the board shows it.
struct BoardCard {
    QString key; ///< "CH-12"
    QString title;
    QString agent;
    QString author;
    QString age; ///< since it came into its column
    QString ageTip;
    State state = State::draft;
    QString status; ///< "1 of 2 approvals", "5 % of traffic"
    std::optional<double> share = {}; ///< of traffic, while it rolls out
    bool isSetup = false; ///< self-approved, to be ratified
    bool operator==(const BoardCard&) const = default;
};

struct BoardColumn {
    QString title;
    std::vector<BoardCard> cards;
    std::size_t more = 0; ///< cards left out, older than those shown
};

/// Whose changes are shown.
enum class Whose { everybody, mine };

/// What narrows board and list. Agent and state are asked of the backend, the rest is chosen here.
struct ChangeFilter {
    QString agent;
    std::optional<ChangeState> state;
    Whose whose = Whose::everybody;
    QString words;
    bool operator==(const ChangeFilter&) const = default;
};

/// The columns in order.
inline constexpr std::array boardStates{ChangeState::Draft, ChangeState::Checks, ChangeState::Approval,
    ChangeState::RollingOut, ChangeState::Live, ChangeState::RolledBack};

/// A column for each of boardStates; rejected and withdrawn ones stand in Draft,
/// approved ones in Approval. At most `most` cards a column, newest first.
std::vector<BoardColumn> boardColumns(
    const std::vector<ChangeSummary>& changes, const QDateTime& now, std::size_t most);

/// Those of `changes` that fit; `principal` is who "mine" means.
std::vector<ChangeSummary> fitting(
    const std::vector<ChangeSummary>& changes, const ChangeFilter& filter, const std::string& principal);

/// Titles and rows of the list.
QStringList listTitles();
std::vector<CellRow> listRows(const std::vector<ChangeSummary>& changes, const QDateTime& now);

/// What stands under a card's or row's state: "1 of 2 approvals".
QString progressWords(const ChangeSummary& change);

}
