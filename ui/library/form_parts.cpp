#include "ui/library/form_parts.h"

#include "ui/kit/field.h"
#include "ui/kit/tokens.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ephor::ui::library {

FormColumn::FormColumn(QWidget* parent, Frame frame)
{
    if (frame == Frame::scrolled) {
        auto* scrollArea = new QScrollArea(parent);
        scrollArea->setFrameShape(QFrame::NoFrame);
        scrollArea->setWidgetResizable(true);
        scrollArea->setFocusPolicy(Qt::NoFocus);
        m_page = new QWidget(scrollArea);
        scrollArea->setWidget(m_page);
        // The card's own surface shows through.
        m_page->setAutoFillBackground(false);
        scrollArea->viewport()->setAutoFillBackground(false);
        m_scroll = scrollArea;
    } else {
        m_page = new QWidget(parent);
    }
    m_rows = new QVBoxLayout(m_page);
    const int padding = frame == Frame::scrolled ? metrics::cardPadding : 0;
    m_rows->setContentsMargins(padding, padding, padding, padding);
    m_rows->setSpacing(metrics::space12);
}

void FormColumn::add(const QString& label, QWidget* control, const QString& hint)
{
    m_rows->addWidget(new FormRow(label, control, hint, m_page));
}

void FormColumn::add(QWidget* control)
{
    m_rows->addWidget(control);
}

void FormColumn::pair(const QString& leftLabel, QWidget* left, const QString& rightLabel, QWidget* right)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::gap);
    row->addWidget(new FormRow(leftLabel, left, {}, m_page), 1, Qt::AlignTop);
    row->addWidget(new FormRow(rightLabel, right, {}, m_page), 1, Qt::AlignTop);
    m_rows->addLayout(row);
}

void FormColumn::end()
{
    m_rows->addStretch(1);
}

void readNumber(TextField* field, std::uint64_t& value, QString& problem)
{
    bool good = false;
    const qulonglong read = field->text().trimmed().remove(u',').toULongLong(&good);
    const QString why = good
        ? QString()
        : QCoreApplication::translate("FormColumn", "%1: a whole number.").arg(field->accessibleName());
    field->setError(why);
    if (good)
        value = read;
    else
        problem = why;
}

}
