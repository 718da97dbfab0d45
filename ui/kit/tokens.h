#pragma once

#include <QColor>

namespace ephor::ui {

/// Which column of the token table is in force.
enum class Scheme { light, dark, highContrast };

/// Every colour the console may use. Widgets name a token, never a value, so that a scheme is one table.
enum class Token {
    canvas, ///< behind cards
    surface, ///< cards, header, rail
    sunken, ///< grooves and group rows; raised in dark schemes
    textPrimary,
    textSecondary,
    textMuted,
    textDisabled, ///< exempt from the contrast rule
    borderSubtle, ///< decoration only
    borderStrong, ///< edge of a button, decoration only
    borderControl, ///< edge of a field, at least 3:1
    grid, ///< lines between rows and behind charts
    accent, ///< fill of the primary button
    onAccent,
    danger, ///< fill of a solid danger mark
    onDanger,
    link,
    selection,
    ok,
    warn,
    error,
    info,
    badgeOk,
    badgeWarn,
    badgeError,
    badgeInfo,
    badgeNeutral,
    badgeErrorText,
    badgeInfoText,
    badgeNeutralText,
    diffAdd,
    diffDelete,
    diffAddWord,
    diffDeleteWord,
    okQuiet, ///< the healthy part of a stacked chart
    warnFill, ///< the asked part of a stacked chart
    series1,
    series2,
    series3,
    series4,
    series5,
    series6,
    environmentProduction, ///< the tag of the production strip
    onEnvironment,
    count
};

/// The value of a token in a scheme.
QColor tokenColor(Scheme scheme, Token token);

/// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
double contrastRatio(const QColor& first, const QColor& second);

/// Measures shared by every widget, in device-independent pixels.
namespace metrics {
inline constexpr int space2 = 2;
inline constexpr int space4 = 4;
inline constexpr int space8 = 8;
inline constexpr int space12 = 12;
inline constexpr int space16 = 16;
inline constexpr int space24 = 24;
inline constexpr int space32 = 32;
inline constexpr int space48 = 48;
inline constexpr int radiusControl = 4;
inline constexpr int radiusCard = 6;
inline constexpr int radiusDialog = 10;
inline constexpr int focusRing = 2;
inline constexpr int iconCell = 12;
inline constexpr int icon = 16;
inline constexpr int iconNav = 20;
inline constexpr int controlHeight = 28;
inline constexpr int controlCompact = 24;
inline constexpr int controlLarge = 32;
inline constexpr int rowCompact = 24;
inline constexpr int rowStandard = 28;
inline constexpr int rowRelaxed = 36;
inline constexpr int stripHeight = 24;
inline constexpr int headerHeight = 48;
inline constexpr int railWidth = 176;
inline constexpr int statusHeight = 24;
inline constexpr int cardHeader = 36;
inline constexpr int cardPadding = 12;
inline constexpr int contentPadding = 16;
inline constexpr int gap = 12;
inline constexpr int motionMilliseconds = 120;
}

}
