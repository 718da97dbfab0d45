#include "ui/kit/detail_pane.h"

#include "ui/kit/button.h"
#include "ui/kit/theme.h"

#include <QLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ephor::ui {

DetailPane::DetailPane(const QString& title, QWidget* parent)
    : Card(title, Padding::none, parent)
{
    auto* previous = new IconButton(Icon::arrowUp, tr("Previous"), this);
    auto* next = new IconButton(Icon::arrowDown, tr("Next"), this);
    previous->setSize(Button::Size::compact);
    next->setSize(Button::Size::compact);
    addTrailing(previous);
    addTrailing(next);
    connect(previous, &QAbstractButton::clicked, this, &DetailPane::previousRequested);
    connect(next, &QAbstractButton::clicked, this, &DetailPane::nextRequested);

    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget(area);
    content->setBackgroundRole(QPalette::Base);
    area->viewport()->setBackgroundRole(QPalette::Base);
    m_sections = new QVBoxLayout(content);
    m_sections->setContentsMargins(0, 0, 0, 0);
    m_sections->setSpacing(0);
    m_sections->addStretch(1);
    area->setWidget(content);
    setBody(area);
}

QVBoxLayout* DetailPane::addSection(const QString& label)
{
    auto* section = new Section(label);
    m_sections->insertWidget(m_sections->count() - 1, section);
    return section->body();
}

void DetailPane::clear()
{
    while (m_sections->count() > 1) {
        QLayoutItem* item = m_sections->takeAt(0);
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

}
