#pragma once

#include "ui/kit/icons.h"

#include <QString>
#include <vector>

namespace ephor::ui {

/// One of the ten places of the rail. The same order for everyone.
struct Place {
    QString id; ///< first part of its routes
    QString title;
    Icon icon = Icon::none;
    QChar letter; ///< after `g`
    QString says; ///< what lives there, in one sentence
};

const std::vector<Place>& places();
/// Null where there is none of that id.
const Place* findPlace(const QString& id);

}
