#pragma once

#include "ui/bridge/request.h"

#include <QHash>
#include <QString>

namespace ephor::ui {

/// What teams are called by people: "Customer care" for "customer-care".
class TeamNames {
public:
    TeamNames() = default;
    explicit TeamNames(QHash<QString, QString> titles)
        : m_titles(std::move(titles))
    {
    }

    /// The title; the name itself where it has none or is not known.
    QString of(const QString& team) const { return m_titles.value(team, team); }
    QString of(std::string_view team) const;
    bool operator==(const TeamNames&) const = default;

private:
    QHash<QString, QString> m_titles;
};

/// Those of a workspace. One for each session, asked for once and again when teams change. UI thread only.
class TeamTitles : public QObject {
    Q_OBJECT

public:
    /// The session's own; made, and asked for, with the first call.
    static TeamTitles& of(Session& session);

    /// Empty until they came.
    const TeamNames& names() const { return m_names; }
    /// Asks again: a team was added or renamed.
    void load();

Q_SIGNALS:
    /// Titles came or changed; whoever shows one shows it again.
    void changed();

private:
    explicit TeamTitles(Session& session);

    Session& m_session;
    TeamNames m_names;
    Latest m_ask;
};

}
