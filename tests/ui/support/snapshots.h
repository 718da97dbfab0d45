#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace ephor::ui::test {

/// With EPHOR_SNAPSHOTS set to a folder: writes the widget there as <name>-<width>-light.png and -dark.png, at both
/// sizes a screen must hold at. `settled` runs before each picture. Without it does nothing. False: it could not be
/// written.
bool writeSnapshots(QWidget* widget, const QString& name, const std::function<void()>& settled = {});

}
