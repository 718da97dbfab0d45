#pragma once

#include "core/api/definitions.h"
#include "core/api/people.h"
#include "ui/bridge/request.h"

#include <QWidget>
#include <optional>
#include <vector>

class QCheckBox;

namespace ephor::ui {
class Label;
class Select;
class TextField;
}

namespace ephor::ui::policies {

class ArgumentsForm;

/// A call that nobody makes: who, what, for whom, with which arguments, when.
struct CallQuestion {
    QString agent;
    QString tool;
    Document input;
    QString person; ///< principal id; empty: somebody
    std::vector<std::string> roles;
    QString claimed; ///< as the caller would name the person
    std::optional<Instant> at;
    bool operator==(const CallQuestion&) const = default;
};

/// Its form. Agents, their tools and the tools' schemas are asked for; what was set before they come is kept.
class CallForm : public QWidget {
    Q_OBJECT

public:
    /// Whether it asks for the person whom the caller names too.
    enum class Claim { asked, left };

    CallForm(Session& session, Claim claim, QWidget* parent);

    void setQuestion(const CallQuestion& question);
    /// Nothing where something is missing or cannot be read; `problem` says what.
    std::optional<CallQuestion> question(QString& problem) const;
    /// Of the chosen agent; empty until the agents came.
    QString agentTitle() const;

Q_SIGNALS:
    void edited();

private:
    void loadAgents();
    void loadPeople();
    void loadTools();
    void loadSchema();
    QWidget* makeRoles();

    Session& m_session;
    CallQuestion m_wanted; ///< what the lists choose once they come
    Latest m_askAgents;
    Latest m_askTools;
    Latest m_askSchema;
    Select* m_agent;
    Select* m_tool;
    Select* m_person;
    std::vector<QCheckBox*> m_roles;
    TextField* m_claimed;
    TextField* m_at;
    ArgumentsForm* m_arguments;
    Label* m_trouble;
};

}
