#pragma once

#include "ui/bridge/screen.h"
#include "ui/kit/dialogs.h"

namespace ephor::ui {

/// The sheet of keys behind `?`: every command that has some, by group.
class KeysSheet : public Dialog {
    Q_OBJECT

public:
    KeysSheet(const QList<Command>& commands, QWidget* parent);
};

/// What F1 shows of a screen: its sentences, and its keys.
class HelpSheet : public Dialog {
    Q_OBJECT

public:
    HelpSheet(const QString& title, const QString& text, const QList<Command>& commands, QWidget* parent);
};

}
