#include "ui/screens/settings/password_page.h"

#include "core/api/people.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::settings {

namespace {

/// As people.change-password asks: longer ones cost nobody anything.
constexpr int shortestPassword = 10;
constexpr int passwordWidth = 440;

}

PasswordPage::PasswordPage(ScreenContext& context, QWidget* parent)
    : SettingsPage(context, parent)
    , m_current(new TextField(tr("Current password"), this))
    , m_replacement(new TextField(tr("New password"), this))
    , m_again(new TextField(tr("New password again"), this))
    , m_currentRow(new FormRow(tr("Current password"), m_current, {}, this))
    , m_replacementRow(new FormRow(tr("New password"), m_replacement,
          tr("At least %1 characters; a sentence is easier to keep than signs.").arg(shortestPassword), this))
    , m_againRow(new FormRow(tr("New password again"), m_again, {}, this))
    , m_told(new Banner(State::ok, {}, {}, this))
    , m_change(new Button(tr("Change password"), Button::Role::primary, this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    auto* card = new Card(tr("My password"), Card::Padding::standard, this);
    card->setFixedWidth(passwordWidth);
    card->setSubtitle(tr("Your other sessions end"));
    for (FormRow* row : {m_currentRow, m_replacementRow, m_againRow})
        card->body()->addWidget(row);
    card->body()->addWidget(m_told);
    card->footer()->addWidget(m_change);
    card->footer()->addStretch(1);
    m_told->hide();
    rows->addWidget(card);
    rows->addStretch(1);
    for (TextField* field : {m_current, m_replacement, m_again}) {
        field->setEchoMode(QLineEdit::Password);
        connect(field, &QLineEdit::textChanged, this, &PasswordPage::edited);
        connect(field, &QLineEdit::returnPressed, m_change, &QAbstractButton::click);
    }
    connect(m_change, &QAbstractButton::clicked, this, &PasswordPage::change);
    edited();
}

void PasswordPage::open(const Route&)
{
    m_told->hide();
}

bool PasswordPage::hasUnsavedWork() const
{
    return !m_replacement->text().isEmpty();
}

void PasswordPage::edited()
{
    const bool tooShort = !m_replacement->text().isEmpty() && utf8(m_replacement->text()).size() < shortestPassword;
    const bool differs = !m_again->text().isEmpty() && m_again->text() != m_replacement->text();
    m_currentRow->setError({});
    m_replacementRow->setError(tooShort ? tr("Use at least %1 characters.").arg(shortestPassword) : QString());
    m_againRow->setError(differs ? tr("The two are not the same.") : QString());
    QString why;
    if (m_current->text().isEmpty())
        why = tr("Type your current password first.");
    else if (m_replacement->text().isEmpty() || tooShort)
        why = tr("The new one has at least %1 characters.").arg(shortestPassword);
    else if (m_again->text() != m_replacement->text())
        why = tr("Type the new one twice.");
    m_change->setEnabled(why.isEmpty());
    m_change->setToolTip(why);
}

void PasswordPage::change()
{
    ChangePassword::Request ask;
    ask.current = utf8(m_current->text());
    ask.replacement = utf8(m_replacement->text());
    m_change->setEnabled(false);
    request<ChangePassword>(this, session(), ask, [this](Result<Empty> answer) {
        if (answer) {
            clear();
            m_told->setText(State::ok, tr("Changed."), tr("Your other sessions have ended."));
            m_told->show();
            return;
        }
        edited();
        m_told->hide();
        if (answer.error().kind == ErrorKind::Unauthenticated) {
            m_currentRow->setError(tr("This is not your current password."));
            m_current->setFocus();
            m_current->selectAll();
        } else {
            m_told->setText(State::failed, tr("Not changed."), errorLine(answer.error()));
            m_told->show();
        }
    });
}

void PasswordPage::clear()
{
    for (TextField* field : {m_current, m_replacement, m_again})
        field->clear();
}

}
