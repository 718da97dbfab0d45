#pragma once

#include "core/domain/definition.h"

#include <QWidget>
#include <optional>
#include <vector>

class QCheckBox;
class QPlainTextEdit;
class QVBoxLayout;

namespace ephor::ui {
class CodeEditor;
class FormRow;
class Segmented;
class Select;
class TextField;
}

namespace ephor::ui::agents {

/// Everything an agent's definition says, to be edited. Holds no rule but the form of what is typed: the backend
/// judges.
class AgentForm : public QWidget {
    Q_OBJECT

public:
    explicit AgentForm(QWidget* parent = nullptr);

    /// What can be chosen; choices that are gone stay shown as long as the body names them.
    void setPrompts(const std::vector<DefinitionSummary>& prompts);
    void setModels(const std::vector<DefinitionSummary>& models);
    void setTools(const std::vector<DefinitionSummary>& tools);

    void setBody(const AgentBody& body);
    /// What is typed; nothing where a field cannot be read, which is then marked.
    std::optional<AgentBody> body();
    /// Whether what is typed differs from the body set last.
    bool isEdited();
    QString chosenPrompt() const;
    QString chosenModel() const;
    /// Title and prompt are asked for elsewhere, as when an agent is built.
    enum class Prompt { chosenHere, writtenElsewhere };
    void setPromptPlace(Prompt place);
    void hideTitle();

Q_SIGNALS:
    void edited();

private:
    QWidget* makeWhat();
    QWidget* makeTools();
    QWidget* makeBudget();
    QWidget* makeDecision();
    QWidget* makeContracts();
    TextField* number(const QString& label, const QString& hint, QVBoxLayout* into);
    std::optional<std::uint64_t> readNumber(TextField* field);
    bool readContracts(AgentBody& body);
    void showTools(const std::vector<std::string>& ticked);
    void fillSelect(Select* select, const std::vector<DefinitionSummary>& choices, const std::string& chosen);
    void tell();

    AgentBody m_body;
    std::vector<DefinitionSummary> m_tools;
    TextField* m_title;
    FormRow* m_titleRow;
    FormRow* m_promptRow;
    QPlainTextEdit* m_description;
    Select* m_prompt;
    Select* m_model;
    TextField* m_temperature;
    QVBoxLayout* m_toolRows;
    std::vector<QCheckBox*> m_toolBoxes;
    TextField* m_steps;
    TextField* m_toolCalls;
    TextField* m_tokens;
    TextField* m_money;
    TextField* m_seconds;
    TextField* m_subject;
    Select* m_outcomeTool;
    TextField* m_doneWord;
    TextField* m_deniedWord;
    TextField* m_amount;
    Select* m_risk;
    Segmented* m_whichContract;
    CodeEditor* m_input;
    CodeEditor* m_output;
    bool m_isFilling = false;
};

}
