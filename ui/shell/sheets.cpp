#include "ui/shell/sheets.h"

#include "ui/kit/key_hint.h"
#include "ui/kit/label.h"
#include "ui/shell/command_registry.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

constexpr int sheetWidth = 640;
constexpr int sheetHeight = 460;

/// Groups in two columns, each a heading and its lines.
QWidget* keyLines(const QList<Command>& commands)
{
    QStringList groups;
    for (const Command& command : commands) {
        if (!command.keys.isEmpty() && !groups.contains(command.group))
            groups.append(command.group);
    }
    auto* page = new QWidget;
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(metrics::space12);
    grid->setVerticalSpacing(metrics::space4);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const QString& group : groups) {
        grid->addWidget(new Label(group, TextStyle::smallStrong, Token::textSecondary), row++, 0, 1, 2);
        for (const Command& command : commands) {
            if (command.group != group || command.keys.isEmpty())
                continue;
            grid->addWidget(new Label(command.action), row, 0);
            grid->addWidget(new KeyHint(CommandRegistry::keyText(command.keys)), row++, 1, Qt::AlignRight);
        }
        grid->setRowMinimumHeight(row++, metrics::space8);
    }
    grid->setRowStretch(row, 1);
    return page;
}

QScrollArea* scrolling(QWidget* page, const QString& name)
{
    auto* area = new QScrollArea;
    area->setAccessibleName(name);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(page);
    return area;
}

}

KeysSheet::KeysSheet(const QList<Command>& commands, QWidget* parent)
    : Dialog(tr("Keys"), tr("Lists move with the arrows or j and k; Enter opens, Space peeks, Esc closes one layer."),
          parent)
{
    setMinimumSize(sheetWidth, sheetHeight);
    body()->addWidget(scrolling(keyLines(commands), tr("Keys")), 1);
    connect(addButton(tr("Close"), Button::Role::secondary), &QAbstractButton::clicked, this, &QDialog::accept);
}

HelpSheet::HelpSheet(const QString& title, const QString& text, const QList<Command>& commands, QWidget* parent)
    : Dialog(title, {}, parent)
{
    setMinimumWidth(sheetWidth);
    auto* words = new Label(text.isEmpty() ? tr("This page has no help of its own.") : text);
    words->setOverflow(Label::Overflow::wrap);
    body()->addWidget(words);
    body()->addWidget(keyLines(commands));
    connect(addButton(tr("Close"), Button::Role::secondary), &QAbstractButton::clicked, this, &QDialog::accept);
}

}
