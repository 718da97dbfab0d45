#include "ui/screens/inbox/decision_card.h"

#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/screens/inbox/approval_words.h"

#include <QHBoxLayout>

namespace ephor::ui::inbox {

namespace {

/// What `Reason` of the core asks for at least.
constexpr int shortestReason = 3;

}

DecisionCard::DecisionCard(QWidget* parent)
    : Card(tr("Your decision"), Padding::standard, parent)
    , m_result(new Banner(State::info, {}, {}, this))
    , m_reason(new ReasonPicker(usualReasons(), this))
    , m_approve(new Button(tr("Approve"), Button::Role::secondary, this))
    , m_deny(new Button(tr("Deny"), Button::Role::secondary, this))
    , m_hint(new Label(
          tr("Approving sends this one call, once. Denying refuses it."), TextStyle::small, Token::textMuted, this))
{
    keepTitleWhole();
    addTrailing(m_hint);
    m_hint->setOverflow(Label::Overflow::elide);
    body()->addWidget(m_result);
    body()->addWidget(m_reason);
    m_result->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::space8);
    m_approve->setGlyph(Icon::check);
    m_approve->setKeyHint(QStringLiteral("A"));
    m_deny->setGlyph(Icon::cross);
    m_deny->setKeyHint(QStringLiteral("D"));
    for (Button* button : {m_approve, m_deny}) {
        button->setSize(Button::Size::large);
        button->setAutoDefault(false);
        row->addWidget(button, 1);
    }
    body()->addLayout(row);
    connect(m_approve, &QAbstractButton::clicked, this, [this] { decide(true); });
    connect(m_deny, &QAbstractButton::clicked, this, [this] { decide(false); });
    connect(m_result, &Banner::actionTriggered, this, &DecisionCard::signInWanted);
}

void DecisionCard::enable(bool enabled, const QString& whyNot)
{
    m_isOpen = enabled;
    m_reason->setVisible(true);
    m_reason->setEnabled(enabled);
    for (Button* button : {m_approve, m_deny}) {
        button->setVisible(true);
        button->setEnabled(enabled);
        button->setToolTip(whyNot);
    }
    m_hint->setVisible(true);
}

void DecisionCard::setAct(Act act)
{
    const bool confirms = act == Act::confirm;
    setTitle(confirms ? tr("Your confirmation") : tr("Your decision"));
    m_approve->setText(confirms ? tr("Confirm") : tr("Approve"));
    m_deny->setText(confirms ? tr("Refuse") : tr("Deny"));
    m_hint->setText(confirms ? tr("Confirming lets this one call be done for you, once. Refusing ends it.")
                             : tr("Approving sends this one call, once. Denying refuses it."));
    m_result->setAction({});
}

void DecisionCard::setOpen(Act act)
{
    setAct(act);
    setSubtitle(tr("Pick one reason, then either button"));
    enable(true, {});
}

void DecisionCard::setSignInFirst(const QString& why)
{
    setAct(Act::confirm);
    setSubtitle({});
    m_result->setText(State::waiting, tr("It waits for you."), why);
    m_result->setAction(tr("Sign in again"));
    m_result->show();
    enable(false, why);
    // Nothing to choose yet: the evidence has the room.
    m_reason->hide();
}

void DecisionCard::setClosed(const QString& whyNot)
{
    setAct(Act::approve);
    setSubtitle({});
    m_result->setText(State::info, tr("You cannot decide this."), whyNot);
    m_result->show();
    enable(false, whyNot);
}

void DecisionCard::setDecided(State state, const QString& words, const QString& detail)
{
    setSubtitle({});
    m_result->setAction({});
    m_isOpen = false;
    m_result->setText(state, words, detail);
    m_result->show();
    m_reason->hide();
    m_approve->hide();
    m_deny->hide();
    m_hint->hide();
}

void DecisionCard::setBusy()
{
    m_result->hide();
    enable(false, tr("Being recorded"));
}

void DecisionCard::setError(const Error& error)
{
    const ErrorText words = errorText(error);
    m_result->setText(State::failed, words.cause, words.hint);
    m_result->show();
    enable(true, {});
}

void DecisionCard::clear()
{
    m_reason->clear();
    m_result->hide();
}

void DecisionCard::decide(bool approve)
{
    if (!m_isOpen)
        return;
    const QString reason = m_reason->reason();
    if (reason.size() < shortestReason) {
        m_result->setText(State::warning, tr("A reason is needed first."), tr("Pick one, or give it in words."));
        m_result->show();
        m_reason->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    m_result->hide();
    Q_EMIT decided(approve, reason);
}

}
