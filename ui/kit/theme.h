#pragma once

#include "ui/kit/tokens.h"

#include <QObject>

namespace ephor::ui {

/// The scheme in force and everything derived from it. UI thread only.
/// Widgets paint with `token(...)` and need no connection: a change of scheme repaints all of them.
class Theme : public QObject {
    Q_OBJECT

public:
    /// What the person chose; `system` follows the desktop.
    enum class Appearance { system, light, dark, highContrast };
    /// Whether things may move. `reduced` stops every animation.
    enum class Motion { full, reduced };

    static Theme& instance();

    /// Loads the fonts, sets style and palette of the application, and reads what the desktop prefers.
    void install();

    void setAppearance(Appearance appearance);
    Appearance appearance() const { return m_appearance; }
    Scheme scheme() const { return m_scheme; }

    void setMotion(Motion motion);
    Motion motion() const { return m_motion; }

    /// 1.0 is the design size; presenter mode uses a larger one. Kept within 0.8 to 2.0.
    void setTypeScale(double scale);
    double typeScale() const { return m_typeScale; }

    QColor color(Token token) const { return tokenColor(m_scheme, token); }

Q_SIGNALS:
    /// The only signal of a change of scheme, motion or type scale.
    void themeChanged();

private:
    Theme();
    void refresh();
    void measureAgain();
    Scheme preferredScheme() const;

    Appearance m_appearance = Appearance::system;
    Scheme m_scheme = Scheme::light;
    Scheme m_systemScheme = Scheme::light;
    Motion m_motion = Motion::full;
    double m_typeScale = 1.0;
    bool m_installed = false;
};

/// Short for Theme::instance().color(token).
QColor token(Token token);

}
