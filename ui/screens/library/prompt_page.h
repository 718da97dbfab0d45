#pragma once

#include "ui/library/definition_page.h"

#include <QHash>
#include <QTimer>
#include <optional>

namespace ephor::ui {
class CodeEditor;
}

namespace ephor::ui::library {

class PartialsBox;
class TryPanel;
class VariablesCard;

/// A prompt: its difference first, an editor with variables checked while typing, a try beside it. Text that is not
/// saved is kept for each prompt until it is saved or discarded.
class PromptPage : public DefinitionPage {
    Q_OBJECT

public:
    PromptPage(ScreenContext& context, QWidget* parent);

    QStringList unsaved() const override { return m_drafts.keys(); }
    void tryIt();
    void focusTry();

protected:
    Result<void> showBody(const DefinitionVersion& version) override;
    void showBlank() override;
    bool isEdited() const override;
    void discard() override;
    bool send(const Saving& saving) override;
    QString typedText() const override;
    QString textOf(const DefinitionVersion& version) const override;
    void usesKnown(const std::vector<Use>& uses) override;
    QString whyNotSave() const override;

private:
    /// Text that was left behind unsaved.
    struct Draft {
        QString title;
        QString text;
        QString variables;
        std::map<std::string, std::string> partials;
        Base base;
    };
    /// The typed parts, to be compared and kept.
    Draft typedDraft() const;
    /// The parts of the version shown.
    Draft savedDraft() const;
    static bool isSame(const Draft& one, const Draft& other);
    QWidget* makeEditor();
    QWidget* makeBelow();
    void fill(const Draft& draft);
    void typed();
    void check();
    void showChecked(const CheckPrompt::Response& checked);
    void showProblems();
    void mendFirst();
    void showStatus();
    /// Where the cursor stood when its text was sent, to stand there again in the version made of it.
    struct Place {
        QString name;
        int position = 0;
        int scrolled = 0;
    };
    void returnTo(const Place& place);
    std::optional<PromptBody> typedBody() const;
    QString key() const { return isNew() ? QString() : name(); }

    TextField* m_title;
    CodeEditor* m_editor;
    CodeEditor* m_variables;
    PartialsBox* m_partials;
    VariablesCard* m_variablesCard;
    TryPanel* m_try;
    class Banner* m_problem = nullptr;
    class ItemList* m_problemList = nullptr;
    PromptBody m_body;
    QHash<QString, Draft> m_drafts;
    Draft m_typed; ///< as typed() heard of last: colouring tells of changes too
    QTimer m_pause;
    Latest m_askCheck;
    std::vector<Problem> m_problems;
    QString m_schemaProblem;
    QString m_mend; ///< the name that would mend the first problem
    int m_column = 1;
    bool m_isFilling = false;
    std::optional<Place> m_place;
};

}
