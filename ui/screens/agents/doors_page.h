#pragma once

#include "ui/bridge/screen.h"

namespace ephor::ui {
class Card;
}

namespace ephor::ui::agents {

/// The two doors to a new agent.
class DoorsPage : public QWidget {
    Q_OBJECT

public:
    DoorsPage(ScreenContext& context, QWidget* parent);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    struct Door {
        Icon icon;
        QString title;
        QString text;
        QStringList steps;
        QString action;
        QString add;
    };
    Card* makeDoor(const Door& door);

    ScreenContext& m_context;
};

}
