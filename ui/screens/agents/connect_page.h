#pragma once

#include "core/api/definitions.h"
#include "core/api/insight.h"
#include "core/api/people.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

namespace ephor::ui {
class Button;
class Card;
class CodeView;
class FactGrid;
class FormRow;
class InlineError;
class Label;
class LoadView;
class Select;
class StatusBadge;
class TextField;
}

namespace ephor::ui::agents {

/// "It already exists": a key, two lines to paste, then the first request as it arrives.
class ConnectPage : public QWidget {
    Q_OBJECT

public:
    ConnectPage(ScreenContext& context, QWidget* parent);

    /// `agent` may be empty: then one is chosen here.
    void open(const QString& agent);
    void refresh(const TopicSet& topics);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void routeChanged(const ephor::ui::Route& route);

private:
    QWidget* makeAgent();
    QWidget* makeKey();
    QWidget* makeLines();
    QWidget* makeSeen();
    void loadAgents();
    void loadKeys();
    void chooseAgent();
    void loadPrompt();
    void createKey();
    void showLines();
    void loadSeen();
    void showSeen(const FirstRequest::Response& seen);
    QString agent() const;

    ScreenContext& m_context;
    Select* m_agent;
    Label* m_agentNote;
    Select* m_key;
    TextField* m_keyName;
    TextField* m_keyDays;
    Button* m_create;
    InlineError* m_keyError;
    QWidget* m_token;
    CodeView* m_tokenText;
    TextField* m_address;
    CodeView* m_client;
    CodeView* m_promptText;
    Card* m_seenCard;
    StatusBadge* m_seenBadge;
    LoadView* m_seenView;
    Label* m_carried;
    FactGrid* m_facts;
    Latest m_askAgents;
    Latest m_askKeys;
    Latest m_askSeen;
    Latest m_askPrompt;
    std::vector<DefinitionSummary> m_agents;
    std::vector<ServiceKey> m_keys;
    QString m_wanted;
    QString m_secret; ///< the token just made; forgotten with the page
    QString m_prompt;
    QString m_run;
};

}
