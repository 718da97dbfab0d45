#include "ui/kit/icons.h"

#include "ui/kit/theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <array>
#include <cmath>

// The macro declares a function and so must stand outside any namespace.
static void initializeKitIcons()
{
    Q_INIT_RESOURCE(kit_icons);
}

namespace ephor::ui {

namespace {

const char* iconFile(Icon name)
{
    static constexpr std::array files{"", "brand", "home", "inbox", "agents", "library", "policies", "changes",
        "activity", "quality", "assurance", "settings", "stop", "bell", "search", "clock", "chevron-down",
        "chevron-right", "chevron-left", "chevron-up", "arrow-up", "arrow-down", "copy", "export-down", "save",
        "columns", "table", "plus", "minus", "play", "pause", "roll-back", "promote", "state-ok", "state-running",
        "state-waiting", "state-warning", "state-failed", "state-denied", "state-paused", "state-draft",
        "state-unknown", "state-none", "check", "cross", "lock", "key", "eye", "pencil", "external", "tool", "model",
        "prompt", "agent", "person", "team", "shield", "seal", "gate", "diff", "file", "filter", "link", "info", "help",
        "trash", "refresh", "sun", "moon", "more", "bolt", "wrap"};
    static_assert(files.size() == static_cast<std::size_t>(Icon::count), "one file for each icon, in order");
    return files[static_cast<std::size_t>(name)];
}

QPixmap tintedIcon(Icon name, const QColor& color, int pixels)
{
    const QString key = QStringLiteral("ephor-icon-%1-%2-%3").arg(static_cast<int>(name)).arg(color.rgba()).arg(pixels);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(iconPath(name));
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

/// Tints at paint time, so that one QIcon lives through changes of theme and screen.
class TintedIconEngine : public QIconEngine {
public:
    TintedIconEngine(Icon name, Token tint)
        : m_name(name)
        , m_tint(tint)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(*painter, QRectF(rect), m_name, colorOf(mode));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return tintedIcon(m_name, colorOf(mode), std::min(size.width(), size.height()));
    }

    QIconEngine* clone() const override { return new TintedIconEngine(m_name, m_tint); }

private:
    QColor colorOf(QIcon::Mode mode) const { return token(mode == QIcon::Disabled ? Token::textDisabled : m_tint); }

    Icon m_name;
    Token m_tint;
};

}

QIcon icon(Icon name, Token tint)
{
    return name == Icon::none ? QIcon() : QIcon(new TintedIconEngine(name, tint));
}

void paintIcon(QPainter& painter, const QRectF& rect, Icon name, const QColor& color)
{
    if (name == Icon::none || rect.isEmpty())
        return;
    const qreal ratio = painter.device()->devicePixelRatioF();
    const qreal side = std::min(rect.width(), rect.height());
    QPixmap pixmap = tintedIcon(name, color, static_cast<int>(std::ceil(side * ratio)));
    pixmap.setDevicePixelRatio(ratio);
    const QPointF corner = rect.center() - QPointF(side / 2, side / 2);
    painter.drawPixmap(QPointF(std::round(corner.x() * ratio) / ratio, std::round(corner.y() * ratio) / ratio), pixmap);
}

QString iconPath(Icon name)
{
    static const bool registered = [] {
        initializeKitIcons();
        return true;
    }();
    Q_UNUSED(registered)
    if (name == Icon::none || name >= Icon::count)
        return {};
    return QStringLiteral(":/kit/icons/%1.svg").arg(QLatin1String(iconFile(name)));
}

}
