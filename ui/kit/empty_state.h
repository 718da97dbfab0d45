#pragma once

#include "ui/kit/icons.h"

#include <QWidget>

namespace ephor::ui {

class Button;

/// What stands where a list would be: what and why in one line, and one action. The kinds differ in their words; the
/// caller gives them; `elsewhere` is what waits here and is done in another place.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    enum class Kind { firstUse, cleared, noResults, error, noPermission, elsewhere };

    EmptyState(
        Kind kind, const QString& title, const QString& text, const QString& action = {}, QWidget* parent = nullptr);

Q_SIGNALS:
    void actionTriggered();
};

}
