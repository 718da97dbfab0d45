#include "ui/kit/person_row.h"

#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace ephor::ui {

QString initialsOf(const QString& fullName)
{
    static const QRegularExpression spaces(QStringLiteral("\\s+"));
    const QStringList words = fullName.split(spaces, Qt::SkipEmptyParts);
    if (words.isEmpty())
        return QStringLiteral("?");
    const QString first = words.constFirst().left(1).toUpper();
    return words.size() == 1 ? first : first + words.constLast().left(1).toUpper();
}

void paintAvatar(QPainter& painter, const QRectF& rect, const QString& initials)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(token(Token::badgeNeutral));
    painter.drawEllipse(rect);
    painter.restore();
    QFont font = textFont(TextStyle::micro);
    font.setWeight(QFont::DemiBold);
    font.setPixelSize(static_cast<int>(rect.height() * 0.42));
    paintText(painter, rect, font, token(Token::textSecondary), initials, Qt::AlignHCenter);
}

Avatar::Avatar(const QString& fullName, int size, QWidget* parent)
    : QWidget(parent)
    , m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setName(fullName);
}

void Avatar::setName(const QString& fullName)
{
    m_name = fullName;
    setAccessibleName(fullName);
    setToolTip(fullName);
    update();
}

void Avatar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintAvatar(painter, QRectF(rect()), initialsOf(m_name));
}

PersonRow::PersonRow(
    const QString& fullName, const QString& role, const QString& detail, QWidget* trailing, QWidget* parent)
    : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::cardPadding - 1, 5, metrics::cardPadding - 1, 6);
    row->setSpacing(metrics::space8);
    row->addWidget(new Avatar(fullName, 24, this));
    auto* lines = new QVBoxLayout;
    lines->setSpacing(0);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(metrics::space4);
    upper->addWidget(new Label(fullName, TextStyle::smallStrong, Token::textPrimary, this));
    if (!role.isEmpty()) {
        auto* roleLabel = new Label(QStringLiteral("\u00B7 ") + role, TextStyle::small, Token::textMuted, this);
        roleLabel->setOverflow(Label::Overflow::elide);
        upper->addWidget(roleLabel, 1);
    }
    upper->addStretch(0);
    lines->addLayout(upper);
    auto* lower = new Label(detail, TextStyle::small, Token::textMuted, this);
    // Often a person's reason, which is what the row is read for.
    lower->setOverflow(Label::Overflow::wrap);
    lines->addWidget(lower);
    row->addLayout(lines, 1);
    if (trailing != nullptr)
        row->addWidget(trailing);
}

void PersonRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintLine(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), token(Token::grid));
}

}
