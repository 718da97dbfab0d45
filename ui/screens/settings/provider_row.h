#pragma once

#include "core/api/definitions.h"
#include "ui/kit/card.h"

namespace ephor::ui {
class Button;
class Label;
class LinkLabel;
class Session;
class StatusText;
}

namespace ephor::ui::settings {

/// "OpenAI-compatible · https://api.example.com/v1 · gpt-5 · secret:openai".
QString providerWords(const ModelBody& body);
/// "Answered in 842 ms · 12 tokens · $ 0.0004": what a test told.
QString testWords(const TestModel::Response& response);

/// A model on the page of providers.
class ProviderRow : public Section {
    Q_OBJECT

public:
    ProviderRow(const DefinitionSummary& model, const Session& session, QWidget* parent);

    const std::string& name() const { return m_name; }
    bool fits(const QString& typed) const;
    void setBody(const ModelBody& body);
    void setBodyError(const Error& error);
    void setTesting();
    void setTested(const TestModel::Response& response);
    void setTestError(const Error& error);

Q_SIGNALS:
    void testRequested();
    void opened();

private:
    std::string m_name;
    QString m_all;
    Label* m_where;
    StatusText* m_result;
    Label* m_detail;
    Button* m_test;
};

}
