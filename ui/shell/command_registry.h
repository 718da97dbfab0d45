#pragma once

#include "ui/bridge/screen.h"

#include <QMap>
#include <QObject>

class QShortcut;

namespace ephor::ui {

/// All that can be done now, once: menu, palette, keys and the sheet of keys are fed from here. Commands of the shell
/// stay; those of the open screen come and go with it. Keys work anywhere in `window`, and never while a field takes
/// the letters.
class CommandRegistry : public QObject {
    Q_OBJECT

public:
    explicit CommandRegistry(QWidget* window);

    void setGlobal(QList<Command> commands);
    /// Of the open screen; where keys clash, the shell's win.
    void setLocal(QList<Command> commands);

    QList<Command> all() const { return m_global + m_local; }
    const QList<Command>& local() const { return m_local; }
    const QList<Command>& global() const { return m_global; }
    /// Runs it if it is there and enabled.
    void run(const QString& id);
    /// How recently it was run: greater is later, 0 never.
    int recency(const QString& id) const { return m_recency.value(id); }
    /// "Ctrl 1": as keycaps are written.
    static QString keyText(const QKeySequence& keys);

Q_SIGNALS:
    void changed();
    /// A command that cannot run now was asked for.
    void refused(const QString& whyNot);

private:
    void bindKeys();

    QWidget* m_window;
    QList<Command> m_global;
    QList<Command> m_local;
    QList<QShortcut*> m_shortcuts;
    QMap<QString, int> m_recency;
    int m_runs = 0;
};

}
