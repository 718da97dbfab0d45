#include "ui/screens/settings/setting_row.h"

#include "ui/kit/button.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace ephor::ui::settings {

SettingRow::SettingRow(const QString& title, const QString& description, QWidget* control, QWidget* parent)
    : QWidget(parent)
    , m_source(new Label({}, TextStyle::small, Token::textMuted, this))
    , m_reset(new LinkLabel(tr("Back to the default"), this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::space16, metrics::space12, metrics::space16, metrics::space12);
    row->setSpacing(metrics::space24);
    auto* words = new QVBoxLayout;
    words->setSpacing(metrics::space2);
    auto* name = new Label(title, TextStyle::strong, Token::textPrimary, this);
    name->setBuddy(control);
    words->addWidget(name);
    auto* detail = new Label(description, TextStyle::body, Token::textSecondary, this);
    detail->setOverflow(Label::Overflow::wrap);
    words->addWidget(detail);
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::space12);
    line->addWidget(m_source);
    line->addWidget(m_reset);
    line->addStretch(1);
    words->addLayout(line);
    row->addLayout(words, 1);
    row->addWidget(control, 0, Qt::AlignRight | Qt::AlignVCenter);
    m_reset->setAccessibleName(tr("%1: back to the default").arg(title));
    m_reset->hide();
    connect(m_reset, &QAbstractButton::clicked, this, &SettingRow::resetRequested);
}

void SettingRow::setSource(const QString& defaultWords, Source source)
{
    const QString from = source == Source::chosen ? tr("set by you on this machine")
        : source == Source::start                 ? tr("set for this time when the console started")
                                                  : tr("in force; a change needs no restart");
    m_source->setText(tr("Default: %1 · %2").arg(defaultWords, from));
    m_reset->setVisible(source == Source::chosen);
}

void SettingRow::setFound(bool found)
{
    m_found = found;
    update();
}

void SettingRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_found)
        painter.fillRect(rect(), token(Token::selection));
    paintLine(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), token(Token::grid));
}

}
