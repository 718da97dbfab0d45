#pragma once

#include "ui/kit/state.h"

#include <QWidget>
#include <vector>

class QHBoxLayout;
class QVBoxLayout;

namespace ephor::ui {

/// The strip over everything: environment, workspace, a notice, and SIMULATED while anything is.
class EnvironmentStrip : public QWidget {
    Q_OBJECT

public:
    enum class Environment { production, staging, development };
    enum class Simulation { off, on };

    explicit EnvironmentStrip(QWidget* parent = nullptr);

    void setEnvironment(Environment environment);
    void setWorkspace(const QString& name);
    /// What this installation cannot promise, for example who could alter it.
    void setNotice(const QString& text);
    /// What is stopped, beside a loud tag; empty when nothing is.
    void setStop(const QString& text);
    QString stop() const { return m_stop; }
    /// The tag and the words before it ("Demo models and traffic").
    void setSimulation(Simulation simulation, const QString& text = {});

    QSize sizeHint() const override { return {400, 24}; }
    QSize minimumSizeHint() const override { return {200, 24}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void announce();

    Environment m_environment = Environment::development;
    Simulation m_simulation = Simulation::off;
    QString m_workspace;
    QString m_notice;
    QString m_stop;
    QString m_simulationText;
};

/// The left rail: brand, places, the person.
class NavRail : public QWidget {
    Q_OBJECT

public:
    struct Place {
        QString id;
        QString title;
        Icon icon = Icon::none;
    };

    explicit NavRail(QWidget* parent = nullptr);

    void setBrand(const QString& name);
    /// Ctrl+1 .. Ctrl+9, Ctrl+0 in this order; the shell makes the shortcuts.
    void setPlaces(std::vector<Place> places);
    void setCurrent(const QString& id);
    QString current() const;
    /// A number instead of the key; 0 shows the key again. `waiting` makes it loud.
    void setBadge(const QString& id, int count, State state = State::waiting);
    void setPerson(const QString& fullName, const QString& role);

    /// As wide as its words are large.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {sizeHint().width(), 440}; }

Q_SIGNALS:
    void placeChosen(const QString& id);
    /// The block at the bottom was clicked.
    void personMenuRequested(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class NavBrand* m_brand;
    class NavPerson* m_person;
    QVBoxLayout* m_list;
    std::vector<class NavItem*> m_items;
};

/// The line at the bottom. Cells are named, so that they can be changed one at a time.
class StatusBar : public QWidget {
    Q_OBJECT

public:
    enum class Side { left, right };

    explicit StatusBar(QWidget* parent = nullptr);

    /// Makes or changes a cell. State::neutral has no glyph.
    void setCell(const QString& id, const QString& text, State state = State::neutral, Side side = Side::left);
    /// A cell with an icon of its own.
    void setCell(const QString& id, const QString& text, Icon icon, Side side);

    QSize sizeHint() const override { return {400, 24}; }
    QSize minimumSizeHint() const override { return {200, 24}; }

Q_SIGNALS:
    void cellClicked(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class StatusCell* cell(const QString& id, Side side);

    QHBoxLayout* m_left;
    QHBoxLayout* m_right;
    std::vector<class StatusCell*> m_cells;
};

}
