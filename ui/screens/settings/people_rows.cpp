#include "ui/screens/settings/people_rows.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/format.h"

#include <algorithm>
#include <map>

namespace ephor::ui::settings {

namespace {

struct PeopleWording {
    Q_DECLARE_TR_FUNCTIONS(PeopleWording)
};

/// A key that ends within this many days is worth a mark: renewing takes somebody's time.
constexpr int soonDays = 14;

QString orDash(const std::string& words)
{
    return words.empty() ? format::unknown() : text(words);
}

QString when(Instant at, const QDateTime& now)
{
    return at == Instant{} ? PeopleWording::tr("never") : relativeTime(at, now);
}

Cell timeCell(Instant at, const QDateTime& now)
{
    Cell cell{when(at, now)};
    cell.sort = QVariant::fromValue<qlonglong>(at.time_since_epoch().count());
    if (at != Instant{})
        cell.toolTip = absoluteTime(at);
    return cell;
}

// "Finance, IT and Legal".
QString joined(QStringList names)
{
    const QString last = names.takeLast();
    return names.isEmpty() ? last : PeopleWording::tr("%1 and %2").arg(names.join(QStringLiteral(", ")), last);
}

Cell stateCell(State state, const QString& words)
{
    Cell cell{words};
    cell.state = state;
    return cell;
}

}

QString grantWords(const RoleGrant& grant, const TeamNames& teams)
{
    const bool everyTeam = grant.team == "*";
    const bool everywhere = grant.environment == "*";
    if (everyTeam && everywhere)
        return PeopleWording::tr("%1 everywhere").arg(word(grant.role));
    if (everyTeam)
        return PeopleWording::tr("%1 in %2").arg(word(grant.role), text(grant.environment));
    if (everywhere)
        return PeopleWording::tr("%1 in %2").arg(word(grant.role), teams.of(grant.team));
    return PeopleWording::tr("%1 in %2, %3").arg(word(grant.role), teams.of(grant.team), text(grant.environment));
}

QString grantsWords(const std::vector<RoleGrant>& grants, const TeamNames& teams)
{
    QStringList words;
    // The same role in several teams is told once.
    std::map<Role, QStringList> teamsOfRole;
    for (const RoleGrant& grant : grants) {
        if (grant.team != "*" && grant.environment == "*")
            teamsOfRole[grant.role] << teams.of(grant.team);
    }
    for (const RoleGrant& grant : grants) {
        QStringList where = grant.environment == "*" && grant.team != "*" ? teamsOfRole[grant.role] : QStringList();
        where.removeDuplicates();
        words << (where.size() < 2 ? grantWords(grant, teams)
                                   : PeopleWording::tr("%1 in %2").arg(word(grant.role), joined(where)));
    }
    words.removeDuplicates();
    return words.isEmpty() ? PeopleWording::tr("No role") : words.join(QStringLiteral(" · "));
}

QStringList peopleTitles()
{
    return {PeopleWording::tr("Name"), PeopleWording::tr("Login"), PeopleWording::tr("Roles"),
        PeopleWording::tr("Last seen"), PeopleWording::tr("State")};
}

CellRow personRow(const Person& person, const QDateTime& now, const TeamNames& teams)
{
    Cell name{text(person.name)};
    name.secondary = text(person.title);
    name.kind = CellKind::strongText;
    Cell roles{grantsWords(person.roles, teams)};
    roles.toolTip = roles.text;
    return {text(person.id),
        {name, {text(person.login)}, roles, timeCell(person.lastSeen, now),
            person.active ? stateCell(State::ok, PeopleWording::tr("Active"))
                          : stateCell(State::paused, PeopleWording::tr("Inactive"))}};
}

bool personFits(const Person& person, const QString& typed, const TeamNames& teams)
{
    const QString all = text(person.name) + u' ' + text(person.login) + u' ' + text(person.title) + u' '
        + grantsWords(person.roles, teams);
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(
        words.begin(), words.end(), [&](const QString& one) { return all.contains(one, Qt::CaseInsensitive); });
}

QStringList teamTitles()
{
    return {PeopleWording::tr("Team"), PeopleWording::tr("Title"), PeopleWording::tr("People"),
        PeopleWording::tr("Agents")};
}

CellRow teamRow(const Team& team)
{
    Cell name{text(team.name)};
    name.kind = CellKind::strongText;
    const auto number = [](std::uint64_t count) {
        Cell cell{numberText(count)};
        cell.kind = CellKind::number;
        cell.sort = QVariant::fromValue<qulonglong>(count);
        return cell;
    };
    Cell agents = number(team.agents);
    agents.kind = CellKind::link;
    return {text(team.name), {name, {orDash(team.title)}, number(team.people), agents}};
}

QStringList keyTitles()
{
    return {PeopleWording::tr("Name"), PeopleWording::tr("Begins with"), PeopleWording::tr("Scope"),
        PeopleWording::tr("May"), PeopleWording::tr("Owner"), PeopleWording::tr("Last used"),
        PeopleWording::tr("State")};
}

KeyState keyStateOf(const ServiceKey& key, const QDateTime& now)
{
    if (key.revokedAt != Instant{})
        return {State::denied, PeopleWording::tr("Revoked %1").arg(relativeTime(key.revokedAt, now)), false};
    const Instant today = instant(now);
    if (key.expiresAt <= today)
        return {State::warning, PeopleWording::tr("Expired %1").arg(relativeTime(key.expiresAt, now)), false};
    const bool soon = key.expiresAt - today < std::chrono::days(soonDays);
    return {
        soon ? State::warning : State::ok, PeopleWording::tr("Ends %1").arg(relativeTime(key.expiresAt, now)), true};
}

CellRow keyRow(const ServiceKey& key, const QDateTime& now, const TeamNames& teams)
{
    Cell name{text(key.name)};
    name.kind = CellKind::strongText;
    Cell prefix{text(key.prefix) + QChar(0x2026)};
    prefix.kind = CellKind::mono;
    const QString team = key.team == "*" ? PeopleWording::tr("all teams") : teams.of(key.team);
    Cell where{team + QStringLiteral(" · ")
        + (key.environment == "*" ? PeopleWording::tr("everywhere") : text(key.environment))};
    if (!key.agents.empty()) {
        QStringList agents;
        for (const std::string& agent : key.agents)
            agents << text(agent);
        where.secondary = agents.size() == 1 ? agents.first() : PeopleWording::tr("%1 agents").arg(agents.size());
        where.toolTip = agents.join(QLatin1Char('\n'));
    }
    QStringList may;
    for (const Permission permission : key.permissions)
        may << word(permission);
    Cell permissions{may.join(QStringLiteral(", "))};
    permissions.toolTip = may.join(QLatin1Char('\n'));
    const KeyState state = keyStateOf(key, now);
    Cell status = stateCell(state.state, state.words);
    status.toolTip = absoluteTime(key.revokedAt != Instant{} ? key.revokedAt : key.expiresAt);
    status.sort = QVariant::fromValue<qlonglong>(key.expiresAt.time_since_epoch().count());
    return {
        text(key.id), {name, prefix, where, permissions, {orDash(key.ownerName)}, timeCell(key.lastUsed, now), status}};
}

std::vector<Permission> permissionsForKeys(const std::vector<Permission>& held)
{
    // What only people may do, and what a leaked key must not be able to do, stays with people.
    const auto isForPeople = [](Permission permission) {
        switch (permission) {
        case Permission::None:
        case Permission::ApproveChanges:
        case Permission::DecideActions:
        case Permission::ManagePeople:
        case Permission::ManageKeys:
        case Permission::OpenSealed:
            return true;
        default:
            return false;
        }
    };
    std::vector<Permission> offered;
    std::copy_if(held.begin(), held.end(), std::back_inserter(offered),
        [&](Permission permission) { return !isForPeople(permission); });
    return offered;
}

PersonField personFieldOf(const Error& error)
{
    if (error.code == "people.login-taken" || error.code == "people.login-format")
        return PersonField::login;
    if (error.code == "people.weak-password" || error.code == "people.own-password")
        return PersonField::password;
    if (error.code == "identity.own-roles" || error.code == "identity.last-admin" || error.code == "teams.unknown")
        return PersonField::roles;
    return PersonField::none;
}

}
