#pragma once

#include "core/api/grants.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/screens/policies/matrix_table.h"
#include "ui/screens/policies/staged_edits.h"

#include <QElapsedTimer>
#include <QTimer>

class QCheckBox;
class QHBoxLayout;

namespace ephor::ui {
class Banner;
class Button;
class Label;
class LoadView;
class SearchField;
class Segmented;
class Select;
}

namespace ephor::ui::policies {

class CellCard;
class StagedBar;

/// The access matrix: agents by tools, why a cell is what it is, and edits staged before they bind or become changes.
class AccessTab : public QWidget {
    Q_OBJECT

public:
    AccessTab(Screen& screen, QWidget* parent);

    /// policies/matrix?agent=refunds&tool=payments.send&team=finance&effect=write&q=send&differing=1
    void open(const Route& route);
    Route route() const;
    void load();
    void focusSearch();
    bool hasStaged() const { return !m_edits->cells().empty(); }
    QList<Command> commands();

Q_SIGNALS:
    void moved();
    void navigate(const ephor::ui::Route& route);
    void notify(const ephor::ui::Notice& notice);
    void commandsChanged();
    /// How many cells a tightening stands over.
    void loaded(const ephor::ReadMatrix::Response& matrix);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeBar();
    QWidget* makeMatrix();
    void fillLegend();
    void readControls();
    void show();
    void showCounts();
    void take(ReadMatrix::Response matrix);
    void select(const CellAt& at);
    void restoreSelection();
    void explain();
    void tellMissing();
    void offerAnswers(const QPoint& globalPosition);
    void stage(ephor::Access wanted);
    void openForm();
    void narrow();
    void stagedChanged();
    void preview();
    void review();
    void exportCsv();
    std::optional<CellAt> cellOf(const QVariant& rowKey, int column) const;
    QString titleOf(const std::string& agent) const;

    Screen& m_screen;
    ReadMatrix::Response m_matrix;
    MatrixTable m_table;
    MatrixFilter m_filter;
    std::map<CellAt, ephor::Access> m_inForce;
    std::optional<CellAt> m_chosen;
    bool m_isLoaded = false;
    bool m_mustExplain = false; ///< a route named the cell
    bool m_mayNarrow = false; ///< opened without a choice of its own: a large matrix may choose for it
    StagedEdits* m_edits;
    Latest m_read;
    Latest m_preview;
    Latest m_readCell;
    QElapsedTimer m_lastStep;
    QTimer m_explainSoon; ///< while somebody steps from cell to cell the explanation waits until they rest
    Banner* m_missing = nullptr; ///< a link named what the matrix does not have
    QCheckBox* m_differing = nullptr;
    Label* m_differCount = nullptr;
    Select* m_team = nullptr;
    Segmented* m_effect = nullptr;
    SearchField* m_search = nullptr;
    LoadView* m_view = nullptr;
    MatrixView* m_grid = nullptr;
    QHBoxLayout* m_legend = nullptr;
    std::vector<Label*> m_counts;
    Label* m_totals = nullptr;
    CellCard* m_card = nullptr;
    StagedBar* m_bar = nullptr;
};

}
