#pragma once

#include "core/domain/principal.h"
#include "ui/bridge/team_titles.h"

#include <QStringList>
#include <QWidget>
#include <vector>

class QGridLayout;

namespace ephor::ui {
class Button;
class Select;
}

namespace ephor::ui::settings {

/// The roles of a person: one line for each team and environment.
class RoleGrid : public QWidget {
    Q_OBJECT

public:
    explicit RoleGrid(QWidget* parent = nullptr);

    /// What may be chosen besides every team and every environment.
    void setChoices(const QStringList& teams, const QStringList& environments, const TeamNames& names = {});
    void setGrants(const std::vector<RoleGrant>& grants);
    std::vector<RoleGrant> grants() const;
    /// Shown and not changeable, with why; empty: changeable.
    void setRefusal(const QString& why);

Q_SIGNALS:
    void changed();

private:
    struct Line {
        Select* role;
        Select* team;
        Select* environment;
        QWidget* remove;
    };
    void rebuild(const std::vector<RoleGrant>& grants);
    void addLine(const RoleGrant& grant);
    Select* makeSelect(const QString& name, const QStringList& known, const QString& every, const std::string& value);

    QStringList m_teams;
    TeamNames m_names;
    QStringList m_environments;
    QString m_refusal;
    std::vector<Line> m_lines;
    QGridLayout* m_grid;
    Button* m_add;
};

}
