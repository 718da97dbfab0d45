#include "ui/screens/settings/erasure_dialog.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"

#include <QVBoxLayout>

namespace ephor::ui::settings {

namespace {

constexpr int erasureWidth = 560;
constexpr int erasurePause = 400;

}

ErasureDialog::ErasureDialog(Session& session, QWidget* parent)
    : Dialog(tr("Erase a person"),
          tr("Destroys the keys under which everything that was said for this person is sealed, and takes the name out "
             "of the list of runs. The record keeps its entries and proofs. It cannot be undone, and takes two people: "
             "one asks, another confirms by the same name."),
          parent)
    , m_session(session)
    , m_person(new TextField(tr("Person"), this))
    , m_found(new Label({}, TextStyle::body, Token::textPrimary, this))
    , m_wish(new Label({}, TextStyle::small, Token::textSecondary, this))
    , m_reason(new ReasonPicker({tr("The person asked for it"), tr("A court or an authority asked for it"),
                                    tr("It must not be kept any longer")},
          this))
    , m_failed(new Banner(State::failed, {}, {}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(erasureWidth);
    for (Label* label : {m_found, m_wish})
        label->setOverflow(Label::Overflow::wrap);
    body()->addWidget(new FormRow(tr("Person, as callers name them"), m_person,
        tr("Or the hash that stands in the record. It is kept nowhere: do not name them in the reason."), this));
    body()->addWidget(m_found);
    body()->addWidget(m_wish);
    body()->addWidget(m_reason);
    body()->addWidget(m_failed);
    m_failed->hide();
    connect(addButton(tr("Cancel"), Button::Role::secondary), &QAbstractButton::clicked, this, &QDialog::reject);
    m_act = addButton(tr("Ask for it"), Button::Role::danger);
    m_pause.setSingleShot(true);
    m_pause.setInterval(erasurePause);
    connect(&m_pause, &QTimer::timeout, this, &ErasureDialog::look);
    connect(m_person, &QLineEdit::textChanged, this, &ErasureDialog::typed);
    connect(m_reason, &ReasonPicker::changed, this, &ErasureDialog::follow);
    connect(m_act, &QAbstractButton::clicked, this, &ErasureDialog::act);
    typed();
    m_person->setFocus();
}

void ErasureDialog::typed()
{
    m_asked.cancel();
    m_reach.reset();
    m_step = Step::none;
    m_found->hide();
    m_wish->hide();
    m_failed->hide();
    if (!m_person->text().trimmed().isEmpty())
        m_pause.start();
    follow();
}

void ErasureDialog::look()
{
    PreviewErasure::Request ask;
    ask.person = utf8(m_person->text().trimmed());
    m_asked.request<PreviewErasure>(this, m_session, std::move(ask), [this](Result<PreviewErasure::Response> answer) {
        if (!answer)
            return fail(answer.error());
        showPreview(*answer);
    });
}

void ErasureDialog::showPreview(const PreviewErasure::Response& preview)
{
    m_reach = preview.reach;
    m_found->setText(text(preview.sentence));
    m_found->show();
    m_isOwn = preview.wish && preview.wish->by == m_session.principal();
    m_step = preview.wish && !m_isOwn ? Step::confirm : Step::ask;
    m_wish->setVisible(preview.wish.has_value());
    if (preview.wish)
        m_wish->setText(tr("Asked by %1, %2: %3")
                .arg(text(preview.wish->byName), absoluteTime(preview.wish->at), text(preview.wish->reason)));
    m_act->setText(m_step == Step::confirm ? tr("Erase for good") : tr("Ask for it"));
    follow();
}

QString ErasureDialog::whyNot() const
{
    if (m_person->text().trimmed().isEmpty())
        return tr("Name the person first.");
    if (!m_reach)
        return tr("What it would take is being looked up.");
    if (m_reach->runs == 0 && !m_reach->sealed)
        return tr("Nothing is known of anybody of this name.");
    if (m_isOwn)
        return tr("You asked for it: somebody else who approves changes has to confirm.");
    if (m_step == Step::confirm && !m_session.may(Permission::ApproveChanges))
        return tr("Somebody who approves changes has to confirm.");
    if (m_step == Step::ask && !m_session.may(Permission::ManagePeople))
        return tr("Somebody who manages people has to ask for it.");
    if (m_step == Step::confirm && m_reach->underWay > 0)
        return tr("Runs for this person are under way or wait for somebody: end them first.");
    return m_reason->isComplete() ? QString() : tr("Give a reason first.");
}

void ErasureDialog::follow()
{
    const QString why = whyNot();
    m_act->setEnabled(why.isEmpty());
    m_act->setToolTip(why);
}

void ErasureDialog::act()
{
    const auto ended = [this](const auto& answer) {
        if (!answer)
            return fail(answer.error());
        Q_EMIT done(text(answer->sentence));
        accept();
    };
    m_act->setEnabled(false);
    const std::string person = utf8(m_person->text().trimmed());
    const std::string reason = utf8(m_reason->reason());
    if (m_step == Step::confirm) {
        ConfirmErasure::Request ask;
        ask.person = person;
        ask.reason = reason;
        m_asked.request<ConfirmErasure>(this, m_session, std::move(ask), ended);
    } else {
        AskErasure::Request ask;
        ask.person = person;
        ask.reason = reason;
        m_asked.request<AskErasure>(this, m_session, std::move(ask), ended);
    }
}

void ErasureDialog::fail(const Error& error)
{
    m_failed->setText(State::failed, tr("Not done."), errorLine(error));
    m_failed->show();
    follow();
}

}
