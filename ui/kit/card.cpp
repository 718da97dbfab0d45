#include "ui/kit/card.h"

#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

/// A row with a line above or below it.
class RuledRow : public QWidget {
public:
    enum class Line { above, below };

    RuledRow(Line line, QWidget* parent)
        : QWidget(parent)
        , m_line(line)
    {
    }

    void setRuled(bool ruled)
    {
        m_isRuled = ruled;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        if (!m_isRuled)
            return;
        QPainter painter(this);
        const qreal y = m_line == Line::above ? 0 : height() - 1;
        paintLine(painter, QPointF(0, y), QPointF(width(), y),
            token(m_line == Line::above ? Token::grid : Token::borderSubtle));
    }

private:
    Line m_line;
    bool m_isRuled = true;
};

}

Card::Card(const QString& title, Padding padding, QWidget* parent)
    : QFrame(parent)
    , m_padding(padding)
    , m_outer(new QVBoxLayout(this))
    , m_body(new QVBoxLayout)
{
    // Views without padding end before the round corners, so that none paints over the edge of the card.
    const int corner = padding == Padding::none ? metrics::space4 : 1;
    m_outer->setContentsMargins(1, corner, 1, corner);
    m_outer->setSpacing(0);
    const int around = padding == Padding::standard ? metrics::cardPadding - 1 : 0;
    m_body->setContentsMargins(around, around, around, around);
    m_body->setSpacing(padding == Padding::standard ? metrics::space8 : 0);
    m_outer->addLayout(m_body, 1);
    if (!title.isEmpty())
        setTitle(title);
}

QHBoxLayout* Card::header()
{
    if (m_header != nullptr)
        return m_headerRow;
    m_header = new RuledRow(RuledRow::Line::below, this);
    QMargins margins = m_outer->contentsMargins();
    margins.setTop(1);
    m_outer->setContentsMargins(margins);
    m_header->setMinimumHeight(metrics::cardHeader);
    m_headerRow = new QHBoxLayout(m_header);
    m_headerRow->setContentsMargins(metrics::cardPadding - 1, 0, metrics::cardPadding - 1, 1);
    m_headerRow->setSpacing(metrics::space8);
    m_title = new Label({}, TextStyle::strong, Token::textPrimary, m_header);
    m_title->setOverflow(Label::Overflow::elide);
    m_subtitle = new Label({}, TextStyle::small, Token::textMuted, m_header);
    m_subtitle->setOverflow(Label::Overflow::elide);
    m_subtitle->hide();
    m_headerRow->addWidget(m_title);
    m_headerRow->addWidget(m_subtitle);
    m_headerRow->addStretch(1);
    m_leadingAt = 2;
    m_outer->insertWidget(0, m_header);
    return m_headerRow;
}

void Card::setTitle(const QString& title)
{
    header();
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Card::setSubtitle(const QString& subtitle)
{
    header();
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void Card::keepTitleWhole()
{
    header();
    m_title->setOverflow(Label::Overflow::keep);
}

void Card::setFolded(bool folded)
{
    header();
    static_cast<RuledRow*>(m_header)->setRuled(!folded);
}

void Card::addLeading(QWidget* widget)
{
    header()->insertWidget(m_leadingAt++, widget);
}

void Card::addTrailing(QWidget* widget)
{
    header()->addWidget(widget);
}

void Card::addGlyph(Icon glyph, Token tint)
{
    header()->insertWidget(0, new IconView(glyph, tint, metrics::icon, m_header));
    ++m_leadingAt;
}

void Card::setBody(QWidget* widget)
{
    m_body->addWidget(widget, 1);
}

QHBoxLayout* Card::footer()
{
    if (m_footerRow != nullptr)
        return m_footerRow;
    auto* row = new RuledRow(RuledRow::Line::above, this);
    QMargins margins = m_outer->contentsMargins();
    margins.setBottom(1);
    m_outer->setContentsMargins(margins);
    row->setMinimumHeight(28);
    m_footerRow = new QHBoxLayout(row);
    m_footerRow->setContentsMargins(metrics::cardPadding - 1, 7, metrics::cardPadding - 1, 7);
    m_footerRow->setSpacing(metrics::space8);
    m_outer->addWidget(row);
    return m_footerRow;
}

void Card::setEdge(State state)
{
    m_edge = stateToken(state);
    QMargins margins = m_outer->contentsMargins();
    margins.setLeft(metrics::space4);
    m_outer->setContentsMargins(margins);
    update();
}

void Card::setStaged()
{
    m_staged = true;
    update();
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box(rect());
    if (!m_staged) {
        paintBox(painter, box, token(Token::surface), token(Token::borderSubtle), metrics::radiusCard);
    } else {
        paintBox(painter, box, token(Token::surface), {}, metrics::radiusCard);
        painter.setRenderHint(QPainter::Antialiasing);
        QPen pen(token(Token::link), 1);
        pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), metrics::radiusCard, metrics::radiusCard);
    }
    if (m_edge != Token::count) {
        QPainterPath clip;
        clip.addRoundedRect(box, metrics::radiusCard, metrics::radiusCard);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setClipPath(clip);
        painter.fillRect(QRectF(0, 0, 3, height()), token(m_edge));
    }
}

Section::Section(const QString& label, QWidget* parent)
    : QWidget(parent)
    , m_body(new QVBoxLayout(this))
{
    m_body->setContentsMargins(
        metrics::cardPadding - 1, metrics::cardPadding, metrics::cardPadding - 1, metrics::cardPadding);
    m_body->setSpacing(metrics::space4);
    if (!label.isEmpty())
        m_body->addWidget(new Label(label, TextStyle::micro, Token::textMuted, this));
}

void Section::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintLine(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), token(Token::grid));
}

}
