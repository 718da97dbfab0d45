#pragma once

#include "ui/kit/state.h"

#include <QWidget>

namespace ephor::ui {

/// What went wrong, in the place where it did: cause, mend, id, try again, copy.
struct ErrorText {
    QString cause;
    QString hint = {};
    QString id = {};
};

/// An error inside a card or a screen.
class InlineError : public QWidget {
    Q_OBJECT

public:
    explicit InlineError(const ErrorText& error, QWidget* parent = nullptr);

    void setError(const ErrorText& error);

Q_SIGNALS:
    void retryRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ErrorText m_error;
    class Label* m_cause;
    class Label* m_hint;
    class Label* m_id;
};

/// A coloured line across a card or a screen: a fact, an optional action. One line high.
class Banner : public QWidget {
    Q_OBJECT

public:
    explicit Banner(State state, const QString& strong, const QString& text = {}, QWidget* parent = nullptr);

    void setText(State state, const QString& strong, const QString& text = {});
    /// A word at the right that acts.
    void setAction(const QString& label);

Q_SIGNALS:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    State m_state;
    class Label* m_strong;
    class Label* m_text;
    class LinkLabel* m_action;
};

}
