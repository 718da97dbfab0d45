#include "ui/screens/settings/person_form.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/switch.h"
#include "ui/screens/settings/people_rows.h"
#include "ui/screens/settings/role_grid.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ephor::ui::settings {

PersonForm::PersonForm(QWidget* parent)
    : Card(tr("Person"), Padding::none, parent)
    , m_name(new TextField(tr("Name"), this))
    , m_login(new TextField(tr("Login"), this))
    , m_title(new TextField(tr("Title"), this))
    , m_password(new TextField(tr("Password"), this))
    , m_nameRow(new FormRow(tr("Name"), m_name, {}, this))
    , m_loginRow(new FormRow(tr("Login"), m_login, tr("What they sign in with."), this))
    , m_titleRow(new FormRow(tr("Title"), m_title, {}, this))
    , m_passwordRow(new FormRow(tr("New password"), m_password, tr("At least 10 characters. Empty: unchanged."), this))
    , m_roles(new RoleGrid(this))
    , m_rolesError(new Label({}, TextStyle::small, Token::badgeErrorText, this))
    , m_active(new Switch(tr("Active: may sign in and act"), this))
    , m_seen(new Label({}, TextStyle::small, Token::textMuted, this))
    , m_told(new Banner(State::ok, {}, {}, this))
    , m_save(new Button(tr("Save"), Button::Role::primary, this))
    , m_cancel(new Button(tr("Cancel"), Button::Role::secondary, this))
    , m_access(new Button(tr("What they may do"), Button::Role::secondary, this))
{
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget(area);
    content->setBackgroundRole(QPalette::Base);
    area->viewport()->setBackgroundRole(QPalette::Base);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(metrics::space12, metrics::space12, metrics::space12, metrics::space12);
    rows->setSpacing(metrics::space12);
    auto* names = new QHBoxLayout;
    names->setSpacing(metrics::space12);
    names->addWidget(m_loginRow, 1, Qt::AlignTop);
    names->addWidget(m_titleRow, 1, Qt::AlignTop);
    auto* rolesLabel = new Label(
        tr("Roles, each in a team and an environment"), TextStyle::smallMedium, Token::textSecondary, content);
    m_rolesError->setOverflow(Label::Overflow::wrap);
    m_password->setEchoMode(QLineEdit::Password);
    rows->addWidget(m_nameRow);
    rows->addLayout(names);
    rows->addWidget(rolesLabel);
    rows->addWidget(m_roles);
    rows->addWidget(m_rolesError);
    rows->addWidget(m_passwordRow);
    rows->addWidget(m_active, 0, Qt::AlignLeft);
    rows->addWidget(m_seen);
    rows->addStretch(1);
    area->setWidget(content);
    setBody(area);
    body()->addWidget(m_told);
    footer()->addWidget(m_save);
    footer()->addWidget(m_cancel);
    footer()->addStretch(1);
    footer()->addWidget(m_access);
    m_told->hide();
    for (TextField* field : {m_name, m_login, m_title, m_password}) {
        connect(field, &QLineEdit::textChanged, this, &PersonForm::edited);
        connect(field, &QLineEdit::returnPressed, m_save, &QAbstractButton::click);
    }
    connect(m_roles, &RoleGrid::changed, this, &PersonForm::edited);
    connect(m_active, &QAbstractButton::toggled, this, &PersonForm::edited);
    connect(m_save, &QAbstractButton::clicked, this, &PersonForm::saveRequested);
    connect(m_cancel, &QAbstractButton::clicked, this, &PersonForm::cancelled);
    connect(m_access, &QAbstractButton::clicked, this, &PersonForm::accessRequested);
}

void PersonForm::setChoices(const QStringList& teams, const QStringList& environments, const TeamNames& names)
{
    m_filling = true;
    m_roles->setChoices(teams, environments, names);
    m_filling = false;
}

void PersonForm::fill(const Person& person)
{
    m_filling = true;
    m_before = person;
    m_name->setText(text(person.name));
    m_login->setText(text(person.login));
    m_title->setText(text(person.title));
    m_password->clear();
    m_active->setChecked(person.active);
    m_roles->setGrants(person.roles);
    m_filling = false;
    m_told->hide();
    clearErrors();
}

void PersonForm::setPerson(const Person& person, Whose whose, const QString& refusal, const QDateTime& now)
{
    m_whose = whose;
    fill(person);
    setTitle(text(person.name));
    setSubtitle(whose == Whose::own ? tr("This is you") : QString());
    m_seen->setText(tr("Added %1 · last seen %2")
            .arg(relativeTime(person.createdAt, now),
                person.lastSeen == Instant{} ? tr("never") : relativeTime(person.lastSeen, now)));
    m_save->setText(tr("Save"));
    m_access->show();
    m_access->setText(whose == Whose::own ? tr("What I may do") : tr("What they may do"));
    m_passwordRow->setVisible(whose == Whose::other);
    setEditable(refusal);
    edited();
}

void PersonForm::setNew()
{
    m_whose = Whose::other;
    Person nobody;
    RoleGrant viewer;
    nobody.roles = {viewer};
    fill(nobody);
    setTitle(tr("Add a person"));
    setSubtitle({});
    m_seen->setText(tr("Give them the password in person; they can change it under My password."));
    m_save->setText(tr("Add"));
    m_access->hide();
    m_passwordRow->setVisible(true);
    setEditable({});
    edited();
    m_name->setFocus();
}

void PersonForm::setEditable(const QString& refusal)
{
    m_refusal = refusal;
    const bool may = refusal.isEmpty();
    for (QWidget* widget : {static_cast<QWidget*>(m_name), static_cast<QWidget*>(m_login),
             static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_password), static_cast<QWidget*>(m_active)}) {
        widget->setEnabled(may);
        widget->setToolTip(refusal);
    }
    m_roles->setRefusal(refusal);
}

bool PersonForm::isChanged() const
{
    if (!m_refusal.isEmpty())
        return false;
    return utf8(m_name->text()) != m_before.name || utf8(m_login->text()) != m_before.login
        || utf8(m_title->text()) != m_before.title || !m_password->text().isEmpty()
        || m_active->isChecked() != m_before.active || m_roles->grants() != m_before.roles;
}

void PersonForm::edited()
{
    if (m_filling)
        return;
    const bool complete = !m_name->text().trimmed().isEmpty() && !m_login->text().trimmed().isEmpty();
    m_save->setEnabled(isChanged() && complete);
    m_save->setToolTip(!m_refusal.isEmpty() ? m_refusal
            : !complete                     ? tr("A person needs a name and a login.")
            : !isChanged()                  ? tr("Nothing has changed.")
                                            : QString());
    m_cancel->setEnabled(isNew() || isChanged());
    m_cancel->setToolTip(m_cancel->isEnabled() ? QString() : tr("Nothing has changed."));
}

SavePerson::Request PersonForm::request() const
{
    SavePerson::Request ask;
    ask.id = m_before.id;
    ask.login = utf8(m_login->text().trimmed());
    ask.name = utf8(m_name->text().trimmed());
    ask.title = utf8(m_title->text().trimmed());
    for (const RoleGrant& grant : m_roles->grants())
        ask.roles.push_back(grant);
    ask.active = m_active->isChecked();
    ask.password = utf8(m_password->text());
    return ask;
}

void PersonForm::clearErrors()
{
    for (FormRow* row : {m_nameRow, m_loginRow, m_titleRow, m_passwordRow})
        row->setError({});
    m_rolesError->hide();
}

void PersonForm::showError(const Error& error)
{
    clearErrors();
    m_told->hide();
    const QString words = errorLine(error);
    switch (personFieldOf(error)) {
    case PersonField::login:
        m_loginRow->setError(words);
        m_login->setFocus();
        return;
    case PersonField::name:
        m_nameRow->setError(words);
        m_name->setFocus();
        return;
    case PersonField::password:
        m_passwordRow->setError(words);
        m_password->setFocus();
        return;
    case PersonField::roles:
        m_rolesError->setText(words);
        m_rolesError->show();
        return;
    case PersonField::none:
        m_told->setText(State::failed, tr("Not saved."), words);
        m_told->show();
        return;
    }
}

void PersonForm::showSaved()
{
    m_told->setText(State::ok, tr("Saved"), tr("It is in the record."));
    m_told->show();
}

}
