#pragma once

#include "ui/kit/icons.h"

#include <QLineEdit>

class QAbstractButton;
class QTimer;

namespace ephor::ui {

class Label;

/// One line of text. An error colours the edge and is told by `setError`.
class TextField : public QLineEdit {
    Q_OBJECT

public:
    explicit TextField(const QString& accessibleName, QWidget* parent = nullptr);

    /// Marks the field as wrong and says why (tooltip and accessible description); empty clears it.
    void setError(const QString& message);
    QString error() const { return m_error; }
    void setMonospace();

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_error;
};

/// A field with a looking glass, a keycap while empty, and a cross while not. Escape clears, then leaves.
class SearchField : public TextField {
    Q_OBJECT

public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

    /// Shown at the right while the field is empty, for example "/" or "Ctrl K".
    void setKeyHint(const QString& keys);
    /// How long typing must pause before `searchChanged`; 0 tells every key.
    void setDelay(int milliseconds);

Q_SIGNALS:
    /// The text after the pause.
    void searchChanged(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QString m_keys;
    QTimer* m_pause = nullptr;
    QAbstractButton* m_clear = nullptr;
};

/// A labelled control: label above, control, then a hint or an error below. The label is the control's buddy.
class FormRow : public QWidget {
    Q_OBJECT

public:
    FormRow(const QString& label, QWidget* control, const QString& hint = {}, QWidget* parent = nullptr);

    void setError(const QString& message);
    QWidget* control() const { return m_control; }

private:
    QWidget* m_control;
    Label* m_hint;
    QString m_hintText;
};

}
