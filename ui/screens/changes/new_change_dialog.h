#pragma once

#include "core/api/changes.h"
#include "ui/bridge/request.h"
#include "ui/kit/dialogs.h"
#include "ui/screens/changes/new_change_choices.h"

#include <QDateTime>
#include <array>

class QCheckBox;
class QPlainTextEdit;
class QVBoxLayout;

namespace ephor::ui {
class InlineError;
class LoadView;
class Select;
}

namespace ephor::ui::changes {

/// Drafts a change: one agent, what of it moves to its newest version, one permission if wanted, a title. Offers to
/// submit at once; when that fails the draft stands and its page is opened.
class NewChangeDialog : public Dialog {
    Q_OBJECT

public:
    /// `agent` is chosen beforehand where it is not empty; `now` is the clock ages are told by.
    NewChangeDialog(Session& session, const QString& agent, const QDateTime& now, QWidget* parent);

Q_SIGNALS:
    /// Drafted, and perhaps submitted; the dialog has closed.
    void drafted(const QString& id);

private:
    enum class After { draftOnly, submit };
    void fillForm();
    void loadAgents();
    void loadChoices();
    void gather(const AgentBody& body);
    void showChoices();
    void showGrants(const AgentBody& body);
    std::vector<ChangeItem> chosen() const;
    std::optional<GrantRule> grant() const;
    void judge();
    void send(After after);
    void submit();
    void failed(const Error& error);

    Session& m_session;
    QString m_wantedAgent;
    QDateTime m_now;
    std::vector<DefinitionSummary> m_definitions;
    int m_awaited = 0;
    std::vector<ItemChoice> m_choices;
    std::vector<QCheckBox*> m_boxes;
    bool m_isTitleOwn = false; ///< typed by the person: not replaced by a suggestion
    std::string m_draft;
    Latest m_body;
    std::array<Latest, 4> m_lists; ///< one for each kind
    Select* m_agent;
    QVBoxLayout* m_items = nullptr;
    LoadView* m_view = nullptr;
    Select* m_tool;
    Select* m_access;
    TextField* m_title;
    QPlainTextEdit* m_description;
    InlineError* m_error;
    Button* m_save = nullptr;
    Button* m_submit = nullptr;
};

}
