#include "ui/kit/header_bar.h"

#include "ui/kit/button.h"
#include "ui/kit/focus.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"
#include "ui/kit/time_range_picker.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>

namespace ephor::ui {

/// Looks like a field and opens the palette: typing happens there.
class SearchBox : public QAbstractButton {
public:
    explicit SearchBox(QWidget* parent)
        : QAbstractButton(parent)
    {
        setText(HeaderBar::tr("Search or jump to"));
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::IBeamCursor);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }

    /// Without its words: the lens and the keys.
    void setCompact(bool compact)
    {
        if (compact == m_isCompact)
            return;
        m_isCompact = compact;
        updateGeometry();
        update();
    }

    int compactWidth() const { return wordsAt + static_cast<int>(paintKeycap(nullptr, {}, keys())) + 7; }
    int wordsWidth() const { return compactWidth() + textWidth(TextStyle::body, text()) + metrics::space12; }

    QSize sizeHint() const override
    {
        const int height = std::max(metrics::controlHeight, lineHeight(TextStyle::body) + metrics::space8);
        return {m_isCompact ? compactWidth() : std::max(264, wordsWidth()), height};
    }
    QSize minimumSizeHint() const override
    {
        return {m_isCompact ? compactWidth() : wordsWidth(), sizeHint().height()};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintBox(painter, QRectF(rect()), token(Token::surface), token(Token::borderControl), metrics::radiusControl);
        paintIcon(painter, QRectF(9, height() / 2.0 - 8, 16, 16), Icon::search, token(Token::textMuted));
        const double wide = paintKeycap(nullptr, {}, keys());
        if (!m_isCompact)
            paintText(painter, QRectF(wordsAt, 0, width() - wordsAt - 8 - wide, height()), TextStyle::body,
                Token::textMuted, text());
        paintKeycap(&painter, QPointF(width() - wide - 7, height() / 2.0), keys());
        if (showsFocus(this))
            paintFocusRing(painter, QRectF(rect()), metrics::radiusControl);
    }

private:
    static constexpr int wordsAt = 33;
    static QString keys() { return QStringLiteral("Ctrl K"); }
    bool m_isCompact = false;
};

HeaderBar::HeaderBar(QWidget* parent)
    : QWidget(parent)
    , m_back(new IconButton(Icon::chevronLeft, tr("Back"), this))
    , m_crumbs(new QHBoxLayout)
    , m_title(new Label({}, TextStyle::title, Token::textPrimary, this))
    , m_scope(new Button({}, Button::Role::quiet, this))
    , m_search(new SearchBox(this))
    , m_range(new TimeRangePicker(this))
    , m_live(new Button(tr("Live"), Button::Role::secondary, this))
    , m_bell(new IconButton(Icon::bell, tr("Notifications"), this))
    , m_stop(new Button(tr("Stop"), Button::Role::danger, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::contentPadding, 0, metrics::contentPadding, 1);
    row->setSpacing(metrics::space8);
    m_crumbs->setSpacing(metrics::space8);
    row->addWidget(m_back);
    row->addLayout(m_crumbs);
    row->addWidget(m_title);
    row->addWidget(m_scope);
    row->addStretch(100);
    row->addWidget(m_search);
    row->addWidget(m_range);
    row->addWidget(m_live);
    row->addWidget(m_bell);
    row->addWidget(m_stop);
    m_title->setOverflow(Label::Overflow::elide);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_scope->setProperty("chevron", true);
    m_scope->hide();
    m_back->hide();
    m_stop->setGlyph(Icon::stop);
    m_stop->setKeyHint(QStringLiteral("Ctrl ."));
    m_live->setCheckable(true);
    setLive(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_back, &QAbstractButton::clicked, this, &HeaderBar::backRequested);
    connect(m_search, &QAbstractButton::clicked, this, &HeaderBar::searchRequested);
    connect(m_stop, &QAbstractButton::clicked, this, &HeaderBar::stopRequested);
    connect(m_live, &QAbstractButton::toggled, this, [this](bool live) {
        setLive(live);
        Q_EMIT liveToggled(live);
    });
}

void HeaderBar::setTitle(const QString& title, const QStringList& crumbs)
{
    m_title->setText(title);
    while (QLayoutItem* item = m_crumbs->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (int at = 0; at < crumbs.size(); ++at) {
        // An ampersand is a part of the name, no mark of a key.
        auto* crumb = new Button(QString(crumbs[at]).replace(u'&', QStringLiteral("&&")), Button::Role::quiet, this);
        crumb->setAccessibleName(crumbs[at]);
        connect(crumb, &QAbstractButton::clicked, this, [this, at] { Q_EMIT crumbClicked(at); });
        crumb->setSize(Button::Size::compact);
        m_crumbs->addWidget(crumb);
        m_crumbs->addWidget(new IconView(Icon::chevronRight, Token::textMuted, metrics::iconCell, this));
    }
    m_back->setVisible(!crumbs.isEmpty());
    fitTitle();
    // New crumbs are shown, and so measured, in the next turn.
    QMetaObject::invokeMethod(this, &HeaderBar::fitTitle, Qt::QueuedConnection);
}

void HeaderBar::fitTitle()
{
    // The search box gives way before the title does: first it shrinks, then it lets go of its words.
    const int title = m_title->sizeHint().width();
    const QLayout* row = layout();
    int others = 2 * metrics::contentPadding;
    for (int at = 0; at < row->count(); ++at) {
        QLayoutItem* item = row->itemAt(at);
        const QWidget* widget = item->widget();
        if (widget == m_title || widget == m_search || item->isEmpty())
            continue;
        others += item->minimumSize().width() + metrics::space8;
    }
    const int room = width() - others - metrics::space8;
    m_search->setCompact(room - m_search->wordsWidth() < title);
    m_title->setMinimumWidth(std::clamp(room - m_search->minimumSizeHint().width(), 0, title));
}

void HeaderBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitTitle();
}

bool HeaderBar::event(QEvent* event)
{
    const bool done = QWidget::event(event);
    // Whatever beside the title became wider, narrower, shown or hidden.
    if (event->type() == QEvent::LayoutRequest)
        fitTitle();
    return done;
}

void HeaderBar::setScope(const QString& text)
{
    m_scope->setText(text);
    m_scope->updateGeometry();
    m_scope->setVisible(!text.isEmpty());
    fitTitle();
}

void HeaderBar::setLive(bool live)
{
    const QSignalBlocker quiet(m_live);
    m_live->setChecked(live);
    const bool isCutOff = live && !m_whyNotLive.isEmpty();
    m_live->setText(isCutOff ? tr("Not live") : live ? tr("Live") : tr("Paused"));
    m_live->setDot(isCutOff ? Token::warn : live ? Token::ok : Token::textMuted);
    m_live->setToolTip(isCutOff ? m_whyNotLive : QString());
    m_live->setAccessibleDescription(isCutOff ? m_whyNotLive : tr("Refreshes by itself while on"));
    m_live->updateGeometry();
}

void HeaderBar::setCutOff(const QString& why)
{
    if (why == m_whyNotLive)
        return;
    m_whyNotLive = why;
    setLive(isLive());
}

bool HeaderBar::isLive() const
{
    return m_live->isChecked();
}

void HeaderBar::setNotificationCount(int count)
{
    m_bell->setCount(count);
}

void HeaderBar::setTimeRangeVisible(bool visible)
{
    m_range->setVisible(visible);
    fitTitle();
}

void HeaderBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), token(Token::surface));
    paintLine(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), token(Token::borderSubtle));
}

}
