#include "ui/kit/disclosure.h"

#include "ui/kit/button.h"

#include <QVBoxLayout>

namespace ephor::ui {

Disclosure::Disclosure(const QString& words, QWidget* content, QWidget* parent)
    : QWidget(parent)
    , m_line(new Button(words, Button::Role::quiet, this))
    , m_content(content)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space4);
    m_line->setSize(Button::Size::compact);
    m_line->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    rows->addWidget(m_line, 0, Qt::AlignLeft);
    rows->addWidget(m_content);
    connect(m_line, &QAbstractButton::clicked, this, [this] { setOpen(!m_isOpen); });
    m_content->hide();
    setOpen(false);
}

void Disclosure::setOpen(bool open)
{
    const bool changed = open != m_isOpen;
    m_isOpen = open;
    m_content->setVisible(open);
    m_line->setGlyph(open ? Icon::chevronDown : Icon::chevronRight);
    m_line->setAccessibleDescription(open ? tr("Shown below") : tr("Hidden"));
    if (changed)
        Q_EMIT openChanged();
}

}
