#include "core/trust/identity/teams.h"

#include "core/trust/identity/moment.h"

namespace ephor::identity {

namespace {

// Long enough for any department, short enough for a column.
constexpr std::size_t longestTeamName = 64;

bool isTeamName(const std::string& name)
{
    constexpr std::string_view first = "abcdefghijklmnopqrstuvwxyz0123456789";
    constexpr std::string_view rest = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
    return !name.empty() && name.size() <= longestTeamName && first.find(name.front()) != std::string_view::npos
        && name.find_first_not_of(rest) == std::string::npos;
}

}

Result<std::vector<Team>> listTeams(const store::Snapshot& snapshot)
{
    std::vector<Team> teams;
    EPHOR_TRY_VOID(
        snapshot.query("SELECT name, title, (SELECT COUNT(DISTINCT person.id) FROM role_grant JOIN person ON "
                       "person.id = role_grant.person WHERE role_grant.team = team.name AND person.active = 1) "
                       "FROM team ORDER BY name",
            {}, [&](const store::Row& row) -> Result<void> {
                teams.push_back(Team{row.string(0), row.string(1), std::uint64_t(row.integer(2)), 0});
                return {};
            }));
    return teams;
}

Result<void> putTeam(store::Transaction& transaction, const std::string& name, const std::string& title, Instant at)
{
    if (!isTeamName(name))
        return fail(Error(ErrorKind::Invalid, "teams.name-format", "This cannot be the name of a team.",
            "Use up to 64 of a to z, digits and - _ . beginning with a letter or digit.")
                .with("team", name.substr(0, longestTeamName)));
    EPHOR_TRY_VOID(transaction.run("INSERT INTO team (name, title, created_at) VALUES (?, ?, ?) "
                                   "ON CONFLICT (name) DO UPDATE SET title = excluded.title",
        {name, title.empty() ? name : title, storedMoment(at)}));
    return {};
}

Result<bool> teamExists(const store::Snapshot& snapshot, const std::string& name)
{
    EPHOR_TRY(const auto found, snapshot.integer("SELECT 1 FROM team WHERE name = ?", {name}));
    return found.has_value();
}

Result<void> requireTeam(const store::Snapshot& snapshot, const std::string& name)
{
    EPHOR_TRY(const bool exists, teamExists(snapshot, name));
    if (!exists)
        return fail(Error(ErrorKind::NotFound, "teams.unknown", "There is no such team.", "Add the team first.")
                .with("team", name));
    return {};
}

}
