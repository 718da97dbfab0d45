#pragma once

#include "core/api/definitions.h"
#include "ui/bridge/request.h"
#include "ui/kit/dialogs.h"
#include "ui/screens/policies/session_rule.h"

namespace ephor::ui {
class CodeView;
class FormRow;
class Segmented;
class Select;
}

namespace ephor::ui::policies {

/// Writes a rule over a session by a form: at most so much within a window, only after, never after.
class SessionRuleDialog : public Dialog {
    Q_OBJECT

public:
    /// `begun` is the rule to rewrite; without one a new rule is written.
    SessionRuleDialog(Session& session, std::optional<SessionRule> begun, QWidget* parent);

    SessionRule rule() const;

Q_SIGNALS:
    void chosen(const QString& text);

private:
    void makeFields();
    void loadTools();
    void loadArguments();
    void begin();
    void show();

    Session& m_session;
    std::optional<SessionRule> m_begun; ///< what the lists choose once they come
    Latest m_askSchema;
    std::map<QString, SessionRule::Number> m_numbers; ///< numeric arguments of the tool
    Segmented* m_kind;
    Select* m_agent;
    Select* m_tool;
    TextField* m_most;
    Select* m_argument;
    Select* m_before;
    Select* m_same;
    TextField* m_window;
    Select* m_unit;
    FormRow* m_mostRow = nullptr;
    FormRow* m_argumentRow = nullptr;
    FormRow* m_beforeRow = nullptr;
    FormRow* m_sameRow = nullptr;
    Label* m_sentence;
    CodeView* m_text;
    Button* m_act = nullptr;
};

}
