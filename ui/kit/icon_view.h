#pragma once

#include "ui/kit/icons.h"

#include <QWidget>

namespace ephor::ui {

/// A still icon. Decoration unless given an accessible name.
class IconView : public QWidget {
    Q_OBJECT

public:
    explicit IconView(
        Icon glyph, Token tint = Token::textSecondary, int size = metrics::icon, QWidget* parent = nullptr);

    void setGlyph(Icon glyph, Token tint);

    QSize sizeHint() const override { return {m_size, m_size}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Icon m_glyph;
    Token m_tint;
    int m_size;
};

}
