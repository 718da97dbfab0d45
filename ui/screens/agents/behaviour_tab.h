#pragma once

#include "core/api/definitions.h"
#include "ui/screens/agents/agent_tab.h"

class QStackedWidget;

namespace ephor::ui {
class Banner;
class Button;
class Card;
class CodeView;
class DiffView;
class InlineError;
class ItemList;
class KeyValueList;
class LoadView;
class Segmented;
class TextField;
}

namespace ephor::ui::agents {

class AgentForm;

/// Prompt, model, budget, contracts and decision rule; every version with its difference; a form that saves a new one.
class BehaviourTab : public AgentTab {
    Q_OBJECT

public:
    BehaviourTab(ScreenContext& context, QWidget* parent);

    void refresh(const TopicSet& topics) override;
    void showDefinition(const DefinitionVersion& version, const AgentBody& body) override;
    bool hasUnsavedWork() const override;
    void edit();

protected:
    void begin() override;
    void load() override;

private:
    QWidget* makeReading();
    QWidget* makeSide();
    QWidget* makeEditing();
    void loadPrompt();
    void loadVersions();
    void showVersions();
    void compare(std::uint64_t version);
    void loadChoices();
    void save();
    void savedOrNot(const Result<SaveAgent::Response>& answer);
    void leaveForm();
    void propose();

    QStackedWidget* m_pages;
    Card* m_card;
    Segmented* m_which;
    QStackedWidget* m_texts;
    CodeView* m_prompt;
    LoadView* m_promptView;
    CodeView* m_input;
    CodeView* m_output;
    DiffView* m_diff;
    LoadView* m_diffView;
    KeyValueList* m_facts;
    ItemList* m_versions;
    LoadView* m_versionsView;
    Button* m_edit;
    Button* m_propose;
    AgentForm* m_form;
    TextField* m_message;
    Button* m_save;
    Banner* m_conflict;
    InlineError* m_error;
    Latest m_askPrompt;
    Latest m_askVersions;
    Latest m_askDiff;
    DefinitionVersion m_definition;
    AgentBody m_body;
    std::vector<VersionInfo> m_known;
    std::uint64_t m_expected = 0;
    bool m_hasDefinition = false;
};

}
