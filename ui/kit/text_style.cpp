#include "ui/kit/text_style.h"

#include "ui/kit/theme.h"

#include <QFontDatabase>
#include <QtDebug>
#include <array>
#include <cmath>

// The macro declares a function and so must stand outside any namespace.
static void initializeKitFonts()
{
    Q_INIT_RESOURCE(kit_fonts);
}

namespace ephor::ui {

namespace {

struct StyleRow {
    int pixels;
    int line;
    QFont::Weight weight;
    enum class Face { text, code } face = Face::text;
};

const StyleRow& styleRow(TextStyle style)
{
    static constexpr std::array rows{
        // The rasteriser thickens small sizes only; large ones need the next weight to look semibold beside them.
        StyleRow{24, 32, QFont::Bold},
        StyleRow{18, 26, QFont::Bold},
        StyleRow{15, 22, QFont::DemiBold},
        StyleRow{13, 20, QFont::Normal},
        StyleRow{13, 20, QFont::Medium},
        StyleRow{13, 20, QFont::DemiBold},
        StyleRow{12, 16, QFont::Normal},
        StyleRow{12, 16, QFont::Medium},
        StyleRow{12, 16, QFont::DemiBold},
        StyleRow{11, 14, QFont::Medium},
        StyleRow{12, 18, QFont::Normal, StyleRow::Face::code},
        StyleRow{11, 16, QFont::Normal, StyleRow::Face::code},
    };
    return rows[static_cast<std::size_t>(style)];
}

}

void loadFonts()
{
    static const bool loaded = [] {
        initializeKitFonts();
        for (const char* file : {"Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf",
                 "JetBrainsMono-Regular.ttf", "JetBrainsMono-SemiBold.ttf"}) {
            if (QFontDatabase::addApplicationFont(QStringLiteral(":/kit/fonts/") + QLatin1String(file)) < 0)
                qWarning("The embedded font %s could not be read; text falls back to the system's font", file);
        }
        return true;
    }();
    Q_UNUSED(loaded)
}

QFont textFont(TextStyle style)
{
    const StyleRow& row = styleRow(style);
    const bool code = row.face == StyleRow::Face::code;
    QFont font(code ? QStringLiteral("JetBrains Mono") : QStringLiteral("Inter"));
    font.setPixelSize(static_cast<int>(std::lround(row.pixels * Theme::instance().typeScale())));
    font.setWeight(row.weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    if (code) {
        font.setStyleHint(QFont::Monospace);
        font.setFixedPitch(true);
        // Without shaping there are no ligatures: "!=" stays two characters in ids and rules.
        font.setStyleStrategy(QFont::PreferNoShaping);
    }
    return font;
}

int lineHeight(TextStyle style)
{
    return static_cast<int>(std::lround(styleRow(style).line * Theme::instance().typeScale()));
}

}
