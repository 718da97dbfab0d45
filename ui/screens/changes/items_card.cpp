#include "ui/screens/changes/items_card.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/limit_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/data_table.h"
#include "ui/kit/diff_view.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/tab_strip.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace ephor::ui::changes {

namespace {

struct ItemWords {
    Q_DECLARE_TR_FUNCTIONS(ItemWords)
};

constexpr int leastDiffHeight = 220;

QString addedWords(std::uint64_t lines)
{
    return lines == 1 ? ItemWords::tr("1 line added") : ItemWords::tr("%1 lines added").arg(numberText(lines));
}

QString ruleWords(const GrantRule& rule)
{
    QString words = stateOf(rule.access).words;
    if (rule.access == ephor::Access::Ask)
        words = ItemWords::tr("Ask %1").arg(
            rule.approvals > 1 ? numberText(rule.approvals) + u' ' + word(rule.approver) : word(rule.approver));
    for (const QString& limit : limitWords(rule))
        words += QStringLiteral(", ") + limit;
    return words;
}

}

std::vector<MovedItem> movedItems(const GetChange::Response& shown)
{
    std::vector<MovedItem> items;
    for (std::size_t at = 0; at < shown.change.items.size(); ++at) {
        const ChangeItem& item = shown.change.items[at];
        MovedItem moved;
        moved.tab = word(item.kind) + u' ' + text(item.name);
        const QString versions = item.from == 0
            ? ItemWords::tr("new, %1").arg(versionText(item.to))
            : ItemWords::tr("%1 to %2").arg(versionText(item.from), versionText(item.to));
        moved.subtitle = versions;
        if (at < shown.diffs.size()) {
            moved.lines = diffLinesOf(shown.diffs[at].lines);
            moved.subtitle += QStringLiteral(", ") + addedWords(shown.diffs[at].added) + QStringLiteral(", ")
                + ItemWords::tr("%1 removed").arg(numberText(shown.diffs[at].removed));
        }
        items.push_back(std::move(moved));
    }
    return items;
}

std::vector<CellRow> grantRows(const Change& change)
{
    std::vector<CellRow> rows;
    for (const GrantEdit& edit : change.grants) {
        CellRow row{text(edit.after.tool), {}};
        row.cells.push_back({.text = text(edit.after.tool)});
        for (const GrantRule* rule : {&edit.before, &edit.after})
            row.cells.push_back(
                {.text = ruleWords(*rule), .state = stateOf(rule->access).state, .toolTip = ruleWords(*rule)});
        row.cells.push_back(edit.loosens
                ? Cell{.text = ItemWords::tr("Loosens"), .tone = Token::warn, .icon = Icon::arrowUp}
                : Cell{.text = ItemWords::tr("Tightens"), .tone = Token::ok, .icon = Icon::arrowDown});
        row.cells.push_back({.text = text(edit.after.reason)});
        rows.push_back(std::move(row));
    }
    return rows;
}

ItemsCard::ItemsCard(QWidget* parent)
    : Card(tr("What moves"), Padding::none, parent)
    , m_why(new Label({}, TextStyle::body, Token::textSecondary, this))
    , m_tabs(new TabStrip(tr("What moves"), this))
    , m_layout(new Segmented(tr("Difference shown"), {tr("Unified"), tr("Side by side")}, this))
    , m_diff(new DiffView(tr("Difference"), this))
    , m_grants(new CellsModel({tr("Tool"), tr("Now"), tr("Then"), tr("Meaning"), tr("Why")}, this))
    , m_table(new DataTable(tr("Permissions that move"), this))
    , m_rest(new Label({}, TextStyle::small, Token::textSecondary, this))
{
    m_layout->setCompact();
    addTrailing(m_layout);
    m_table->setModel(m_grants);
    m_table->setColumns({{QStringLiteral("tool"), 150, CellKind::mono}, {QStringLiteral("now"), 170, CellKind::status},
        {QStringLiteral("then"), 170, CellKind::status}, {QStringLiteral("meaning"), 100},
        {QStringLiteral("why"), 0, CellKind::secondaryText}});
    auto* holder = new QWidget(this);
    auto* rows = new QVBoxLayout(holder);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_why->setOverflow(Label::Overflow::wrap);
    m_whyBox = new QWidget(holder);
    auto* around = new QVBoxLayout(m_whyBox);
    around->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space4);
    around->addWidget(m_why);
    rows->addWidget(m_whyBox);
    rows->addWidget(m_tabs);
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_diff);
    m_stack->addWidget(m_table);
    rows->addLayout(m_stack, 1);
    setBody(holder);
    m_diff->setMinimumHeight(leastDiffHeight);
    // What is approved must not hide behind a scroll bar.
    m_diff->setWrap(DiffView::Wrap::lines);
    m_rest->setOverflow(Label::Overflow::wrap);
    footer()->addWidget(new IconView(Icon::lock, Token::textMuted, metrics::icon, this));
    footer()->addWidget(m_rest, 1);
    connect(m_layout, &Segmented::currentChanged, this, [this](int layout) {
        m_diff->setLayoutMode(layout == 0 ? DiffView::Layout::unified : DiffView::Layout::sideBySide);
    });
    connect(m_tabs, &TabStrip::currentChanged, this, [this](int tab) {
        showTab(tab);
        Q_EMIT tabChosen(tab);
    });
}

void ItemsCard::setShown(const GetChange::Response& shown)
{
    m_items = movedItems(shown);
    m_grantCount = shown.change.grants.size();
    m_grants->setRows(grantRows(shown.change));
    const QString change = text(shown.change.summary.id);
    const bool isOther = change != std::exchange(m_change, change);
    const int wanted = int(m_items.size() + (m_grantCount > 0));
    if (isOther || m_tabs->size() != wanted) {
        auto* tabs = new TabStrip(tr("What moves"), this);
        m_tabs->parentWidget()->layout()->replaceWidget(m_tabs, tabs);
        m_tabs->hide();
        m_tabs->deleteLater();
        m_tabs = tabs;
        for (const MovedItem& item : m_items)
            tabs->addTab(item.tab);
        if (m_grantCount > 0)
            tabs->addTab(tr("Permissions"), numberText(m_grantCount));
        connect(tabs, &TabStrip::currentChanged, this, [this](int tab) {
            showTab(tab);
            Q_EMIT tabChosen(tab);
        });
    }
    m_tabs->setVisible(wanted > 1);
    m_why->setText(text(shown.change.description));
    m_whyBox->setVisible(!shown.change.description.empty());
    m_rest->setText(tr("Everything else that the agent uses stays as it is in production."));
    showTab(m_tabs->current());
}

void ItemsCard::setCurrent(int tab)
{
    if (tab < 0 || tab >= m_tabs->size() || tab == m_tabs->current())
        return;
    const QSignalBlocker quiet(m_tabs);
    m_tabs->setCurrent(tab);
    showTab(tab);
}

int ItemsCard::current() const
{
    return m_tabs->current();
}

void ItemsCard::showTab(int tab)
{
    const bool isGrants = tab >= int(m_items.size());
    m_layout->setVisible(!isGrants);
    m_stack->setCurrentIndex(isGrants ? 1 : 0);
    if (isGrants) {
        setTitle(m_grantCount > 0 ? tr("Permissions") : tr("What moves"));
        setSubtitle(m_grantCount == 1 ? tr("1 rule moves") : tr("%1 rules move").arg(numberText(m_grantCount)));
        return;
    }
    const MovedItem& item = m_items[std::size_t(tab)];
    setTitle(item.tab);
    setSubtitle(item.subtitle);
    const QString shown = m_change + u'\n' + item.tab + u'\n' + item.subtitle;
    if (shown == m_shownItem)
        return;
    m_shownItem = shown;
    m_diff->setLines(item.lines);
    // Long texts change in few places: begin at the first.
    m_diff->nextHunk();
}

}
