#pragma once

#include "core/api/grants.h"
#include "ui/bridge/propose_change.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/kit/cells_model.h"

namespace ephor::ui {
class DataTable;
class Label;
class LoadView;
class SearchField;
}

namespace ephor::ui::policies {

QStringList tighteningTitles();
/// One row each, keyed by its place in the list; those that hold `words` somewhere. Pure.
std::vector<CellRow> tighteningRows(
    const std::vector<StandingTightening>& standing, const QString& words, const QDateTime& now);
/// The change that would undo it: what the release says holds again. Nothing where no release has a rule for the cell:
/// then nothing would be allowed without the tightening either. Pure.
std::optional<ProposeChange::Proposal> undoProposal(const StandingTightening& standing);

/// What stands over releases: since when, by whom and why. Survives rollbacks; undone only by a change.
class TighteningsTab : public QWidget {
    Q_OBJECT

public:
    TighteningsTab(Screen& screen, QWidget* parent);

    void load();
    void focusSearch();
    /// Of the row that is chosen: undoing it.
    QList<Command> commands();

Q_SIGNALS:
    void cellWanted(const QString& agent, const QString& tool);
    void changeWanted(const QString& id);
    void loaded(quint64 count);
    void commandsChanged();

private:
    void show();
    const StandingTightening* at(int row) const;
    QString whyNotUndo(const StandingTightening& standing) const;
    void undo(int row);

    Screen& m_screen;
    std::vector<StandingTightening> m_standing;
    bool m_isLoaded = false;
    Latest m_read;
    SearchField* m_search;
    Label* m_count;
    LoadView* m_view;
    CellsModel* m_rows;
    DataTable* m_table;
};

}
