#include "ui/kit/key_value_list.h"

#include "ui/kit/format.h"
#include "ui/kit/label.h"

#include <QAction>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui {

namespace {

QString knownOr(const QString& value)
{
    return value.isEmpty() ? format::unknown() : value;
}

/// The height of a value that is one line; 0 where it has more.
int oneLineHeight(const QWidget& value)
{
    const int height = value.sizeHint().height();
    return height <= std::max(metrics::controlLarge, lineHeight(TextStyle::body) + metrics::space12) ? height : 0;
}

void emptyGrid(QGridLayout& grid)
{
    while (QLayoutItem* item = grid.takeAt(0)) {
        if (QWidget* widget = item->widget())
            widget->deleteLater();
        delete item;
    }
}

}

KeyValueList::KeyValueList(int keyWidth, QWidget* parent)
    : QWidget(parent)
    , m_keyWidth(keyWidth)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(metrics::space12);
    m_grid->setVerticalSpacing(metrics::space4);
    m_grid->setColumnMinimumWidth(0, keyWidth);
    m_grid->setColumnStretch(1, 1);
}

Label* KeyValueList::addRow(const QString& key, const QString& value)
{
    auto* words = new Label(knownOr(value), TextStyle::body, Token::textPrimary, this);
    words->setOverflow(Label::Overflow::wrap);
    auto* copy = new QAction(tr("Copy"), words);
    words->addAction(copy);
    words->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(copy, &QAction::triggered, words, [words] { QGuiApplication::clipboard()->setText(words->text()); });
    addRow(key, words);
    return words;
}

Label* KeyValueList::addMonoRow(const QString& key, const QString& value)
{
    Label* words = addRow(key, value);
    words->setTextStyle(TextStyle::mono);
    return words;
}

void KeyValueList::addRow(const QString& key, QWidget* value)
{
    auto* name = new Label(key, TextStyle::small, Token::textMuted, this);
    const bool words = qobject_cast<Label*>(value) != nullptr;
    // The key stands beside the first line: as tall as that, and as the control where the value is one.
    name->setMinimumHeight(std::max(lineHeight(TextStyle::body), words ? 0 : oneLineHeight(*value)));
    name->setBuddy(value);
    if (value->accessibleName().isEmpty() && qobject_cast<Label*>(value) == nullptr)
        value->setAccessibleName(key);
    m_grid->addWidget(name, m_rows, 0, Qt::AlignTop);
    m_grid->addWidget(value, m_rows, 1, words ? Qt::Alignment() : Qt::AlignLeft | Qt::AlignVCenter);
    ++m_rows;
}

void KeyValueList::clear()
{
    emptyGrid(*m_grid);
    m_rows = 0;
}

FactGrid::FactGrid(int columns, QWidget* parent)
    : QWidget(parent)
    , m_columns(std::max(1, columns))
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(metrics::space16);
    m_grid->setVerticalSpacing(10);
    for (int column = 0; column < m_columns; ++column)
        m_grid->setColumnStretch(column, 1);
}

Label* FactGrid::addFact(const QString& label, const QString& value, const QString& note)
{
    auto* words = new Label(knownOr(value), TextStyle::body, Token::textPrimary, this);
    // Facts share the width there is; a long one is cut (and told by its tooltip) rather than widening the page.
    words->setOverflow(Label::Overflow::elide);
    addFact(label, words, note);
    return words;
}

void FactGrid::addFact(const QString& label, QWidget* value, const QString& note)
{
    auto* fact = new QWidget(this);
    auto* rows = new QVBoxLayout(fact);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* name = new Label(label, TextStyle::micro, Token::textMuted, fact);
    name->setBuddy(value);
    rows->addWidget(name);
    auto* line = new QHBoxLayout;
    line->setSpacing(6);
    line->addWidget(value);
    if (!note.isEmpty()) {
        auto* aside = new Label(note, TextStyle::small, Token::textSecondary, fact);
        aside->setOverflow(Label::Overflow::elide);
        line->addWidget(aside);
    }
    line->addStretch(1);
    rows->addLayout(line);
    m_grid->addWidget(fact, m_count / m_columns, m_count % m_columns, Qt::AlignTop);
    ++m_count;
}

void FactGrid::clear()
{
    emptyGrid(*m_grid);
    m_count = 0;
}

}
