#pragma once

#include "ui/kit/text_style.h"
#include "ui/kit/tokens.h"

#include <QLabel>

namespace ephor::ui {

/// Text in a style and a token colour that follows the theme. Painted here, with the line height of the style; to let
/// people copy a value, offer the act (see KeyValueList).
class Label : public QLabel {
    Q_OBJECT

public:
    /// What happens to a text wider than its place.
    enum class Overflow { keep, wrap, elide };

    explicit Label(const QString& text = {}, TextStyle style = TextStyle::body, Token color = Token::textPrimary,
        QWidget* parent = nullptr);

    void setTextStyle(TextStyle style);
    void setColor(Token color);
    void setOverflow(Overflow overflow);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return m_overflow == Overflow::wrap; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();

    TextStyle m_style;
    Token m_color;
    Overflow m_overflow = Overflow::keep;
};

}
