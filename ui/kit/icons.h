#pragma once

#include "ui/kit/tokens.h"

#include <QIcon>
#include <QRectF>

class QPainter;

namespace ephor::ui {

/// The icon set: 16 px grid, 1.5 px strokes, one colour. Files are resources/icons/<name>.svg.
enum class Icon {
    none,
    brand,
    home,
    inbox,
    agents,
    library,
    policies,
    changes,
    activity,
    quality,
    assurance,
    settings,
    stop,
    bell,
    search,
    clock,
    chevronDown,
    chevronRight,
    chevronLeft,
    chevronUp,
    arrowUp,
    arrowDown,
    copy,
    exportDown,
    save,
    columns,
    table,
    plus,
    minus,
    play,
    pause,
    rollBack,
    promote,
    stateOk,
    stateRunning,
    stateWaiting,
    stateWarning,
    stateFailed,
    stateDenied,
    statePaused,
    stateDraft,
    stateUnknown,
    stateNone,
    check,
    cross,
    lock,
    key,
    eye,
    pencil,
    external,
    tool,
    model,
    prompt,
    agent,
    person,
    team,
    shield,
    seal,
    gate,
    diff,
    file,
    filter,
    link,
    info,
    help,
    trash,
    refresh,
    sun,
    moon,
    more,
    bolt,
    wrap,
    count
};

/// A QIcon that follows the theme: drawn in `tint` at the device's ratio, in the disabled colour when disabled.
QIcon icon(Icon name, Token tint = Token::textSecondary);

/// Paints an icon into `rect` in `color`. Pixmaps are cached by name, colour, size and ratio.
void paintIcon(QPainter& painter, const QRectF& rect, Icon name, const QColor& color);

/// Resource path of the drawing, for tests and for text documents; empty for Icon::none.
QString iconPath(Icon name);

}
