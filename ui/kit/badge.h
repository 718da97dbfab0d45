#pragma once

#include "ui/kit/state.h"
#include "ui/kit/text_style.h"

#include <QWidget>

class QPainter;

namespace ephor::ui {

/// A filled state mark: glyph and word. An empty text takes the state's own word.
class StatusBadge : public QWidget {
    Q_OBJECT

public:
    explicit StatusBadge(State state, const QString& text = {}, QWidget* parent = nullptr);

    void setState(State state, const QString& text = {});
    /// 24 px and 13 px type, for the head of a detail.
    void setLarge();
    State state() const { return m_state; }
    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    State m_state;
    QString m_text;
    int m_height = 20;
};

/// The quiet form used in rows: glyph and word without a fill.
class StatusText : public QWidget {
    Q_OBJECT

public:
    explicit StatusText(
        State state, const QString& text = {}, TextStyle style = TextStyle::body, QWidget* parent = nullptr);

    void setState(State state, const QString& text = {});

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    State m_state;
    QString m_text;
    TextStyle m_style;
};

/// Only the glyph of a state, at 12, 16 or 20 px; the word is its accessible name and tooltip.
class SeverityGlyph : public QWidget {
    Q_OBJECT

public:
    explicit SeverityGlyph(State state, int size = metrics::icon, QWidget* parent = nullptr);

    void setState(State state);

    QSize sizeHint() const override { return {m_size, m_size}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    State m_state;
    int m_size;
};

/// For delegates: paints a badge at the left of `rect`, vertically centred, and returns its width.
qreal paintBadge(QPainter& painter, const QRectF& rect, State state, const QString& text);
/// For delegates: glyph and word without a fill; returns the width used.
qreal paintStatus(
    QPainter& painter, const QRectF& rect, State state, const QString& text, TextStyle style = TextStyle::body);
/// Width a badge takes.
int badgeWidth(State state, const QString& text);

}
