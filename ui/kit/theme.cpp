#include "ui/kit/theme.h"

#include "ui/kit/focus.h"
#include "ui/kit/kit_style.h"
#include "ui/kit/text_style.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QPixmapCache>
#include <QToolTip>
#include <QWidget>
#include <algorithm>
#include <optional>
#include <utility>

namespace ephor::ui {

namespace {

// The desktop answers at once or not at all; a start must not wait for a portal that hangs.
constexpr int portalTimeoutMilliseconds = 150;

/// What the desktop portal says: 1 prefers dark, 2 prefers light, 0 does not care (freedesktop appearance namespace).
std::optional<Scheme> portalScheme()
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return {};
    QDBusMessage call = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.portal.Desktop"),
        QStringLiteral("/org/freedesktop/portal/desktop"), QStringLiteral("org.freedesktop.portal.Settings"),
        QStringLiteral("Read"));
    call << QStringLiteral("org.freedesktop.appearance") << QStringLiteral("color-scheme");
    const QDBusMessage answer = bus.call(call, QDBus::Block, portalTimeoutMilliseconds);
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty())
        return {};
    QVariant value = answer.arguments().constFirst();
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    if (value.toUInt() == 1)
        return Scheme::dark;
    if (value.toUInt() == 2)
        return Scheme::light;
    return {};
}

}

Theme& Theme::instance()
{
    static Theme theme;
    return theme;
}

Theme::Theme() = default;

void Theme::install()
{
    const QColor window = QApplication::palette().color(QPalette::Window);
    m_systemScheme = portalScheme().value_or(window.lightnessF() < 0.5 ? Scheme::dark : Scheme::light);
    loadFonts();
    watchFocus();
    QApplication::setStyle(new KitStyle);
    m_installed = true;
    m_scheme = preferredScheme();
    refresh();
}

void Theme::setAppearance(Appearance appearance)
{
    m_appearance = appearance;
    m_scheme = preferredScheme();
    refresh();
}

void Theme::setMotion(Motion motion)
{
    m_motion = motion;
    Q_EMIT themeChanged();
}

void Theme::setTypeScale(double scale)
{
    const double before = std::exchange(m_typeScale, std::clamp(scale, 0.8, 2.0));
    refresh();
    if (m_installed && m_typeScale != before)
        measureAgain();
}

void Theme::measureAgain()
{
    // Sizes that follow the type are kept by layouts and views, and no font of their own changed.
    for (QWidget* widget : QApplication::allWidgets()) {
        widget->updateGeometry();
        if (auto* view = qobject_cast<QAbstractItemView*>(widget))
            view->doItemsLayout();
    }
}

Scheme Theme::preferredScheme() const
{
    switch (m_appearance) {
    case Appearance::light:
        return Scheme::light;
    case Appearance::dark:
        return Scheme::dark;
    case Appearance::highContrast:
        return Scheme::highContrast;
    case Appearance::system:
        break;
    }
    return m_systemScheme;
}

void Theme::refresh()
{
    if (m_installed) {
        if (const QFont font = textFont(TextStyle::body); font != QApplication::font())
            QApplication::setFont(font);
        QApplication::setPalette(schemePalette());
        QToolTip::setPalette(schemePalette());
        QToolTip::setFont(textFont(TextStyle::small));
    }
    Q_EMIT themeChanged();
}

QColor token(Token token)
{
    return Theme::instance().color(token);
}

}
