#include "ui/bridge/team_titles.h"

#include "core/api/people.h"
#include "ui/bridge/values.h"

namespace ephor::ui {

QString TeamNames::of(std::string_view team) const
{
    return of(text(team));
}

TeamTitles::TeamTitles(Session& session)
    : QObject(&session)
    , m_session(session)
{
    load();
}

TeamTitles& TeamTitles::of(Session& session)
{
    if (auto* made = session.findChild<TeamTitles*>(QString(), Qt::FindDirectChildrenOnly))
        return *made;
    return *new TeamTitles(session);
}

void TeamTitles::load()
{
    m_ask.request<ListTeams>(
        this, m_session, {},
        [this](Result<ListTeams::Response> answer) {
            // A name says as much as its title, only less well: without an answer it stands for it.
            if (!answer)
                return;
            QHash<QString, QString> titles;
            for (const Team& team : answer->teams) {
                if (!team.title.empty())
                    titles.insert(text(team.name), text(team.title));
            }
            TeamNames names(std::move(titles));
            if (names == m_names)
                return;
            m_names = std::move(names);
            Q_EMIT changed();
        },
        Waiting::nobody);
}

}
