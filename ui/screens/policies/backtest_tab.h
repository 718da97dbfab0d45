#pragma once

#include "core/api/changes.h"
#include "core/api/policies.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

namespace ephor::ui {
class Button;
class CellsModel;
class DataTable;
class FilterBar;
class Label;
class LoadView;
class Segmented;
class Select;
class StatTile;
}

namespace ephor::ui::policies {

class BacktestBox;

/// What a draft policy, or a change that waits, would have changed in the recorded calls of the last days.
class BacktestTab : public QWidget {
    Q_OBJECT

public:
    BacktestTab(Screen& screen, QWidget* parent);

    /// policies/backtest?policy=limits or ?change=CH-12, with agent and days
    void open(const Route& route);
    Route route() const;
    /// Judges a draft that is not saved.
    void setDraft(const DraftPolicy& draft);
    void focusSearch();
    QList<Command> commands();

Q_SIGNALS:
    void moved();
    void navigate(const ephor::ui::Route& route);
    void notify(const ephor::ui::Notice& notice);
    void commandsChanged();

private:
    QWidget* makeQuestion();
    QWidget* makeTiles();
    QWidget* makeList();
    void loadChoices();
    void choose();
    QString whyNot() const;
    /// What was found holds for what was asked then.
    void questionChanged();
    QString questionKey() const;
    std::optional<Backtest::Request> wanted(QString& problem) const;
    void take(const Backtest::Response& found);
    void show();
    void exportCsv();

    Screen& m_screen;
    std::optional<DraftPolicy> m_typed; ///< handed over from the editor
    std::optional<Backtest::Response> m_found;
    QString m_judged; ///< what was judged, in words
    QString m_judgedKey; ///< and by what choices
    QString m_wantedKey; ///< of a route, until the choices come
    Latest m_askPolicies;
    Latest m_askChanges;
    Latest m_askAgents;
    Select* m_what = nullptr;
    Select* m_agent = nullptr;
    Segmented* m_days = nullptr;
    BacktestBox* m_box = nullptr;
    StatTile* m_calls = nullptr;
    StatTile* m_stricter = nullptr;
    StatTile* m_looser = nullptr;
    StatTile* m_unjudged = nullptr;
    QWidget* m_tiles = nullptr;
    FilterBar* m_bar = nullptr;
    Segmented* m_way = nullptr;
    Button* m_write = nullptr;
    CellsModel* m_model = nullptr;
    DataTable* m_table = nullptr;
    LoadView* m_view = nullptr;
};

}
