#pragma once

#include "core/base/error.h"
#include "ui/kit/card.h"

namespace ephor::ui {
class Banner;
class Button;
class Label;
class ReasonPicker;
}

namespace ephor::ui::inbox {

/// The decision itself: a reason, then one of two buttons of the same weight. Neither has the focus.
class DecisionCard : public Card {
    Q_OBJECT

public:
    explicit DecisionCard(QWidget* parent = nullptr);

    /// What the two buttons do: approve for others, or confirm what is done for oneself.
    enum class Act { approve, confirm };
    /// Somebody may decide now. A reason given so far is kept.
    void setOpen(Act act = Act::approve);
    /// It waits for this person, who must sign in again first.
    void setSignInFirst(const QString& why);
    /// Shown, but not for this person; `whyNot` says whom to ask.
    void setClosed(const QString& whyNot);
    /// It is decided.
    void setDecided(State state, const QString& words, const QString& detail);
    /// Waiting for the answer: neither button works.
    void setBusy();
    /// The decision was not taken; what went wrong stands above the buttons.
    void setError(const Error& error);
    void clear();

    bool isOpen() const { return m_isOpen; }
    /// As by the buttons or their keys. Without a reason it asks for one instead.
    void decide(bool approve);

Q_SIGNALS:
    void decided(bool approve, const QString& reason);
    void signInWanted();

private:
    void enable(bool enabled, const QString& whyNot);
    void setAct(Act act);

    Banner* m_result;
    ReasonPicker* m_reason;
    Button* m_approve;
    Button* m_deny;
    Label* m_hint;
    bool m_isOpen = false;
};

}
