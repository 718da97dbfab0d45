#include "tests/ui/support/snapshots.h"

#include "ui/kit/theme.h"

#include <QCoreApplication>
#include <QDir>
#include <QPixmap>
#include <QWidget>
#include <array>
#include <utility>

namespace ephor::ui::test {

namespace {

/// The room a screen has in a window of 1280×800 and of 1920×1080.
constexpr std::array<QSize, 2> contentSizes{QSize(1110, 740), QSize(1750, 990)};

}

bool writeSnapshots(QWidget* widget, const QString& name, const std::function<void()>& settled)
{
    const QString folder = qEnvironmentVariable("EPHOR_SNAPSHOTS");
    if (folder.isEmpty())
        return true;
    QDir().mkpath(folder);
    bool written = true;
    for (const auto& [appearance, word] :
        {std::pair(Theme::Appearance::light, "light"), std::pair(Theme::Appearance::dark, "dark")}) {
        Theme::instance().setAppearance(appearance);
        for (const QSize size : contentSizes) {
            widget->resize(size);
            widget->show();
            // Layouts, fitted rows and elided words settle over a few turns.
            for (int turn = 0; turn < 4; ++turn)
                QCoreApplication::processEvents();
            if (settled)
                settled();
            const QString file
                = QStringLiteral("%1/%2-%3-%4.png").arg(folder, name).arg(size.width()).arg(QLatin1String(word));
            written = widget->grab().save(file) && written;
        }
    }
    Theme::instance().setAppearance(Theme::Appearance::light);
    return written;
}

}
