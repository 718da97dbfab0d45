#include "ui/screens/assurance/record_list.h"

#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/label.h"
#include "ui/kit/theme.h"
#include "ui/kit/time_ruler.h"
#include "ui/models/keep_selection.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ephor::ui::assurance {

namespace {

constexpr std::size_t rulerBars = 96;
/// Below this width the sentence of an entry would be cut to a few words.
constexpr int narrowList = 820;
constexpr int tightList = 620; // in the type of 100 %

}

QString rowsWords(std::uint64_t first, std::uint64_t last, std::optional<std::uint64_t> total, bool exact)
{
    const QString from = numberText(first);
    const QString to = numberText(last);
    if (!total)
        return RecordList::tr("Rows %1 to %2").arg(from, to);
    if (!exact)
        return RecordList::tr("Rows %1 to %2 of %3 or more: counting stops there").arg(from, to, numberText(total));
    return RecordList::tr("Rows %1 to %2 of %3, exact count").arg(from, to, numberText(total));
}

RecordList::RecordList(Session& session, std::function<QDateTime()> now, QWidget* parent)
    : Card({}, Padding::none, parent)
    , m_session(session)
    , m_now(std::move(now))
    , m_timeline(session)
    , m_model(new RecordModel(m_now, this))
    , m_table(new DataTable(tr("Entries of the record")))
    , m_ruler(new TimeRuler(tr("Seek in time"), this))
{
    m_ruler->setToolTip(tr("All entries over time, told from 65 places of the record. Click to go to a time."));
    body()->addWidget(m_ruler);
    makeTable();
    m_view = new LoadView(m_table, 12, this);
    body()->addWidget(m_view, 1);
    makeFooter();
    connectModel();
}

void RecordList::makeTable()
{
    m_table->setDensity(DataTable::Density::compact);
    m_table->setModel(m_model);
    m_table->setColumns({
        {QStringLiteral("entry"), 86, CellKind::text, TableColumn::Shown::always},
        {QStringLiteral("time"), 100, CellKind::secondaryText},
        {QStringLiteral("who"), 142},
        {QStringLiteral("kind"), 84, CellKind::secondaryText},
        {QStringLiteral("run"), 82, CellKind::mono},
        {QStringLiteral("what"), 0},
        {QStringLiteral("outcome"), 92, CellKind::status},
    });
    m_selection = new KeepSelection(m_table, m_model);
    connect(m_selection, &KeepSelection::keyChanged, this,
        [this](const QString& key) { Q_EMIT entrySelected(key.toULongLong()); });
    connect(m_table, &DataTable::rowOpened, this, [this](const QModelIndex& index) {
        if (const RecordRow* row = m_model->row(index.row()))
            Q_EMIT entryOpened(row->index);
    });
    connect(m_table, &DataTable::linkActivated, this, [this](const QModelIndex& index) {
        if (const QString run = runAt(index.row()); !run.isEmpty())
            Q_EMIT runOpened(run);
    });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &RecordList::tellWindow);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &RecordList::tellWindow);
}

void RecordList::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    // What was done tells most of its kind, so that the kind gives way where room is short.
    const bool isNarrow = width() < narrowList;
    if (std::exchange(m_isNarrow, isNarrow) != isNarrow)
        m_table->setColumnHidden(static_cast<int>(RecordColumn::kind), isNarrow);
    // A run is one click away in the entry; in large type its short id would push the deed out of sight.
    const bool isTight = width() / Theme::instance().typeScale() < tightList;
    if (std::exchange(m_isTight, isTight) != isTight)
        m_table->setColumnHidden(static_cast<int>(RecordColumn::run), isTight);
}

void RecordList::makeFooter()
{
    m_rows = new Label({}, TextStyle::small, Token::textSecondary, this);
    m_rows->setOverflow(Label::Overflow::elide);
    m_new = new LinkLabel({}, this);
    m_new->hide();
    auto* goTo = new Button(tr("Go to entry"), Button::Role::quiet, this);
    goTo->setSize(Button::Size::compact);
    goTo->setKeyHint(QStringLiteral("Ctrl G"));
    QHBoxLayout* row = footer();
    row->addWidget(m_rows, 1);
    row->addWidget(m_new);
    row->addWidget(goTo);
    connect(goTo, &QAbstractButton::clicked, this, &RecordList::goToEntryRequested);
    connect(m_new, &QAbstractButton::clicked, this, [this] {
        m_model->seekNewest();
        m_table->scrollToTop();
        m_model->reload();
        tellNew();
    });
}

void RecordList::connectModel()
{
    connect(m_view, &LoadView::retryRequested, m_model, [this] { m_model->restart(); });
    connect(m_model, &PagedTableBase::pageArrived, this, &RecordList::arrived);
    connect(m_model, &PagedTableBase::rowsMoved, this, &RecordList::tellWindow);
    connect(m_model, &PagedTableBase::failed, this, &RecordList::showFailure);
    connect(m_model, &PagedTableBase::totalChanged, this, [this](quint64, bool exact) { m_exact = exact; });
    connect(m_model, &PagedTableBase::loadingChanged, this, [this](bool loading) {
        if (!loading && m_model->rowCount() == 0 && !m_model->hasFailed())
            showEmpty();
    });
    connect(m_ruler, &TimeRuler::seekRequested, this, &RecordList::seekTime);
    connect(&m_timeline, &RecordTimeline::loaded, this, [this] {
        const auto& samples = m_timeline.samples();
        if (samples.empty())
            return;
        m_ruler->setBuckets(samples.front().msecs, samples.back().msecs, bucketsOf(samples, rulerBars));
        tellWindow();
    });
}

void RecordList::setAsk(const RecordAsk& ask)
{
    m_ask = ask;
    m_exact = true;
    if (!ask.problems.isEmpty()) {
        auto* problem = new EmptyState(EmptyState::Kind::noResults, tr("This query cannot be read"),
            ask.problems.join(QLatin1Char('\n')), tr("Clear the query"));
        connect(problem, &EmptyState::actionTriggered, this, &RecordList::clearRequested);
        m_view->showInstead(problem, m_now());
        m_rows->setText({});
        return;
    }
    m_view->beginNew();
    const auto addressing = ask.isFiltered() ? Addressing::cursor : Addressing::index;
    m_model->setFetch(
        addressing, [this](const RecordModel::PageAsk& page, RecordModel::Done done) { fetch(page, std::move(done)); });
    if (!ask.isFiltered() && ask.before > 0)
        m_wanted = ask.before - 1;
}

void RecordList::fetch(const RecordModel::PageAsk& page, RecordModel::Done done)
{
    QueryRecord::Request ask;
    ask.filter = m_ask.filter;
    ask.limit = page.limit;
    ask.before = page.before;
    if (m_ask.isFiltered())
        ask.before = page.cursor.isEmpty() ? m_ask.before : page.cursor.toULongLong();
    const bool isFiltered = m_ask.isFiltered();
    request<QueryRecord>(this, m_session, ask, [limit = page.limit, isFiltered, done = std::move(done)](auto answer) {
        if (!answer) {
            done(std::unexpected<Error>(answer.error()));
            return;
        }
        RecordModel::Page given;
        given.total = isFiltered ? answer->matches : std::optional(answer->size);
        given.exact = answer->exact;
        // Numbers begin at 0: below entry 0 there is nothing, and 0 would mean the newest.
        if (isFiltered && answer->rows.size() == limit && answer->rows.back().index > 0)
            given.next = QString::number(answer->rows.back().index);
        given.rows = std::move(answer->rows);
        done(std::move(given));
    });
}

void RecordList::arrived()
{
    if (!m_view->isShowingContent())
        m_view->showContent(m_now());
    if (m_wanted)
        reveal();
    tellWindow();
}

void RecordList::showEmpty()
{
    const bool narrowed = m_ask.isFiltered();
    auto* empty = narrowed
        ? new EmptyState(EmptyState::Kind::noResults, tr("No entry matches"),
              tr("Nothing in the record fits all parts of this query. Take one away, or clear it."),
              tr("Clear the query"))
        : new EmptyState(EmptyState::Kind::firstUse, tr("Nothing is recorded yet"),
              tr("Every change, every call of an agent and every decision of a person will be written here."));
    connect(empty, &EmptyState::actionTriggered, this, &RecordList::clearRequested);
    m_view->showInstead(empty, m_now());
    m_rows->setText(tr("No rows"));
}

void RecordList::showFailure(const Error& error)
{
    m_view->showError(error);
}

void RecordList::setRecordSize(std::uint64_t size)
{
    const bool grew = size > m_size;
    m_size = size;
    m_timeline.load(size);
    if (grew && isAtTop() && m_ask.problems.isEmpty() && m_model->total())
        m_model->reload();
    tellNew();
}

bool RecordList::isAtTop() const
{
    return m_table->verticalScrollBar()->value() == 0 && m_model->window().followsNewest();
}

void RecordList::tellNew()
{
    const std::uint64_t shown = m_model->window().total();
    const bool waits = !m_ask.isFiltered() && !isAtTop() && shown > 0 && m_size > shown;
    m_new->setVisible(waits);
    if (waits)
        m_new->setText(tr("%1 new").arg(numberText(m_size - shown)));
}

void RecordList::select(std::optional<std::uint64_t> entry)
{
    m_selection->setKey(entry ? QString::number(*entry) : QString());
    m_wanted = m_ask.isFiltered() ? std::nullopt : entry;
    if (m_wanted && m_model->total())
        reveal();
}

void RecordList::mark(std::uint64_t entry)
{
    m_selection->setKey(QString::number(entry));
}

void RecordList::reveal()
{
    const std::uint64_t entry = *std::exchange(m_wanted, std::nullopt);
    const int row = m_model->seek(entry);
    if (row < 0)
        return;
    m_table->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtCenter);
    tellWindow();
    tellNew();
}

void RecordList::selectNeighbour(int step)
{
    const int row = m_table->currentIndex().row() + step;
    if (row >= 0 && row < m_model->rowCount())
        m_table->setCurrentIndex(m_model->index(row, 0));
}

void RecordList::setActors(const std::vector<KnownActor>& actors)
{
    m_model->setActors(actors);
}

void RecordList::setFilterField(QLineEdit* field)
{
    m_table->setFilterField(field);
}

QString RecordList::runAt(int row) const
{
    const RecordRow* found = m_model->row(row);
    return found && !runOf(*found).isEmpty() ? text(found->subject).mid(4) : QString();
}

void RecordList::seekTime(qint64 msecs)
{
    m_timeline.find(msecs, [this](std::uint64_t entry) {
        if (m_ask.isFiltered()) {
            Q_EMIT beforeWanted(entry + 1);
            return;
        }
        m_wanted = entry;
        reveal();
    });
}

void RecordList::tellWindow()
{
    const int first = m_table->rowAt(0);
    if (first < 0 || m_model->rowCount() == 0)
        return;
    const int below = m_table->rowAt(m_table->viewport()->height() - 1);
    const int last = below < 0 ? m_model->rowCount() - 1 : below;
    const bool byIndex = !m_ask.isFiltered();
    // By number the rows count from the newest of the whole record, also where the view holds only a part of it.
    const std::uint64_t hidden = byIndex ? m_model->window().total() - m_model->window().top() : 0;
    const auto at = [&](int row) { return hidden + static_cast<std::uint64_t>(row) + 1; };
    m_rows->setText(rowsWords(at(first), at(last), m_model->total(), m_exact));
    const RecordRow* newest = m_model->row(first);
    const RecordRow* oldest = m_model->row(last);
    if (newest && oldest)
        m_ruler->setWindow(dateTime(oldest->at).toMSecsSinceEpoch(), dateTime(newest->at).toMSecsSinceEpoch());
    if (isAtTop())
        m_new->hide();
}

}
