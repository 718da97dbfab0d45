#include "ui/kit/inline_error.h"

#include "ui/kit/button.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui {

namespace {

/// Above and below the words of a banner.
constexpr int bannerPadding = 4;

/// Strong words and the others beside them; below where a line is too short for both, so that a mend is never cut.
class BannerWords : public QWidget {
public:
    BannerWords(Label* strong, Label* text, const QWidget* action, QWidget* banner)
        : QWidget(banner)
        , m_strong(strong)
        , m_text(text)
        , m_action(action)
    {
        for (Label* label : {strong, text}) {
            label->setParent(this);
            label->setOverflow(Label::Overflow::wrap);
        }
    }

    int wordsHeight(int width) const
    {
        if (isBeside(width))
            return lineHeight(TextStyle::small);
        int height = 0;
        for (const Label* label : {m_strong, m_text})
            height += label->text().isEmpty() ? 0 : label->heightForWidth(width);
        return height;
    }
    QSize sizeHint() const override { return {naturalWidth(), lineHeight(TextStyle::small)}; }
    QSize minimumSizeHint() const override { return {std::min(naturalWidth(), 160), lineHeight(TextStyle::small)}; }

    /// Puts the words and gives the banner their height: what is above it need not know that words wrap.
    void place()
    {
        // Before a layout gave it a width, what it has says nothing.
        const int room = testAttribute(Qt::WA_Resized) ? width() : naturalWidth();
        const int line = lineHeight(TextStyle::small);
        const int action = m_action->isHidden() ? 0 : m_action->sizeHint().height();
        const int top = std::max(0, (action - line) / 2);
        parentWidget()->setFixedHeight(std::max(top + wordsHeight(room), action) + 2 * bannerPadding);
        if (isBeside(room)) {
            const int strong = strongWidth();
            const int from = strong > 0 ? strong + metrics::space8 : 0;
            m_strong->setGeometry(0, top, strong, line);
            m_text->setGeometry(from, top, room - from, line);
            return;
        }
        const int first = m_strong->text().isEmpty() ? 0 : m_strong->heightForWidth(room);
        m_strong->setGeometry(0, top, room, first);
        m_text->setGeometry(0, top + first, room, m_text->heightForWidth(room));
    }

protected:
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::LayoutRequest)
            place();
        return QWidget::event(event);
    }
    void resizeEvent(QResizeEvent*) override { place(); }

private:
    static int wordsWidth(const Label* label, TextStyle style)
    {
        return label->text().isEmpty() ? 0 : textWidth(style, label->text()) + 2;
    }
    int strongWidth() const { return wordsWidth(m_strong, TextStyle::smallStrong); }
    int naturalWidth() const
    {
        const int strong = strongWidth();
        return strong + (strong > 0 ? metrics::space8 : 0) + wordsWidth(m_text, TextStyle::small);
    }
    bool isBeside(int width) const { return naturalWidth() <= width; }
    Label* m_strong;
    Label* m_text;
    const QWidget* m_action;
};

}

InlineError::InlineError(const ErrorText& error, QWidget* parent)
    : QWidget(parent)
    , m_cause(new Label({}, TextStyle::strong, Token::textPrimary, this))
    , m_hint(new Label({}, TextStyle::body, Token::textSecondary, this))
    , m_id(new Label({}, TextStyle::monoSmall, Token::textSecondary, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::cardPadding, 10, metrics::cardPadding, 10);
    row->setSpacing(metrics::space8);
    row->addWidget(new IconView(Icon::stateFailed, Token::error, metrics::icon, this), 0, Qt::AlignTop);
    auto* lines = new QVBoxLayout;
    lines->setSpacing(metrics::space2);
    m_cause->setOverflow(Label::Overflow::wrap);
    m_hint->setOverflow(Label::Overflow::wrap);
    lines->addWidget(m_cause);
    lines->addWidget(m_hint);
    lines->addWidget(m_id);
    row->addLayout(lines, 1);
    auto* retry = new Button(tr("Try again"), Button::Role::secondary, this);
    retry->setGlyph(Icon::refresh);
    auto* copy = new IconButton(Icon::copy, tr("Copy details"), this);
    row->addWidget(retry, 0, Qt::AlignTop);
    row->addWidget(copy, 0, Qt::AlignTop);
    connect(retry, &QAbstractButton::clicked, this, &InlineError::retryRequested);
    connect(copy, &QAbstractButton::clicked, this, [this] {
        const QStringList details{m_error.cause, m_error.hint, m_error.id};
        QGuiApplication::clipboard()->setText(details.join(QLatin1Char('\n')));
    });
    setError(error);
}

void InlineError::setError(const ErrorText& error)
{
    m_error = error;
    setAccessibleName(error.cause);
    setAccessibleDescription(error.hint);
    m_cause->setText(error.cause);
    m_hint->setText(error.hint);
    m_hint->setVisible(!error.hint.isEmpty());
    m_id->setText(error.id);
    m_id->setVisible(!error.id.isEmpty());
}

void InlineError::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, QRectF(rect()), token(Token::badgeError), token(Token::error), metrics::radiusCard);
}

Banner::Banner(State state, const QString& strong, const QString& text, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_strong(new Label({}, TextStyle::smallStrong, Token::textPrimary, this))
    , m_text(new Label({}, TextStyle::small, Token::textPrimary, this))
    , m_action(new LinkLabel({}, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::cardPadding + 20, bannerPadding, metrics::cardPadding, bannerPadding);
    row->setSpacing(metrics::space8);
    row->addWidget(new BannerWords(m_strong, m_text, m_action, this), 1);
    row->addWidget(m_action, 0, Qt::AlignTop);
    m_action->hide();
    m_action->setTextStyle(TextStyle::smallStrong);
    connect(m_action, &QAbstractButton::clicked, this, &Banner::actionTriggered);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(state, strong, text);
}

void Banner::setText(State state, const QString& strong, const QString& text)
{
    m_state = state;
    m_strong->setText(strong);
    m_strong->setVisible(!strong.isEmpty());
    m_strong->setColor(badgeText(state));
    m_text->setText(text);
    m_text->setColor(badgeText(state));
    static_cast<BannerWords*>(m_text->parentWidget())->place();
    setAccessibleName(strong.isEmpty() ? text : strong);
    setAccessibleDescription(text);
    update();
}

void Banner::setAction(const QString& label)
{
    m_action->setText(label);
    m_action->setVisible(!label.isEmpty());
    m_action->updateGeometry();
    static_cast<BannerWords*>(m_text->parentWidget())->place();
}

void Banner::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), token(badgeFill(m_state)));
    paintIcon(painter, QRectF(metrics::cardPadding, bannerPadding + lineHeight(TextStyle::small) / 2.0 - 6, 12, 12),
        stateIcon(m_state), token(badgeText(m_state)));
}

}
