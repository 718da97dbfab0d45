#include "ui/screens/settings/key_dialog.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace ephor::ui::settings {

namespace {

constexpr int keyDays[] = {7, 30, 90, 180, 365};
constexpr int usualDays = 2;

QHBoxLayout* sideBySide(QWidget* first, QWidget* second)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::space12);
    row->addWidget(first, 1, Qt::AlignTop);
    row->addWidget(second, 1, Qt::AlignTop);
    return row;
}

}

KeyDialog::KeyDialog(
    const Teams& teams, const QString& environment, const std::vector<Permission>& offered, QWidget* parent)
    : Dialog(tr("Create a service key"),
          tr("For a program that calls agents. It can never approve, decide or manage people, whatever is chosen "
             "here."),
          parent)
    , m_form(new QWidget(this))
    , m_name(new TextField(tr("Name"), this))
    , m_team(new Select(tr("Team"), this))
    , m_environment(new Select(tr("Environment"), this))
    , m_days(new Select(tr("Ends after"), this))
    , m_agents(new TextField(tr("Only these agents"), this))
    , m_failed(new Banner(State::failed, {}, {}, this))
{
    setMinimumWidth(560);
    makeForm(teams, environment, offered);
    body()->addWidget(m_form);
    body()->addWidget(m_failed);
    m_failed->hide();
    m_cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_create = addButton(tr("Create key"), Button::Role::primary);
    connect(m_cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_create, &QAbstractButton::clicked, this, &KeyDialog::createRequested);
    connect(m_name, &QLineEdit::textChanged, this, &KeyDialog::edited);
    edited();
    m_name->setFocus();
}

void KeyDialog::makeForm(const Teams& teams, const QString& environment, const std::vector<Permission>& offered)
{
    auto* rows = new QVBoxLayout(m_form);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space12);
    m_nameRow = new FormRow(tr("Name"), m_name, tr("What it is for: checkout backend"), m_form);
    rows->addWidget(m_nameRow);
    for (const auto& [name, title] : teams)
        m_team->addItem(title, name);
    m_team->addItem(tr("All teams"), QStringLiteral("*"));
    m_environment->addItem(environment, environment);
    m_environment->addItem(tr("Everywhere"), QStringLiteral("*"));
    rows->addLayout(sideBySide(
        new FormRow(tr("Team"), m_team, {}, m_form), new FormRow(tr("Environment"), m_environment, {}, m_form)));
    for (const int days : keyDays)
        m_days->addItem(tr("%1 days").arg(days), days);
    m_days->setCurrentIndex(usualDays);
    rows->addLayout(sideBySide(new FormRow(tr("Ends after"), m_days, {}, m_form),
        new FormRow(
            tr("Only these agents"), m_agents, tr("Names with commas between. Empty: all of the team."), m_form)));
    rows->addWidget(new Label(tr("It may"), TextStyle::smallMedium, Token::textSecondary, m_form));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::space16);
    grid->setVerticalSpacing(metrics::space4);
    for (const Permission permission : offered) {
        auto* box = new QCheckBox(word(permission), m_form);
        box->setChecked(permission == Permission::View || permission == Permission::InvokeAgents);
        connect(box, &QAbstractButton::toggled, this, &KeyDialog::edited);
        const int at = static_cast<int>(m_permissions.size());
        grid->addWidget(box, at / 2, at % 2);
        m_permissions.emplace_back(permission, box);
    }
    rows->addLayout(grid);
}

void KeyDialog::edited()
{
    const bool anything = std::any_of(
        m_permissions.begin(), m_permissions.end(), [](const auto& one) { return one.second->isChecked(); });
    const bool named = !m_name->text().trimmed().isEmpty();
    m_create->setEnabled(named && anything);
    m_create->setToolTip(!named ? tr("Give it a name.")
            : anything          ? QString()
                                : tr("A key that may do nothing is of no use."));
}

CreateKey::Request KeyDialog::request() const
{
    CreateKey::Request ask;
    ask.name = utf8(m_name->text().trimmed());
    ask.team = utf8(m_team->currentData().toString());
    ask.environment = utf8(m_environment->currentData().toString());
    ask.days = static_cast<std::uint64_t>(m_days->currentData().toInt());
    for (const QString& agent : m_agents->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (!agent.trimmed().isEmpty())
            ask.agents.push_back(utf8(agent.trimmed()));
    }
    for (const auto& [permission, box] : m_permissions) {
        if (box->isChecked())
            ask.permissions.push_back(permission);
    }
    return ask;
}

void KeyDialog::showError(const Error& error)
{
    m_failed->setText(State::failed, tr("Not created."), errorLine(error));
    m_failed->show();
}

void KeyDialog::showToken(const CreateKey::Response& made)
{
    m_form->hide();
    m_failed->setText(State::warning, tr("Copy it now."), tr("It is shown this one time; only its hash is kept."));
    m_failed->show();
    auto* token = new TextField(tr("Token"), this);
    token->setText(text(made.token));
    token->setReadOnly(true);
    token->setMonospace();
    token->setCursorPosition(0);
    auto* copy = new Button(tr("Copy"), Button::Role::primary, this);
    copy->setGlyph(Icon::copy);
    connect(copy, &QAbstractButton::clicked, this, [copy, words = text(made.token)] {
        QGuiApplication::clipboard()->setText(words);
        copy->setText(tr("Copied"));
    });
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::space8);
    line->addWidget(new FormRow(tr("Token of %1").arg(text(made.key.name)), token,
                        tr("Ends %1").arg(absoluteTime(made.key.expiresAt)), this),
        1);
    line->addWidget(copy, 0, Qt::AlignVCenter);
    body()->addLayout(line);
    m_create->hide();
    m_cancel->setText(tr("Close"));
    // Widgets that were just added count only once they are shown, a turn of the event loop later.
    QTimer::singleShot(0, this, [this] { resize(width(), layout()->totalHeightForWidth(width())); });
}

}
