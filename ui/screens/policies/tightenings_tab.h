#pragma once

#include "core/api/grants.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/kit/cells_model.h"
#include "ui/screens/policies/staged_edits.h"

namespace ephor::ui {
class DataTable;
class Label;
class LoadView;
class SearchField;
}

namespace ephor::ui::policies {

/// A tightening that stands over a release, with what is told of it.
struct StandingTightening {
    CellAt at;
    QString agentTitle;
    std::uint64_t calls = 0;
    std::optional<ExplainGrant::Response> explained; ///< nothing: not known
};

/// The tightened cells of the matrix. Pure.
std::vector<StandingTightening> tightenedCells(const ReadMatrix::Response& matrix);
QStringList tighteningTitles();
/// One row each; those that hold `words` somewhere. Pure.
std::vector<CellRow> tighteningRows(const std::vector<StandingTightening>& standing, const QString& words);

/// What stands over releases: by whom and why. Survives rollbacks; loosened only by a change.
class TighteningsTab : public QWidget {
    Q_OBJECT

public:
    TighteningsTab(Screen& screen, QWidget* parent);

    void load();
    void focusSearch();

Q_SIGNALS:
    void cellWanted(const QString& agent, const QString& tool);
    void loaded(const ephor::ReadMatrix::Response& matrix);

private:
    void take(const ReadMatrix::Response& matrix);
    void explainAll();
    void show();

    Screen& m_screen;
    std::vector<StandingTightening> m_standing;
    Latest m_read;
    std::vector<RequestHandle> m_explaining;
    int m_awaited = 0;
    SearchField* m_search;
    Label* m_count;
    LoadView* m_view;
    CellsModel* m_rows;
    DataTable* m_table;
};

}
