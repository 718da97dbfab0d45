#pragma once

#include "core/api/definitions.h"
#include "core/api/runs.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/kit/card.h"

class QPlainTextEdit;
class QStackedWidget;
class QVBoxLayout;

namespace ephor::ui {
class Banner;
class Button;
class InlineError;
class Label;
class Segmented;
class Select;
class SimulatedTag;
class TextField;
}

namespace ephor::ui::library {

/// Runs the text as it stands once: on the input of a recorded run, or on a typed message. The price is told before
/// anything is called; a tool that writes is never called. Variables without a default are asked for. A result older
/// than the text says so.
class TryPanel : public Card {
    Q_OBJECT

public:
    TryPanel(ScreenContext& context, QWidget* parent);

    void setAgents(const std::vector<Use>& agents);
    /// The body to try.
    void setBody(const PromptBody& body);
    /// What is typed now; marks the result as stale when it has moved on.
    void setText(const QString& text);
    /// Another prompt: forgets result and price.
    void clear();
    /// As the button: asks the price, then tries.
    void press();
    void focusInput();

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    QWidget* makeInput();
    QWidget* makeResult();
    void loadRuns();
    void askValues(const QStringList& names);
    Document typedValues() const;
    QStringList unfilled() const;
    void priceIsOld();
    void ask();
    void showPrice(const TryPrompt::Response& price);
    void showResult(const TryPrompt::Response& result);
    void judge();
    void markStale();
    std::optional<TryPrompt::Request> request() const;

    ScreenContext& m_context;
    Select* m_agent;
    Segmented* m_which;
    QStackedWidget* m_input;
    Select* m_run;
    TextField* m_runId;
    QPlainTextEdit* m_message;
    QVBoxLayout* m_valueRows;
    std::vector<std::pair<QString, TextField*>> m_values; ///< of the variables that have none otherwise
    Label* m_price;
    Button* m_button;
    InlineError* m_error;
    QWidget* m_result;
    Banner* m_stale;
    Label* m_answer;
    QVBoxLayout* m_calls;
    Label* m_figures;
    SimulatedTag* m_simulated;
    PromptBody m_body;
    QString m_text;
    QString m_triedText;
    QDateTime m_triedAt;
    bool m_hasPrice = false;
    bool m_isAsking = false;
    bool m_hasResult = false;
    Latest m_askRuns;
    Latest m_askTry;
};

}
