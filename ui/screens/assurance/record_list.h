#pragma once

#include "ui/kit/card.h"
#include "ui/screens/assurance/record_query.h"
#include "ui/screens/assurance/record_rows.h"
#include "ui/screens/assurance/record_timeline.h"

#include <QDateTime>
#include <functional>

class QLineEdit;

namespace ephor::ui {
class DataTable;
class KeepSelection;
class Label;
class LinkLabel;
class LoadView;
class TimeRuler;
}

namespace ephor::ui::assurance {

/// "Rows 1,525 to 1,546 of 24,118, exact count". Rows count from 1; `total` is what the core counted.
QString rowsWords(std::uint64_t first, std::uint64_t last, std::optional<std::uint64_t> total, bool exact);

/// The record as a table with a ruler of time over it. Unfiltered it reaches any of ten million rows at once; with a
/// query it pages through what matches.
class RecordList : public Card {
    Q_OBJECT

public:
    RecordList(Session& session, std::function<QDateTime()> now, QWidget* parent = nullptr);

    /// Begins anew with another query.
    void setAsk(const RecordAsk& ask);
    /// The record now has `size` entries: shows the new ones where somebody looks at the top, counts them otherwise.
    void setRecordSize(std::uint64_t size);
    /// Chooses an entry; unfiltered the table goes there.
    void select(std::optional<std::uint64_t> entry);
    /// Marks an entry as the chosen one where it is in view, without going there.
    void mark(std::uint64_t entry);
    /// The neighbour of the chosen row: -1 the newer, 1 the older.
    void selectNeighbour(int step);
    /// Names of those who act, for rows that carry only their id.
    void setActors(const std::vector<KnownActor>& actors);
    void setFilterField(QLineEdit* field);
    DataTable* table() const { return m_table; }
    const RecordModel& model() const { return *m_model; }

Q_SIGNALS:
    void entrySelected(quint64 index);
    void entryOpened(quint64 index);
    void runOpened(const QString& run);
    /// The ruler was used while a query is in force: the list should begin below this entry.
    void beforeWanted(quint64 index);
    void goToEntryRequested();
    void clearRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeTable();
    void makeFooter();
    void connectModel();
    QString runAt(int row) const;
    void fetch(const RecordModel::PageAsk& ask, RecordModel::Done done);
    void arrived();
    void showEmpty();
    void showFailure(const Error& error);
    void reveal();
    void seekTime(qint64 msecs);
    void tellWindow();
    void tellNew();
    bool isAtTop() const;

    Session& m_session;
    std::function<QDateTime()> m_now;
    RecordAsk m_ask;
    RecordTimeline m_timeline;
    std::uint64_t m_size = 0;
    std::optional<bool> m_isNarrow; ///< nothing before the first layout
    std::optional<bool> m_isTight;
    bool m_exact = true;
    std::optional<std::uint64_t> m_wanted; ///< to be brought into view once the rows are there
    RecordModel* m_model;
    DataTable* m_table;
    KeepSelection* m_selection = nullptr;
    TimeRuler* m_ruler;
    LoadView* m_view;
    Label* m_rows;
    LinkLabel* m_new;
};

}
