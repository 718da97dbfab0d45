#pragma once

#include "ui/kit/icons.h"

#include <QAbstractButton>

namespace ephor::ui {

/// A small framed fact, such as "revision 7".
class Chip : public QWidget {
    Q_OBJECT

public:
    explicit Chip(const QString& text, QWidget* parent = nullptr);

    void setText(const QString& text);
    void setGlyph(Icon glyph);
    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    Icon m_glyph = Icon::none;
};

/// A filter in force, "status: failed", removed by its cross, Enter, Delete or Backspace. Without a key a thing that
/// was chosen, "Card number".
class FilterChip : public QAbstractButton {
    Q_OBJECT

public:
    FilterChip(const QString& key, const QString& value, QWidget* parent = nullptr);

    QString key() const { return m_key; }
    QString value() const { return m_value; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void removed(const QString& key, const QString& value);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString m_key;
    QString m_value;
};

/// The dashed tag SIMULATED, kept on screen as long as anything shown is simulated.
class SimulatedTag : public QWidget {
    Q_OBJECT

public:
    explicit SimulatedTag(Token color = Token::textSecondary, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Token m_color;
};

}
