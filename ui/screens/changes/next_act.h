#pragma once

#include "core/api/changes.h"
#include "ui/kit/button.h"
#include "ui/kit/state.h"

#include <QStringList>
#include <optional>
#include <utility>
#include <vector>

/// What can be done with a change now, in plain words, and what each act would do. Pure.
namespace ephor::ui::changes {

enum class Act { submit, withdraw, approve, reject, ratify, start, promote, hold, resume, rollBack };

/// An act offered in the present state.
struct ActOffer {
    Act act = Act::submit;
    QString label; ///< "Promote to 25 %"
    Icon icon = Icon::none;
    Permission permission = Permission::View;
    QString whyNot = {}; ///< not open to this person, whatever the role: "Wrote it, …"
    Button::Role role = Button::Role::secondary;
};

/// How far a rollout has come: shares on one groove.
struct ShareProgress {
    double share = 0;
    QString reached; ///< "5 % now"
    QString next; ///< "then 25 %"
    QString end; ///< "100 %"
};

/// The plain-words card.
struct NextWords {
    State state = State::info;
    QString headline;
    QString text;
    QString note; ///< beside the buttons
    std::optional<ShareProgress> progress = {};
    std::vector<ActOffer> offers;
};

/// Whether anybody but the author can approve (SessionInfo::fourEyes).
enum class FourEyes { possible, notYet };

/// `compared` may be null: not loaded, or nothing rolls out.
NextWords nextWords(
    const GetChange::Response& shown, const CompareRollout::Response* compared, FourEyes eyes = FourEyes::possible);

/// The preview of an act: what happens, and the numbers it rests on.
struct ActQuestion {
    QString title;
    QString text;
    std::vector<std::pair<QString, QString>> facts;
    QStringList reasons; ///< usual ones
    QString accept; ///< verb on the button
    enum class Reason { none, wanted } reason = Reason::wanted;
};
ActQuestion questionFor(Act act, const GetChange::Response& shown, const CompareRollout::Response* compared,
    FourEyes eyes = FourEyes::possible);

/// What happens now, next, if it goes wrong, and what is left to people.
std::vector<std::pair<QString, QString>> whatHappensNext(const GetChange::Response& shown);

/// One word an act is known by, in command ids: "roll-back".
QString actId(Act act);

}
