#pragma once

#include <QFont>

namespace ephor::ui {

/// The type scale. Micro is for labels, never for sentences.
enum class TextStyle {
    display, ///< 24/32, looks semibold
    title, ///< 18/26, looks semibold
    heading, ///< 15/22 semibold
    body, ///< 13/20
    medium, ///< 13/20 medium: words on buttons
    strong, ///< 13/20 semibold
    small, ///< 12/16
    smallMedium, ///< 12/16 medium: label of a tile
    smallStrong, ///< 12/16 semibold
    micro, ///< 11/14 medium
    mono, ///< 12/18 JetBrains Mono, ligatures off
    monoSmall ///< 11/16 JetBrains Mono
};

/// Registers the embedded Inter and JetBrains Mono. Call once, after the QApplication exists; later calls do nothing.
void loadFonts();

/// The font of a style at the current type scale (Theme::setTypeScale).
QFont textFont(TextStyle style);

/// Line height of a style in device-independent pixels at the current type scale.
int lineHeight(TextStyle style);

}
