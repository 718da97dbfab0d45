#include "ui/screens/changes/next_card.h"

#include "ui/bridge/definition_words.h"
#include "ui/kit/bars.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::changes {

NextCard::NextCard(const Session& session, QWidget* parent)
    : Card({}, Padding::standard, parent)
    , m_session(session)
    , m_glyph(new IconView(Icon::info, Token::info, metrics::icon, this))
    , m_headline(new Label({}, TextStyle::heading, Token::textPrimary, this))
    , m_text(new Label({}, TextStyle::body, Token::textSecondary, this))
    , m_progress(makeProgress())
    , m_buttons(new QHBoxLayout)
    , m_note(new Label({}, TextStyle::small, Token::textMuted, this))
    , m_error(new InlineError({}, this))
{
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::space8);
    // Beside the first line of a headline that may wrap.
    auto* besideFirst = new QVBoxLayout;
    besideFirst->addSpacing((lineHeight(TextStyle::heading) - metrics::icon) / 2);
    besideFirst->addWidget(m_glyph);
    besideFirst->addStretch(1);
    head->addLayout(besideFirst);
    head->addWidget(m_headline, 1);
    m_headline->setOverflow(Label::Overflow::wrap);
    m_text->setOverflow(Label::Overflow::wrap);
    m_note->setOverflow(Label::Overflow::elide);
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_buttons->setSpacing(metrics::space8);
    m_buttons->addWidget(m_note, 1);
    body()->setSpacing(metrics::space8);
    body()->addLayout(head);
    body()->addWidget(m_text);
    body()->addWidget(m_progress);
    body()->addLayout(m_buttons);
    body()->addWidget(m_error);
    m_error->hide();
}

QWidget* NextCard::makeProgress()
{
    auto* box = new QWidget(this);
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space4);
    m_bar = new ShareBar(tr("Share of traffic"), box);
    rows->addWidget(m_bar);
    auto* words = new QHBoxLayout;
    m_reached = new Label({}, TextStyle::micro, Token::textMuted, box);
    m_then = new Label({}, TextStyle::micro, Token::textMuted, box);
    m_end = new Label({}, TextStyle::micro, Token::textMuted, box);
    words->addWidget(m_reached);
    words->addStretch(1);
    words->addWidget(m_then);
    words->addStretch(1);
    words->addWidget(m_end);
    rows->addLayout(words);
    return box;
}

void NextCard::setWords(const NextWords& words)
{
    m_words = words;
    m_glyph->setGlyph(words.state == State::info ? Icon::info : stateIcon(words.state), stateToken(words.state));
    m_headline->setText(words.headline);
    m_text->setText(words.text);
    m_text->setVisible(!words.text.isEmpty());
    m_progress->setVisible(words.progress.has_value());
    if (words.progress) {
        m_bar->setParts({{words.progress->reached, words.progress->share, Token::series1}});
        m_reached->setText(words.progress->reached);
        m_then->setText(words.progress->next);
        m_end->setText(words.progress->end);
    }
    fillButtons();
}

void NextCard::fillButtons()
{
    // The window's, not the application's: while a dialog asks, the button behind it still waits for the focus.
    const QWidget* focused = window()->focusWidget();
    QString focusedAct;
    if (std::ranges::find(m_shown, focused) != m_shown.end()) {
        focusedAct = focused->objectName();
        setFocus(Qt::OtherFocusReason);
    }
    for (QWidget* button : std::exchange(m_shown, {})) {
        m_buttons->removeWidget(button);
        button->hide();
        button->deleteLater();
    }
    int at = 0;
    for (const ActOffer& offer : m_words.offers) {
        auto* button = new Button(offer.label, offer.role, this);
        button->setSize(Button::Size::large);
        button->setGlyph(offer.icon);
        button->setObjectName(actId(offer.act));
        if (permit(button, m_session, offer.permission) && !offer.whyNot.isEmpty()) {
            button->setEnabled(false);
            button->setToolTip(offer.whyNot);
        }
        if (m_work == Work::underWay)
            button->setEnabled(false);
        connect(button, &QAbstractButton::clicked, this, [this, act = offer.act] { Q_EMIT actWanted(act); });
        m_buttons->insertWidget(at++, button);
        // A layout shows it in the next turn only, and nothing hidden takes the focus.
        button->show();
        m_shown.push_back(button);
    }
    m_note->setText(m_words.note);
    m_note->setAlignment((m_shown.empty() ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (window()->focusWidget() == this)
        passFocusOn(focusedAct);
}

void NextCard::takeFocus()
{
    setFocus(Qt::OtherFocusReason);
    passFocusOn({});
}

void NextCard::passFocusOn(const QString& act)
{
    const auto take = [this](auto wanted) {
        const auto found = std::ranges::find_if(
            m_shown, [&](const QWidget* button) { return button->isEnabled() && wanted(button->objectName()); });
        if (found == m_shown.end())
            return false;
        (*found)->setFocus(Qt::OtherFocusReason);
        return true;
    };
    // Without an act that is open the card keeps it, and Tab goes on from here.
    take([&](const QString& name) { return name == act; }) || take([](const QString&) { return true; });
}

void NextCard::setWork(Work work)
{
    m_work = work;
    fillButtons();
}

void NextCard::showError(const ErrorText& error)
{
    m_error->setError(error);
    m_error->show();
}

void NextCard::clearError()
{
    m_error->hide();
}

}
