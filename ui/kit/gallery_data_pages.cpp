#include "ui/kit/badge.h"
#include "ui/kit/bars.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"
#include "ui/kit/detail_pane.h"
#include "ui/kit/filter_bar.h"
#include "ui/kit/gallery_pages.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/item_list.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/kit/person_row.h"
#include "ui/kit/pipeline_strip.h"
#include "ui/kit/stat_tile.h"
#include "ui/kit/tree_table.h"

#include <QHBoxLayout>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <cmath>

namespace ephor::ui {

namespace {

QString words(const char* text)
{
    return QString::fromUtf8(text);
}

/// A course with a known shape; the same at every start.
QVector<double> galleryCourse(int seed, double trend)
{
    QVector<double> values;
    for (int at = 0; at < 24; ++at)
        values << std::sin(at * 0.9 + seed) + 0.6 * std::sin(at * 2.3 + 2 * seed) + trend * at / 8.0;
    return values;
}

StatTile* galleryTile(
    const char* label, const char* value, const char* note, int seed, double trend, State state = State::neutral)
{
    auto* tile = new StatTile(words(label));
    tile->setValue(words(value), words("12,846 runs"));
    tile->setFootnote(words(note));
    tile->setSeries(galleryCourse(seed, trend));
    tile->setState(state);
    return tile;
}

CellRow galleryAgent(const char* name, State state, const char* health, const char* version, const char* runs,
    const char* p95, const char* cost, int seed)
{
    CellRow row;
    row.key = words(name);
    const bool slow = state == State::warning;
    row.cells = {Cell{.text = words(name)}, Cell{.text = words(health), .state = state}, Cell{.text = words(version)},
        Cell{.text = words(runs)}, Cell{.text = words(p95), .tone = slow ? std::optional(Token::warn) : std::nullopt},
        Cell{.text = words(cost)},
        Cell{.tone = slow ? std::optional(Token::warn) : std::nullopt, .series = galleryCourse(seed, slow ? 1 : 0.2)}};
    return row;
}

Card* galleryAgents()
{
    auto* card = new Card(words("Agents"), Card::Padding::none);
    card->setSubtitle(words("6 in production, trouble first"));
    card->addTrailing(new LinkLabel(words("Open list")));
    auto* table = new DataTable(words("Agents"));
    table->setColumns({{words("agent"), 176, CellKind::strongText}, {words("health"), 160, CellKind::status},
        {words("version"), 0, CellKind::text}, {words("runs"), 80, CellKind::number},
        {words("p95"), 72, CellKind::number}, {words("cost"), 88, CellKind::number},
        {words("day"), 96, CellKind::sparkline}});
    auto* model = new CellsModel({words("Agent"), words("Health"), words("Version"), words("Runs"), words("p95"),
                                     words("Cost"), words("Last 24 h")},
        table);
    model->setRows({galleryAgent("Expense audit", State::warning, "Slow since 11:50", "v12", "1,204", "7.4 s",
                        "\u20AC 31.05", 3),
        galleryAgent(
            "Customer refunds", State::running, "Rolling out", "v41, v42 at 5 %", "5,310", "2.9 s", "\u20AC 96.42", 5),
        galleryAgent("IT triage", State::ok, "Healthy", "v18", "3,402", "2.2 s", "\u20AC 41.87", 6),
        galleryAgent("HR helper", State::ok, "Healthy", "v27", "2,118", "2.4 s", "\u20AC 22.16", 7),
        galleryAgent("Access provisioning", State::ok, "Healthy, 3 waiting", "v9", "488", "1.8 s", "\u20AC 4.90", 8)});
    table->setModel(model);
    table->setFitRows(8);
    QObject::connect(table, &DataTable::sortRequested, model, &CellsModel::sort);
    card->setBody(table);
    return card;
}

Cell canaryCell(const char* value, const char* basis)
{
    return Cell{.text = words(value), .secondary = words(basis)};
}

Card* galleryCanary()
{
    auto* card = new Card(words("Canary against baseline"), Card::Padding::none);
    card->setSubtitle(words("same window, Tue 10 Mar 09:30 to now"));
    auto* table = new DataTable(words("Canary against baseline"));
    table->setColumns({{words("measure"), 148, CellKind::text}, {words("canary"), 196, CellKind::number},
        {words("baseline"), 204, CellKind::number}, {words("difference"), 116, CellKind::number},
        {words("reading"), 0, CellKind::secondaryText}});
    auto* model = new CellsModel(
        {words("Measure"), words("Canary v42"), words("Baseline v41"), words("Difference"), words("Reading")}, table);
    model->setRows({{1,
                        {Cell{.text = words("Success")}, canaryCell("97.2 %", "206 of 212"),
                            canaryCell("97.9 %", "3,943 of 4,028"), Cell{.text = words("\u22120.7 pt")},
                            Cell{.text = words("No sign of harm")}}},
        {2,
            {Cell{.text = words("Cost each")}, canaryCell("\u20AC 0.131", "\u20AC 27.77 / 212"),
                canaryCell("\u20AC 0.142", "\u20AC 571.98 / 4,028"), Cell{.text = words("\u2212\u20AC 0.011")},
                Cell{.text = words("Cheaper by 8 %")}}},
        {3,
            {Cell{.text = words("Thumbs down")}, canaryCell("7.3 %", "3 of 41 rated"),
                canaryCell("7.3 %", "58 of 790 rated"), Cell{.text = words("\u2014")},
                Cell{.text = words("Too few ratings to tell")}}}});
    table->setModel(model);
    table->setFitRows(8);
    card->setBody(table);
    return card;
}

/// Rows that are not loaded yet.
class LoadingModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 5; }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 4; }
    QVariant data(const QModelIndex& index, int role) const override
    {
        if (role == CellRole::loading)
            return index.row() > 1;
        if (role != Qt::DisplayRole)
            return {};
        static constexpr const char* cells[]{"#1,282,498", "IT triage", "tickets.update", "4c8b0d01"};
        return words(cells[index.column()]);
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        static constexpr const char* titles[]{"Entry", "Who", "What", "Hash"};
        return role == Qt::DisplayRole && orientation == Qt::Horizontal ? QVariant(words(titles[section])) : QVariant();
    }
};

}

QWidget* galleryCardsPage()
{
    QVBoxLayout* rows = nullptr;
    QWidget* page = galleryPage(rows);
    auto* tiles = new QHBoxLayout;
    tiles->setSpacing(metrics::gap);
    tiles->addWidget(galleryTile("Runs", "12.8k", "\u25B2 +4.2 % on last Monday", 4, 1));
    tiles->addWidget(galleryTile("Completed", "97.4 %", "of 12,846 runs", 9, 0));
    tiles->addWidget(galleryTile("Latency p95", "3.1 s", "\u25B2 +0.4 s, from Expense audit", 12, 1.5, State::warning));
    tiles->addWidget(galleryTile("Cost", "\u20AC 214.60", "61 % of \u20AC 350.00 a day", 23, 1));
    auto* loading = new StatTile(words("Denied calls"));
    loading->setLoading();
    tiles->addWidget(loading);
    rows->addLayout(tiles);
    auto* strip = new PipelineStrip(words("Steps of CH-418"));
    strip->setSteps({{words("Draft"), words("Jonas Weber, Fri 6 Mar"), State::ok, PipelineStep::Place::past},
        {words("Checks"), words("5 of 5 passed, Mon 9 Mar"), State::ok, PipelineStep::Place::past},
        {words("Approval"), words("2 of 2, Tue 10 Mar 08:52"), State::ok, PipelineStep::Place::past},
        {words("Rolling out 5 %"), words("Now, since Tue 10 Mar 09:30"), State::running, PipelineStep::Place::current},
        {words("Live"), words("After 25 %, then 100 %"), State::draft, PipelineStep::Place::next}});
    rows->addWidget(strip);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(metrics::gap);
    auto* facts = new Card(words("What, who and why"));
    facts->addTrailing(new LinkLabel(words("Open run")));
    auto* list = new KeyValueList(72);
    list->addRow(words("What"), words("Pay EUR 2,480.00 back to one customer, once"));
    list->addRow(words("Person"), words("Nils Okafor, card services, asked for it"));
    list->addRow(words("Why"),
        words("The card was charged twice for order 7731-118, and clause 7.3 returns a second charge in full."));
    list->addRow(words("Outcome"), QString());
    list->addRow(words("Decision"), new StatusBadge(State::denied, words("Declined")));
    facts->setBody(list);
    columns->addWidget(facts, 1);
    auto* approvals = new Card(words("Approvals"), Card::Padding::none);
    approvals->addLeading(new StatusBadge(State::waiting, words("1 of 2")));
    approvals->setSubtitle(words("one denial ends it"));
    approvals->body()->addWidget(new PersonRow(words("Priya Raman"), words("Risk"),
        words("13:58, evidence supports it"), new StatusText(State::ok, words("Approved"), TextStyle::small)));
    approvals->body()->addWidget(new PersonRow(words("Ines Marchetti"), words("Governance, you"),
        words("Second approval"), new StatusText(State::waiting, words("Open"), TextStyle::small)));
    approvals->body()->addStretch(1);
    approvals->footer()->addWidget(new IconView(Icon::lock, Token::textMuted));
    approvals->footer()->addWidget(
        new Label(words("Who asked cannot approve"), TextStyle::small, Token::textSecondary), 1);
    columns->addWidget(approvals, 1);
    rows->addLayout(columns);
    auto* integrity = new Card;
    integrity->setEdge(State::ok);
    auto* line = new QHBoxLayout;
    line->addWidget(new IconView(Icon::seal, Token::ok, metrics::iconNav));
    line->addWidget(new Label(words("Record verified to #1,284,022, outside copy 14 min ago"), TextStyle::heading));
    line->addStretch(1);
    line->addWidget(new Button(words("Verify again")));
    integrity->body()->addLayout(line);
    rows->addWidget(integrity);
    auto* use = new Card(words("Budget and interval"));
    auto* bar = new ShareBar(words("Used today"));
    bar->setParts({{words("spent"), 0.45, Token::series1}, {words("this refund"), 0.1, Token::warnFill}});
    use->body()->addWidget(bar);
    auto* interval = new IntervalBar;
    interval->setScale(93, 99);
    interval->setInterval(94, 97.2, 98.7);
    use->body()->addWidget(interval, 0, Qt::AlignLeft);
    rows->addWidget(use);
    rows->addStretch(1);
    return page;
}

QWidget* galleryTablesPage()
{
    QVBoxLayout* rows = nullptr;
    QWidget* page = galleryPage(rows);
    auto* bar = new FilterBar(words("agent, person, kind, run, rule, reference"));
    bar->setKnownKeys({words("time"), words("sort")});
    bar->setFilters({{words("time"), words("today")}, {words("sort"), words("newest")}});
    bar->setCount(words("24,118 of 1,284,022"));
    auto* columns = new Button(words("Columns"));
    columns->setGlyph(Icon::columns);
    bar->addTrailing(columns);
    rows->addWidget(bar);
    rows->addWidget(galleryAgents());
    rows->addWidget(galleryCanary());
    auto* waiting = new Card(words("Record, rows on their way"), Card::Padding::none);
    auto* table = new DataTable(words("Record"));
    table->setDensity(DataTable::Density::compact);
    table->setColumns({{words("entry"), 110, CellKind::text}, {words("who"), 160, CellKind::text},
        {words("what"), 0, CellKind::link}, {words("hash"), 90, CellKind::mono}});
    table->setModel(new LoadingModel(table));
    table->setFitRows(5);
    waiting->setBody(table);
    rows->addWidget(waiting);
    auto* treeCard = new Card(words("Tree"), Card::Padding::none);
    auto* tree = new TreeTable(words("Spans"));
    auto* spans = new QStandardItemModel(0, 2, tree);
    spans->setHorizontalHeaderLabels({words("Span"), words("Duration")});
    auto* parent = new QStandardItem(words("Model call"));
    parent->appendRow({new QStandardItem(words("orders.lookup")), new QStandardItem(words("382 ms"))});
    spans->appendRow({parent, new QStandardItem(words("2.38 s"))});
    tree->setModel(spans);
    tree->setColumns({{words("span"), 0, CellKind::text}, {words("duration"), 96, CellKind::number}});
    tree->expandAll();
    tree->setMinimumHeight(96);
    treeCard->setBody(tree);
    rows->addWidget(treeCard);
    rows->addStretch(1);
    return page;
}

namespace {

QWidget* inboxCard()
{
    auto* inbox = new Card(words("Waiting for you"), Card::Padding::none);
    inbox->addLeading(new StatusBadge(State::waiting, words("4")));
    auto* list = new ItemList(words("Inbox"));
    const auto kind = ListItem::Kind::group;
    list->setItems({{.title = words("Approve actions"), .trailing = words("2"), .kind = kind},
        {.key = 1,
            .icon = Icon::stateWaiting,
            .iconToken = Token::warn,
            .title = words("Ledger write for Leila Haddad"),
            .trailing = words("41 min"),
            .trailingToken = Token::warn,
            .detail = words("Access provisioning \u00B7 1 of 2 approvals")},
        {.key = 2,
            .icon = Icon::stateWaiting,
            .iconToken = Token::warn,
            .title = words("Refund EUR 2,480.00"),
            .trailing = words("1 h 12 m"),
            .detail = words("Customer refunds \u00B7 order 7731-118 \u00B7 1 of 2")},
        {.title = words("Approve changes"), .trailing = words("1"), .kind = kind},
        {.key = 3,
            .icon = Icon::changes,
            .title = words("CH-421, cite the clause number"),
            .trailing = words("today"),
            .detail = words("Contract review \u00B7 6 of 6 checks passed")},
        {.key = 4,
            .icon = Icon::person,
            .title = words("Mailbox access, 2 accounts"),
            .trailing = words("3 h 20 m"),
            .detail = words("Access provisioning \u00B7 with the service desk"),
            .kind = ListItem::Kind::quiet}});
    list->setCurrentKey(2);
    inbox->setBody(list);
    inbox->footer()->addWidget(
        new Label(words("23 decided in 7 days: 19 approved, 4 denied"), TextStyle::small, Token::textMuted), 1);
    return inbox;
}

QWidget* versionsCard()
{
    auto* versions = new Card(words("Versions"), Card::Padding::none);
    versions->setSubtitle(words("43"));
    auto* states = new ItemList(words("Versions"));
    states->setItems({{.key = 43,
                          .title = words("v43"),
                          .trailing = words("2 m ago"),
                          .detail = words("Jonas Weber, you"),
                          .status = State::draft},
        {.key = 42,
            .title = words("v42"),
            .trailing = words("10 Mar"),
            .detail = words("CH-418, cite the clause"),
            .status = State::running,
            .statusText = words("Canary, 5 %")},
        {.key = 41,
            .title = words("v41"),
            .trailing = words("2 Feb"),
            .detail = words("CH-402, shorter greeting"),
            .status = State::ok,
            .statusText = words("Live, 95 %")},
        {.key = 39,
            .title = words("v39"),
            .trailing = words("14 Jan"),
            .detail = words("CH-391, disputes rose"),
            .status = State::failed,
            .statusText = words("Rolled back")}});
    versions->setBody(states);
    return versions;
}

QWidget* verdictPane()
{
    auto* pane = new DetailPane(words("payments.send"));
    pane->setSubtitle(words("span 7 of 9"));
    QVBoxLayout* head = pane->addSection();
    auto* deny = new StatusBadge(State::denied, words("Deny"));
    deny->setLarge();
    head->addWidget(deny, 0, Qt::AlignLeft);
    auto* why = new Label(words("The payee came from an invoice nobody had vouched for, so the payment was refused."),
        TextStyle::heading);
    why->setOverflow(Label::Overflow::wrap);
    head->addWidget(why);
    QVBoxLayout* rule = pane->addSection(words("Determining rule"));
    rule->addWidget(new LinkLabel(words("Pay only to a trusted payee")), 0, Qt::AlignLeft);
    rule->addWidget(new Label(words("payments.payee-trusted"), TextStyle::mono, Token::textSecondary));
    pane->footer()->addWidget(new Button(words("Show proof"), Button::Role::primary));
    pane->footer()->addStretch(1);
    return pane;
}

}

QWidget* galleryListsPage()
{
    QVBoxLayout* rows = nullptr;
    QWidget* page = galleryPage(rows);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(metrics::gap);
    columns->addWidget(inboxCard(), 1);
    columns->addWidget(versionsCard(), 1);
    columns->addWidget(verdictPane(), 1);
    rows->addLayout(columns);
    auto* facts = new Card;
    auto* grid = new FactGrid(4);
    grid->addFact(words("Decision"), new StatusBadge(State::denied, words("Declined")), words("nothing paid"));
    grid->addFact(words("Case"), words("4711"), words("order 7731-094"));
    grid->addFact(words("Duration"), words("6.42 s"), words("p95 is 2.9 s"));
    grid->addFact(words("Cost"), QString());
    facts->setBody(grid);
    rows->addWidget(facts);
    rows->addStretch(1);
    return page;
}

}
