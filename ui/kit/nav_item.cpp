#include "ui/kit/nav_item.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/person_row.h"
#include "ui/kit/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

namespace ephor::ui {

NavItem::NavItem(const NavRail::Place& place, int key, QWidget* parent)
    : QAbstractButton(parent)
    , m_place(place)
    , m_key(key)
{
    setText(place.title);
    setAccessibleName(place.title);
    setToolTip(tr("%1 (Ctrl+%2)").arg(place.title).arg(key));
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize NavItem::sizeHint() const
{
    return {168, std::max(metrics::controlLarge, lineHeight(TextStyle::body) + metrics::space8)};
}

void NavItem::setBadge(int count, State state)
{
    m_count = count;
    m_state = state;
    setAccessibleDescription(count > 0 ? tr("%n waiting", nullptr, count) : QString());
    update();
}

void NavItem::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box = QRectF(rect()).adjusted(8, 0, 0, 0);
    if (isChecked())
        paintBox(painter, box, token(Token::selection), {}, metrics::radiusControl);
    else if (underMouse())
        paintBox(painter, box, token(Token::canvas), {}, metrics::radiusControl);
    if (isChecked())
        paintBox(painter, QRectF(-2, 6, 5, height() - 12), token(Token::link), {}, 2);
    paintIcon(painter, QRectF(16, height() / 2.0 - 10, 20, 20), m_place.icon,
        token(isChecked() ? Token::link : Token::textSecondary));
    paintText(painter, QRectF(46, 0, width() - 82, height()), isChecked() ? TextStyle::strong : TextStyle::body,
        isChecked() ? Token::textPrimary : Token::textSecondary, text());
    if (m_count > 0) {
        const QString count = m_count > 999 ? QStringLiteral("999+") : QString::number(m_count);
        const double wide = textWidth(TextStyle::micro, count) + 13;
        const double tall = lineHeight(TextStyle::micro) + metrics::space2;
        const QRectF mark(width() - 8 - wide, height() / 2.0 - tall / 2, wide, tall);
        const bool loud = m_state != State::neutral;
        paintBox(painter, mark, token(loud ? badgeFill(m_state) : Token::badgeNeutral), {}, tall / 2);
        QFont font = textFont(TextStyle::micro);
        font.setWeight(QFont::DemiBold);
        paintText(
            painter, mark, font, token(loud ? badgeText(m_state) : Token::textSecondary), count, Qt::AlignHCenter);
    } else {
        paintText(painter, QRectF(width() - 38, 0, 30, height()), TextStyle::micro, Token::textMuted,
            QString::number(m_key), Qt::AlignRight);
    }
    if (showsFocus(this))
        paintFocusRing(painter, box, metrics::radiusControl);
}

void NavItem::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        focusPreviousChild();
        return;
    case Qt::Key_Down:
        focusNextChild();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void NavBrand::setName(const QString& name)
{
    m_name = name;
    update();
}

void NavBrand::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintIcon(painter, QRectF(16, height() / 2.0 - 10, 20, 20), Icon::brand, token(Token::link));
    paintText(painter, QRectF(44, 0, width() - 52, height()), TextStyle::heading, Token::textPrimary, m_name);
    paintLine(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), token(Token::borderSubtle));
}

NavPerson::NavPerson(QWidget* parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setPerson({}, {});
}

void NavPerson::setPerson(const QString& fullName, const QString& role)
{
    m_name = fullName;
    m_role = role;
    setAccessibleName(fullName.isEmpty() ? tr("Nobody signed in") : fullName + QStringLiteral(", ") + role);
    update();
}

QSize NavPerson::sizeHint() const
{
    return {metrics::railWidth,
        metrics::space24 + lineHeight(TextStyle::smallStrong) + std::max(16, lineHeight(TextStyle::micro))};
}

void NavPerson::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box = QRectF(rect()).adjusted(8, 4, -8, -4);
    if (underMouse())
        paintBox(painter, box, token(Token::canvas), {}, metrics::radiusControl);
    paintLine(painter, QPointF(8, 0), QPointF(width() - 8, 0), token(Token::borderSubtle));
    paintAvatar(painter, QRectF(16, height() / 2.0 - 12, 24, 24), initialsOf(m_name));
    const int upper = lineHeight(TextStyle::smallStrong);
    paintText(painter, QRectF(48, height() / 2.0 - upper, width() - 58, upper), TextStyle::smallStrong,
        Token::textPrimary, m_name.isEmpty() ? tr("Nobody signed in") : m_name);
    paintText(painter, QRectF(48, height() / 2.0, width() - 58, lineHeight(TextStyle::micro) + 1), TextStyle::micro,
        Token::textMuted, m_role);
    if (showsFocus(this))
        paintFocusRing(painter, box, metrics::radiusControl);
}

StatusCell::StatusCell(const QString& id, QWidget* parent)
    : QAbstractButton(parent)
    , m_id(id)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
}

void StatusCell::setCell(const QString& text, Icon icon, Token tint)
{
    setText(text);
    setAccessibleName(text);
    m_icon = icon;
    m_tint = tint;
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

QSize StatusCell::sizeHint() const
{
    return {textWidth(TextStyle::small, text()) + (m_icon == Icon::none ? 2 : 20), 22};
}

void StatusCell::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    double x = 0;
    if (m_icon != Icon::none) {
        paintIcon(painter, QRectF(0, height() / 2.0 - 6, 12, 12), m_icon, token(m_tint));
        x = 18;
    }
    paintText(painter, QRectF(x, 0, width() - x, height()), TextStyle::small,
        underMouse() ? Token::textPrimary : Token::textSecondary, text());
    if (showsFocus(this))
        paintFocusRing(painter, QRectF(rect()), 2);
}

StatusBar::StatusBar(QWidget* parent)
    : QWidget(parent)
    , m_left(new QHBoxLayout)
    , m_right(new QHBoxLayout)
{
    setAccessibleName(tr("Status"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::space12, 1, metrics::space12, 0);
    row->setSpacing(metrics::space16);
    m_left->setSpacing(metrics::space16);
    m_right->setSpacing(metrics::space16);
    row->addLayout(m_left);
    row->addStretch(1);
    row->addLayout(m_right);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

StatusCell* StatusBar::cell(const QString& id, Side side)
{
    for (StatusCell* known : m_cells) {
        if (known->id() == id)
            return known;
    }
    auto* made = new StatusCell(id, this);
    (side == Side::left ? m_left : m_right)->addWidget(made);
    connect(made, &QAbstractButton::clicked, this, [this, id] { Q_EMIT cellClicked(id); });
    m_cells.push_back(made);
    return made;
}

void StatusBar::setCell(const QString& id, const QString& text, State state, Side side)
{
    cell(id, side)->setCell(text, stateIcon(state), stateToken(state));
}

void StatusBar::setCell(const QString& id, const QString& text, Icon icon, Side side)
{
    cell(id, side)->setCell(text, icon, Token::textSecondary);
}

void StatusBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), token(Token::surface));
    paintLine(painter, QPointF(0, 0), QPointF(width(), 0), token(Token::borderSubtle));
}

}
