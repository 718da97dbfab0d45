#pragma once

#include "ui/kit/icons.h"
#include "ui/kit/tokens.h"

#include <QString>

namespace ephor::ui {

/// The states a thing can show. Each is a glyph, a word and a colour; none is told by colour alone.
enum class State {
    ok,
    running,
    waiting,
    warning,
    failed,
    denied,
    paused,
    draft,
    unknown,
    info, ///< a fact worth a mark, not a state of health
    neutral ///< a grey badge
};

/// The default word ("Healthy", "Waiting"); empty for info and neutral, which always bring their own.
QString stateWord(State state);
/// The glyph; Icon::none for neutral.
Icon stateIcon(State state);
/// Colour of the glyph on a surface.
Token stateToken(State state);
/// Colour of the word on a surface: trouble is loud, healthy is quiet.
Token stateTextToken(State state);
/// Fill of the badge and colour of its word and glyph.
Token badgeFill(State state);
Token badgeText(State state);

}
