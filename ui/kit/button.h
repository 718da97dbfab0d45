#pragma once

#include "ui/kit/icons.h"
#include "ui/kit/text_style.h"

#include <QAbstractButton>
#include <QPushButton>

namespace ephor::ui {

/// A button. One primary a screen; danger only for what destroys or blocks. While it is disabled its tooltip says why,
/// and is its accessible description.
class Button : public QPushButton {
    Q_OBJECT

public:
    enum class Role {
        primary,
        secondary,
        quiet, ///< no edge until hovered
        danger, ///< red edge
        dangerSolid ///< red fill: the last step of something that cannot be undone
    };
    enum class Size {
        compact, ///< 24 px
        standard, ///< 28 px
        large ///< 32 px
    };

    explicit Button(const QString& text, Role role = Role::secondary, QWidget* parent = nullptr);

    void setRole(Role role);
    void setSize(Size size);
    void setGlyph(Icon glyph);
    /// Tints the glyph with a token of its own; the word keeps the role's colour.
    void setGlyphToken(Token token);
    /// A keycap after the word. Shows the keys; the caller makes the shortcut.
    void setKeyHint(const QString& keys);
    /// A coloured dot before the word, as on "Live".
    void setDot(Token token);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void tellWhyNot();
    int contentWidth() const;
    bool hasChevron() const;
    Role m_role;
    Size m_size = Size::standard;
    Icon m_glyph = Icon::none;
    Token m_glyphToken = Token::count;
    Token m_dot = Token::count;
    QString m_keys;
    QString m_whyNot; ///< the tooltip that became the description while disabled
};

/// A square button with an icon only; the name is its tooltip and its accessible name.
class IconButton : public QAbstractButton {
    Q_OBJECT

public:
    IconButton(Icon glyph, const QString& name, QWidget* parent = nullptr);

    void setGlyph(Icon glyph);
    void setSize(Button::Size size);
    /// A count on the corner, as on the bell; none when it is zero.
    void setCount(int count);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Icon m_glyph;
    Button::Size m_size = Button::Size::standard;
    int m_count = 0;
};

/// A word that leads somewhere. Reached by Tab, followed by Enter or Space.
class LinkLabel : public QAbstractButton {
    Q_OBJECT

public:
    explicit LinkLabel(const QString& text, QWidget* parent = nullptr);

    void setTextStyle(TextStyle style);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    TextStyle m_style = TextStyle::small;
};

}
