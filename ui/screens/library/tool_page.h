#pragma once

#include "ui/library/form_page.h"

class QCheckBox;
class QPlainTextEdit;
class QStackedWidget;

namespace ephor::ui {
class CodeEditor;
}

namespace ephor::ui::library {

class JsonBox;

/// A tool: what the model reads, what a call does to the world, its schemas, and the HTTP or SQL behind it.
class ToolPage : public FormPage<ToolBody, SaveTool> {
    Q_OBJECT

public:
    ToolPage(ScreenContext& context, QWidget* parent);

protected:
    void write(const ToolBody& body) override;
    std::optional<ToolBody> read(QString& problem) const override;
    Result<ToolBody> bodyOf(const DefinitionVersion& version) const override;
    QString jsonOf(const ToolBody& body) const override;

private:
    QWidget* makeForm();
    QWidget* makeHttp();
    QWidget* makeSql();
    QWidget* makeSchemas();

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
};

/// "name: value" lines as headers; nothing where a line has no colon.
std::optional<std::map<std::string, std::string>> headersFrom(const QString& text);
QString headersText(const std::map<std::string, std::string>& headers);

}
