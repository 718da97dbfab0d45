#pragma once

#include "core/api/people.h"
#include "ui/bridge/team_titles.h"
#include "ui/kit/cells_model.h"

#include <QDateTime>
#include <QStringList>

namespace ephor::ui::settings {

/// "Governance officer in cards, production"; "everywhere" for all teams and environments.
QString grantWords(const RoleGrant& grant, const TeamNames& teams = {});
/// Every role of a person on one line; what is held twice is told once.
QString grantsWords(const std::vector<RoleGrant>& grants, const TeamNames& teams = {});

QStringList peopleTitles();
CellRow personRow(const Person& person, const QDateTime& now, const TeamNames& teams = {});
/// Name, login, title and roles, for the filter field.
bool personFits(const Person& person, const QString& typed, const TeamNames& teams = {});

QStringList teamTitles();
CellRow teamRow(const Team& team);

QStringList keyTitles();
CellRow keyRow(const ServiceKey& key, const QDateTime& now, const TeamNames& teams = {});
/// "Revoked", "Expired", "Expires in 3 d", "In force".
struct KeyState {
    State state = State::ok;
    QString words;
    bool isInForce = true;
};
KeyState keyStateOf(const ServiceKey& key, const QDateTime& now);
/// The permissions that a service key may ever hold, out of those its maker holds.
std::vector<Permission> permissionsForKeys(const std::vector<Permission>& held);

/// The part of the person's form that an error belongs to.
enum class PersonField { none, login, name, roles, password };
PersonField personFieldOf(const Error& error);

}
