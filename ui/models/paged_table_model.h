#pragma once

#include "core/base/result.h"
#include "ui/kit/cell.h"
#include "ui/models/paged_table_base.h"

#include <QPointer>
#include <functional>
#include <list>
#include <set>
#include <unordered_map>
#include <vector>

namespace ephor::ui {

/// How rows of a list are reached.
enum class Addressing {
    index, ///< by index in a sequence that only grows: any row at once (the unfiltered record)
    cursor, ///< page after page (filtered and keyset lists): a jump fetches what lies between
};

/// A table over a list too long to hold: only the pages that are looked at are fetched, and the 64 used last kept.
/// A row that is not here yet answers CellRole::loading. Newest first.
///
/// A list is made by deriving: `cell` and `keyOf`. `Fetch` is called on the UI thread and must give its answer later,
/// on the UI thread, by `done` (a `request` with an owner does both):
///
///     RunsModel model({tr("Run"), tr("Agent")}, this);
///     model.setFetch(Addressing::cursor, [this](const PageAsk& ask, auto done) {
///         request<ListRuns>(this, session(), {m_filter, {utf8(ask.cursor), ask.limit}}, [done](auto answer) { … });
///         });
///
/// A new filter or order is a new `setFetch` or a `restart`; answers to the old one are dropped by their generation.
template <class Row> class PagedTableModel : public PagedTableBase {
public:
    /// What is wanted. By index: `limit` rows below `before`, newest first. By cursor: the page after `cursor`, empty
    /// for the first.
    struct PageAsk {
        std::uint64_t before = 0;
        std::uint64_t limit = pageRows;
        QString cursor;
    };
    struct Page {
        std::vector<Row> rows; ///< newest first
        QString next = {}; ///< by cursor: the next page; empty after the last
        std::optional<std::uint64_t> total = {}; ///< by index: of the whole sequence
        bool exact = true; ///< false: counting stopped at `total`
    };
    using Done = std::function<void(Result<Page>)>;
    using Fetch = std::function<void(const PageAsk&, Done)>;

    explicit PagedTableModel(const QStringList& titles, QObject* parent = nullptr)
        : PagedTableBase(titles, parent)
    {
    }

    /// Forgets everything and begins anew. By index, the first ask has before = 0: the newest rows, whatever the total.
    void setFetch(Addressing addressing, Fetch fetch);
    /// Forgets everything; for a new filter.
    void restart();
    /// Asks again for what is seen and shows the old rows meanwhile; for a hint that the list changed.
    void reload();

    /// A loaded row, or null. Fetches its page when it is not here.
    const Row* row(int row) const;
    /// By index: makes the window contain `index` and gives its row.
    int seek(std::uint64_t index);
    void seekNewest();
    const PageWindow& window() const { return m_window; }
    std::optional<std::uint64_t> total() const { return m_told; }
    bool isLoading() const { return m_fetching > 0; }
    bool hasFailed() const { return m_failed; }

    int rowCount(const QModelIndex& parent = {}) const final;
    QVariant data(const QModelIndex& index, int role) const final;
    QString keyAt(int row) const final;
    int rowOfKey(const QString& key) const final;

protected:
    /// One role of one cell of a loaded row.
    virtual QVariant cell(const Row& row, int column, int role) const = 0;
    virtual QString keyOf(const Row& row) const = 0;

private:
    struct Held {
        std::vector<Row> rows;
        std::uint64_t first = 0; ///< by index: lowest index held
        bool stale = false;
        std::list<std::uint64_t>::iterator used;
    };

    PagedTableModel* self() const { return const_cast<PagedTableModel*>(this); }
    std::uint64_t pageOfRow(int row) const;
    const Row* held(int row) const;
    void want(std::uint64_t page);
    void ask(std::uint64_t page);
    void arrived(std::uint64_t page, Result<Page> answer);
    void hold(std::uint64_t page, Page answer);
    void touch(Held& held);
    void setRows(int rows);
    void grow(std::uint64_t total);
    int wantedRows() const;
    void tellTotal(std::optional<std::uint64_t> total, bool exact);

    Addressing m_addressing = Addressing::cursor;
    Fetch m_fetch;
    std::uint64_t m_generation = 0;
    int m_fetching = 0;
    bool m_failed = false;
    bool m_opened = false;
    int m_rows = 0;
    std::optional<std::uint64_t> m_told;
    bool m_exact = true;

    PageWindow m_window; // by index
    std::vector<QString> m_cursors; // by cursor: of page n; the first is empty
    bool m_last = false; // by cursor: the last page is known
    std::uint64_t m_end = 0; // by cursor: rows known to exist
    std::optional<std::uint64_t> m_goal; // by cursor: page a jump is on its way to

    std::unordered_map<std::uint64_t, Held> m_pages;
    std::list<std::uint64_t> m_used; // newest use first
    std::set<std::uint64_t> m_asked;
};

}

#include "ui/models/paged_table_model_body.h"
