#pragma once

#include "ui/screens/library/definition_page.h"
#include "ui/screens/library/form_draft.h"

class QCheckBox;
class QPlainTextEdit;
class QStackedWidget;

namespace ephor::ui {
class CodeEditor;
}

namespace ephor::ui::library {

class JsonBox;

/// A tool: what the model reads, what a call does to the world, its schemas, and the HTTP or SQL behind it.
class ToolPage : public DefinitionPage {
    Q_OBJECT

public:
    ToolPage(ScreenContext& context, QWidget* parent);

    QStringList unsaved() const override { return m_drafts.keys(); }

protected:
    Result<void> showBody(const DefinitionVersion& version) override;
    void showBlank() override;
    bool isEdited() const override;
    void discard() override;
    bool send(const Saving& saving) override;
    QString typedText() const override;
    QString textOf(const DefinitionVersion& version) const override;
    QString whyNotSave() const override;

private:
    QWidget* makeForm();
    QWidget* makeHttp();
    QWidget* makeSql();
    QWidget* makeSchemas();
    void fill(const ToolBody& body);
    /// What is typed; nothing where a part cannot be read, `problem` then says why.
    std::optional<ToolBody> read(QString& problem) const;
    void typed();
    bool restoreDraft();
    QString key() const { return isNew() ? QString() : name(); }

    TextField* m_title;
    QPlainTextEdit* m_description;
    Select* m_effect;
    Segmented* m_kind;
    QStackedWidget* m_kindStack;
    QCheckBox* m_idempotent;
    TextField* m_timeout;
    TextField* m_largest;
    Select* m_method;
    TextField* m_url;
    QPlainTextEdit* m_headers;
    QCheckBox* m_loopback;
    TextField* m_database;
    CodeEditor* m_statement;
    TextField* m_rows;
    JsonBox* m_input;
    JsonBox* m_output;
    ToolBody m_body;
    QString m_problem;
    FormDrafts m_drafts;
    bool m_isFilling = false;
};

/// "name: value" lines as headers; nothing where a line has no colon.
std::optional<std::map<std::string, std::string>> headersFrom(const QString& text);
QString headersText(const std::map<std::string, std::string>& headers);

}
