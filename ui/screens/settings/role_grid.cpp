#include "ui/screens/settings/role_grid.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace ephor::ui::settings {

namespace {

constexpr Role allRoles[] = {Role::Viewer, Role::Owner, Role::Admin, Role::Officer, Role::Auditor};

QString roleMeaning(Role role)
{
    switch (role) {
    case Role::Viewer:
        return RoleGrid::tr("Sees definitions, runs without content and numbers");
    case Role::Admin:
        return RoleGrid::tr("Configures agents and people; approves nothing");
    case Role::Officer:
        return RoleGrid::tr("Approves changes and actions, reads the record; edits nothing");
    case Role::Auditor:
        return RoleGrid::tr("Reads everything, changes nothing");
    case Role::Owner:
        return RoleGrid::tr("Edits the team's agents and answers what they ask");
    }
    return {};
}

}

RoleGrid::RoleGrid(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout)
    , m_add(new Button(tr("Add role"), Button::Role::quiet, this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space4);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(metrics::space8);
    m_grid->setVerticalSpacing(metrics::space4);
    m_grid->setColumnStretch(0, 16);
    m_grid->setColumnStretch(1, 10);
    m_grid->setColumnStretch(2, 11);
    rows->addLayout(m_grid);
    m_add->setGlyph(Icon::plus);
    m_add->setSize(Button::Size::compact);
    rows->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QAbstractButton::clicked, this, [this] {
        std::vector<RoleGrant> more = grants();
        more.emplace_back();
        rebuild(more);
        Q_EMIT changed();
        m_lines.back().role->setFocus();
    });
}

void RoleGrid::setChoices(const QStringList& teams, const QStringList& environments, const TeamNames& names)
{
    m_names = names;
    const std::vector<RoleGrant> kept = grants();
    m_teams = teams;
    m_environments = environments;
    rebuild(kept);
}

void RoleGrid::setGrants(const std::vector<RoleGrant>& grants)
{
    rebuild(grants);
}

void RoleGrid::setRefusal(const QString& why)
{
    m_refusal = why;
    rebuild(grants());
}

std::vector<RoleGrant> RoleGrid::grants() const
{
    std::vector<RoleGrant> grants;
    for (const Line& line : m_lines) {
        RoleGrant grant;
        grant.role = static_cast<Role>(line.role->currentData().toInt());
        grant.team = utf8(line.team->currentData().toString());
        grant.environment = utf8(line.environment->currentData().toString());
        grants.push_back(grant);
    }
    return grants;
}

Select* RoleGrid::makeSelect(
    const QString& name, const QStringList& known, const QString& every, const std::string& value)
{
    auto* select = new Select(name, this);
    select->addItem(every, QStringLiteral("*"));
    QStringList values = known;
    // A role given in a team that is not listed any more stays visible as it is.
    if (value != "*" && !values.contains(text(value)))
        values << text(value);
    for (const QString& one : values)
        select->addItem(m_names.of(one), one);
    select->setCurrentIndex(std::max(0, select->findData(text(value))));
    return select;
}

void RoleGrid::addLine(const RoleGrant& grant)
{
    const int at = static_cast<int>(m_lines.size());
    const QString number = QString::number(at + 1);
    auto* role = new Select(tr("Role %1").arg(number), this);
    for (const Role one : allRoles) {
        role->addItem(word(one), static_cast<int>(one));
        role->setItemData(role->count() - 1, roleMeaning(one), Qt::ToolTipRole);
    }
    role->setCurrentIndex(role->findData(static_cast<int>(grant.role)));
    Select* team = makeSelect(tr("Team of role %1").arg(number), m_teams, tr("All teams"), grant.team);
    Select* environment
        = makeSelect(tr("Environment of role %1").arg(number), m_environments, tr("Everywhere"), grant.environment);
    auto* remove = new IconButton(Icon::trash, tr("Remove role %1").arg(number), this);
    m_lines.push_back({role, team, environment, remove});
    int column = 0;
    for (QWidget* widget : {static_cast<QWidget*>(role), static_cast<QWidget*>(team),
             static_cast<QWidget*>(environment), static_cast<QWidget*>(remove)}) {
        widget->setEnabled(m_refusal.isEmpty());
        if (!m_refusal.isEmpty())
            widget->setToolTip(m_refusal);
        m_grid->addWidget(widget, at, column++);
    }
    for (Select* select : {role, team, environment}) {
        select->setMinimumWidth(0);
        select->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        connect(select, &QComboBox::currentIndexChanged, this, &RoleGrid::changed);
    }
    connect(remove, &QAbstractButton::clicked, this, [this, at] {
        std::vector<RoleGrant> fewer = grants();
        fewer.erase(fewer.begin() + at);
        rebuild(fewer);
        Q_EMIT changed();
    });
}

void RoleGrid::rebuild(const std::vector<RoleGrant>& grants)
{
    for (const Line& line : m_lines) {
        for (QWidget* widget : {static_cast<QWidget*>(line.role), static_cast<QWidget*>(line.team),
                 static_cast<QWidget*>(line.environment), line.remove}) {
            m_grid->removeWidget(widget);
            widget->hide();
            widget->deleteLater();
        }
    }
    m_lines.clear();
    for (const RoleGrant& grant : grants)
        addLine(grant);
    m_add->setEnabled(m_refusal.isEmpty());
    m_add->setToolTip(m_refusal);
}

}
