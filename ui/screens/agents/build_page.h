#pragma once

#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/people.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

namespace ephor::ui {
class Banner;
class Button;
class Card;
class CodeEditor;
class InlineError;
class Label;
class Segmented;
class Select;
class TextField;
}

namespace ephor::ui::agents {

class AgentForm;

/// The rules a new agent starts with: reading is allowed, everything else asks an officer first.
std::vector<GrantRule> startingGrants(
    const std::string& agent, const std::vector<std::string>& tools, const std::vector<DefinitionSummary>& known);

/// "Build one here": name, team, prompt, model, tools, budget; saves the prompt and the agent and drafts the change
/// that would release them. Three steps of the backend; trying again goes on after the last that was done.
class BuildPage : public QWidget {
    Q_OBJECT

public:
    BuildPage(ScreenContext& context, QWidget* parent);

    void open();
    bool hasUnsavedWork() const;

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    QWidget* makeIdentity();
    void loadChoices();
    void judge();
    void create();
    void savePrompt();
    void saveAgent();
    void draftChange();
    void failed(const Error& error);

    ScreenContext& m_context;
    TextField* m_title;
    TextField* m_name;
    Select* m_team;
    Segmented* m_whichPrompt;
    CodeEditor* m_prompt;
    Card* m_promptCard;
    AgentForm* m_form;
    Label* m_note;
    InlineError* m_error;
    Button* m_create;
    std::vector<DefinitionSummary> m_tools;
    AgentBody m_body;
    bool m_isNameTyped = false;
    enum class Done { nothing, prompt, agent } m_done = Done::nothing;
};

}
