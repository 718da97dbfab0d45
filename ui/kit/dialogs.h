#pragma once

#include "ui/kit/button.h"

#include <QDialog>
#include <optional>

class QVBoxLayout;

class QButtonGroup;
class QGridLayout;
class QHBoxLayout;
class QPlainTextEdit;

namespace ephor::ui {

class TextField;
class Label;

/// Shared frame of the dialogs: title, text, a body, a row of buttons.
class Dialog : public QDialog {
    Q_OBJECT

public:
    Dialog(const QString& title, const QString& text, QWidget* parent);

    /// Between text and buttons: previews, fields, differences.
    QVBoxLayout* body() const { return m_body; }
    /// Adds to the row of buttons, left to right.
    Button* addButton(const QString& text, Button::Role role);

protected:
    /// Grows when what it shows needs more height, an error that came late for one: wrapped words are not in the
    /// minimum of a window.
    bool event(QEvent* event) override;

private:
    QVBoxLayout* m_body;
    QHBoxLayout* m_buttons;
};

/// A question before an act. Says what happens, what cannot be taken back, and names the act on its button.
class ConfirmDialog : public Dialog {
    Q_OBJECT

public:
    /// What the act is.
    struct Question {
        QString title;
        QString text;
        QString irreversible = {}; ///< the part that stays, told by itself
        QString action; ///< the verb on the button
        Button::Role role = Button::Role::primary;
        QString typedPhrase = {}; ///< must be typed before the button works; for destructive acts
    };

    ConfirmDialog(const Question& question, QWidget* parent);

private:
    Button* m_act = nullptr;
};

/// A decision that needs a reason. Both outcomes are equally reachable and neither has the focus; without a reason
/// neither works.
class ReasonDialog : public Dialog {
    Q_OBJECT

public:
    struct Question {
        QString title;
        QString text;
        QStringList reasons = {}; ///< usual reasons to pick from
        QString accept; ///< verb of the first outcome
        QString refuse = {}; ///< verb of the second; empty where there is only one outcome, then Cancel stands there
    };
    enum class Outcome { accepted, refused };

    ReasonDialog(const Question& question, QWidget* parent);

    /// The picked reason and the words typed, joined; never blank once an outcome was chosen.
    QString reason() const;
    /// Nothing when the dialog was closed without a decision.
    std::optional<Outcome> outcome() const { return m_outcome; }

private:
    void refresh();

    class ReasonPicker* m_picker;
    Button* m_accept = nullptr;
    Button* m_refuse = nullptr;
    std::optional<Outcome> m_outcome;
};

/// The reasons, in as many columns as there is room for, and the field for other words; also used on the inbox page
/// without a dialog.
class ReasonPicker : public QWidget {
    Q_OBJECT

public:
    explicit ReasonPicker(const QStringList& reasons, QWidget* parent = nullptr);

    QString reason() const;
    bool isComplete() const { return !reason().isEmpty(); }
    void clear();

Q_SIGNALS:
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    int widthIn(int columns) const;
    void arrange(int room);

    QButtonGroup* m_group;
    QGridLayout* m_choices = nullptr;
    int m_columns = 0;
    QPlainTextEdit* m_words;
    QStringList m_reasons;
};

}
