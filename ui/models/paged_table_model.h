#pragma once

#include "core/base/result.h"
#include "ui/kit/cell.h"
#include "ui/models/cursor_chain.h"
#include "ui/models/paged_table_base.h"

#include <QPointer>
#include <QTimer>
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
        std::vector<Row> rows; ///< newest first; as many as asked for, or the last ones
        QString next = {}; ///< by cursor: the next page; empty after the last
        std::optional<std::uint64_t> total = {}; ///< by index: of the whole sequence
        bool exact = true; ///< false: counting stopped at `total`
    };
    using Done = std::function<void(Result<Page>)>;
    using Fetch = std::function<void(const PageAsk&, Done)>;

    explicit PagedTableModel(const QStringList& titles, QObject* parent = nullptr)
        : PagedTableBase(titles, parent)
    {
        m_soon.setSingleShot(true);
        m_soon.callOnTimeout(this, [this] { askWanted(); });
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
    bool isLoading() const { return !m_asked.empty(); }
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
        std::vector<Row> rows; ///< newest first
        std::uint64_t first = 0; ///< by index: lowest index held
        bool stale = false; ///< shown, and asked for again when it is looked at
        std::list<std::uint64_t>::iterator used;
    };
    /// The newest page, asked for without knowing how much there is.
    static constexpr std::uint64_t opening = ~std::uint64_t(0);
    /// Pages asked for at once, and pages waiting for that: the ones wanted last are the ones seen.
    static constexpr std::size_t largestAsked = 4;
    static constexpr std::size_t largestWaiting = 8;

    bool byIndex() const { return m_addressing == Addressing::index; }
    std::uint64_t pageOf(int row) const;
    Held* heldPage(std::uint64_t page) const;
    const Row* look(int row) const;
    void want(std::uint64_t page) const;
    void askWanted();
    void ask(std::uint64_t page);
    void arrived(std::uint64_t page, Result<Page> answer);
    void take(std::uint64_t page, Page answer);
    void opened(Page answer);
    void reopened(Page answer);
    void rebuild(Page answer);
    Held& hold(std::uint64_t page, std::vector<Row> rows, std::uint64_t first);
    void forget();
    void fitRows();
    void growTo(std::uint64_t total);
    void tellArrived(std::uint64_t first, std::uint64_t count);
    void tellTotal(std::optional<std::uint64_t> total, bool exact);

    Addressing m_addressing = Addressing::cursor;
    Fetch m_fetch;
    std::uint64_t m_generation = 0;
    bool m_failed = false;
    bool m_isOpen = false;
    bool m_reloadAgain = false; ///< a hint came while the top was being asked for
    bool m_mustRebuild = false; ///< by cursor: rows left the middle of the list
    int m_rows = 0;
    std::optional<std::uint64_t> m_told;
    bool m_exact = true;

    PageWindow m_window; ///< by index
    CursorChain m_chain; ///< by cursor
    mutable std::uint64_t m_goal = 0; ///< by cursor: row a jump is on its way to

    mutable std::unordered_map<std::uint64_t, Held> m_pages;
    mutable std::list<std::uint64_t> m_used; ///< newest use first
    mutable std::vector<std::uint64_t> m_wanted; ///< newest wish last
    mutable QTimer m_soon; ///< painting asks for rows; fetching must not run inside of it
    std::set<std::uint64_t> m_asked;
};

}

#include "ui/models/paged_table_model_body.h"
