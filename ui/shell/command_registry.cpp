#include "ui/shell/command_registry.h"

#include <QShortcut>
#include <algorithm>

namespace ephor::ui {

CommandRegistry::CommandRegistry(QWidget* window)
    : QObject(window)
    , m_window(window)
{
}

void CommandRegistry::setGlobal(QList<Command> commands)
{
    m_global = std::move(commands);
    bindKeys();
}

void CommandRegistry::setLocal(QList<Command> commands)
{
    m_local = std::move(commands);
    bindKeys();
}

void CommandRegistry::run(const QString& id)
{
    const QList<Command> commands = all();
    const auto found
        = std::find_if(commands.begin(), commands.end(), [&id](const Command& command) { return command.id == id; });
    if (found == commands.end())
        return;
    if (!found->enabled) {
        Q_EMIT refused(found->whyNot);
        return;
    }
    m_recency[id] = ++m_runs;
    if (found->run)
        found->run();
}

QString CommandRegistry::keyText(const QKeySequence& keys)
{
    QString text = keys.toString(QKeySequence::NativeText);
    text.replace(QStringLiteral(", "), QStringLiteral(" then "));
    // "Ctrl++" ends in the key itself.
    return text.replace(QLatin1Char('+'), QLatin1Char(' ')).trimmed();
}

void CommandRegistry::bindKeys()
{
    // A shortcut may be the one that runs now.
    for (QShortcut* shortcut : std::exchange(m_shortcuts, {})) {
        shortcut->setEnabled(false);
        shortcut->deleteLater();
    }
    QList<QKeySequence> taken;
    for (const Command& command : all()) {
        if (command.keys.isEmpty() || taken.contains(command.keys))
            continue;
        taken.append(command.keys);
        auto* shortcut = new QShortcut(command.keys, m_window);
        connect(shortcut, &QShortcut::activated, this, [this, id = command.id] { run(id); });
        m_shortcuts.append(shortcut);
    }
    Q_EMIT changed();
}

}
