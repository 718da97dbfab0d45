#pragma once

#include "ui/bridge/session.h"
#include "ui/kit/card.h"
#include "ui/kit/inline_error.h"
#include "ui/screens/changes/next_act.h"

class QHBoxLayout;

namespace ephor::ui {
class IconView;
class ShareBar;
}

namespace ephor::ui::changes {

/// How it stands in plain words, and the acts open to this person.
class NextCard : public Card {
    Q_OBJECT

public:
    explicit NextCard(const Session& session, QWidget* parent = nullptr);

    void setWords(const NextWords& words);
    /// While an act is on its way no other can be begun.
    enum class Work { none, underWay };
    void setWork(Work work);
    void showError(const ErrorText& error);
    void clearError();
    /// To the first act that is open, or to the card: where the focus goes when what had it leaves the page.
    void takeFocus();

Q_SIGNALS:
    void actWanted(ephor::ui::changes::Act act);

private:
    void fillButtons();
    void passFocusOn(const QString& act);
    QWidget* makeProgress();

    const Session& m_session;
    NextWords m_words;
    Work m_work = Work::none;
    IconView* m_glyph;
    Label* m_headline;
    Label* m_text;
    // Set by makeProgress, and so declared before what holds them.
    ShareBar* m_bar = nullptr;
    Label* m_reached = nullptr;
    Label* m_then = nullptr;
    Label* m_end = nullptr;
    QWidget* m_progress;
    QHBoxLayout* m_buttons;
    std::vector<QWidget*> m_shown;
    Label* m_note;
    InlineError* m_error;
};

}
