#pragma once

#include "core/api/policies.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

#include <QTimer>

namespace ephor::ui {
class Button;
class Label;
class LoadView;
class Select;
}

namespace ephor::ui::policies {

class CallForm;
class WhyView;

/// A call that nobody makes: what it would get, by what is in force and by a draft, and why.
class TryTab : public QWidget {
    Q_OBJECT

public:
    TryTab(Screen& screen, QWidget* parent);

    /// policies/try?agent=refunds&tool=payments.send
    void open(const Route& route);
    /// Judges beside a draft that is not saved.
    void setDraft(const DraftPolicy& draft);
    QList<Command> commands();

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void notify(const ephor::ui::Notice& notice);

private:
    QWidget* makeQuestion();
    QWidget* makeAnswer();
    void loadDrafts();
    void chooseDraft();
    void attempt();
    void saveCase();

    Screen& m_screen;
    std::optional<DraftPolicy> m_typed; ///< handed over from the editor
    std::optional<DraftPolicy> m_draft; ///< judged now
    std::optional<TryRules::Response> m_tried;
    PolicyCase m_asked; ///< of what is shown
    QTimer m_pause;
    Latest m_askDrafts;
    Latest m_askDraft;
    Latest m_ask;
    Select* m_which = nullptr;
    CallForm* m_call = nullptr;
    Label* m_problem = nullptr;
    Button* m_save = nullptr;
    WhyView* m_why = nullptr;
    LoadView* m_view = nullptr;
};

}
