#include "ui/screens/agents/tools_tab.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::agents {

namespace {

constexpr int whyWidth = 360;

/// "allow", or "ask, 2 of Governance officer".
QString grantWords(const GrantRule& rule)
{
    QString access = stateOf(rule.access).words;
    if (rule.access != ephor::Access::Ask)
        return access;
    return ToolsTab::tr("%1: %2 × %3").arg(access).arg(rule.approvals).arg(word(rule.approver));
}

}

ToolsTab::ToolsTab(ScreenContext& context, QWidget* parent)
    : AgentTab(context, parent)
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(metrics::gap);
    columns->addWidget(makeList(), 1);
    columns->addWidget(makeWhy());
}

QWidget* ToolsTab::makeList()
{
    m_listCard = new Card(tr("Tools"), Card::Padding::none, this);
    m_search = new SearchField(tr("Filter tools"), m_listCard);
    m_search->setFixedWidth(200);
    m_search->setKeyHint(QStringLiteral("/"));
    m_listCard->addTrailing(m_search);
    auto* matrix = new LinkLabel(tr("Open in the matrix"), m_listCard);
    connect(matrix, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(routes::matrix(agent(), m_tool)); });
    m_listCard->addTrailing(matrix);
    m_table = new DataTable(tr("Tools of the agent"), m_listCard);
    m_table->setColumns({{QStringLiteral("tool"), 0, CellKind::strongText},
        {QStringLiteral("effect"), 112, CellKind::text}, {QStringLiteral("access"), 176, CellKind::status},
        {QStringLiteral("calls"), 112, CellKind::number}, {QStringLiteral("named"), 104, CellKind::text}});
    m_table->setFilterField(m_search);
    m_model
        = new CellsModel({tr("Tool"), tr("Effect"), tr("Access"), tr("Calls, 30 days"), tr("In definition")}, m_table);
    m_table->setModel(m_model);
    m_table->setFitColumns();
    connect(m_table, &DataTable::sortRequested, m_model, &CellsModel::sort);
    connect(m_table, &DataTable::rowSelected, this,
        [this](const QModelIndex& index) { choose(m_model->keyAt(index.row()).toString()); });
    connect(m_table, &DataTable::rowOpened, this, [this](const QModelIndex& index) {
        Q_EMIT navigate(routes::definition(QStringLiteral("tools"), m_model->keyAt(index.row()).toString()));
    });
    connect(m_search, &SearchField::searchChanged, this, &ToolsTab::fill);
    m_view = new LoadView(m_table, 6, m_listCard);
    connect(m_view, &LoadView::retryRequested, this, &ToolsTab::loadTools);
    m_listCard->setBody(m_view);
    return m_listCard;
}

QWidget* ToolsTab::makeWhy()
{
    m_whyCard = new Card(tr("Why"), Card::Padding::none, this);
    m_whyCard->setFixedWidth(whyWidth);
    auto* content = new QWidget(m_whyCard);
    m_why = new QVBoxLayout(content);
    m_why->setContentsMargins(metrics::cardPadding, metrics::space12, metrics::cardPadding, metrics::space12);
    m_why->setSpacing(metrics::space8);
    m_whyView = new LoadView(content, 4, m_whyCard);
    connect(m_whyView, &LoadView::retryRequested, this, &ToolsTab::explain);
    m_whyCard->setBody(m_whyView);
    QHBoxLayout* acts = m_whyCard->footer();
    auto* note = new Label(tr("Tightening binds within a second."), TextStyle::small, Token::textMuted, m_whyCard);
    note->setOverflow(Label::Overflow::wrap);
    m_ask = new Button(tr("Ask first"), Button::Role::secondary, m_whyCard);
    m_deny = new Button(tr("Deny"), Button::Role::danger, m_whyCard);
    acts->addWidget(note, 1);
    acts->addWidget(m_ask);
    acts->addWidget(m_deny);
    connect(m_ask, &QAbstractButton::clicked, this, [this] { tighten(ephor::Access::Ask); });
    connect(m_deny, &QAbstractButton::clicked, this, [this] { tighten(ephor::Access::Deny); });
    return m_whyCard;
}

void ToolsTab::begin()
{
    m_hasMatrix = false;
    m_matrix = {};
    m_lines.clear();
    m_declared.clear();
    m_model->setRows({});
    m_tool.clear();
    m_view->beginNew();
    m_whyView->beginNew();
    for (Button* button : {m_ask, m_deny}) {
        button->setEnabled(false);
        button->setToolTip(tr("Choose a tool first."));
    }
}

void ToolsTab::load()
{
    loadTools();
}

void ToolsTab::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Grants, Topic::Changes, Topic::Rollouts, Topic::Definitions})) {
        loadTools();
        explain();
    }
}

void ToolsTab::showDefinition(const DefinitionVersion&, const AgentBody& body)
{
    m_declared = body.tools;
    if (m_hasMatrix)
        fill();
}

void ToolsTab::loadTools()
{
    m_view->beginAgain();
    m_askTools.request<ListDefinitions>(
        this, session(), {DefinitionKind::Tool, true}, [this](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return;
            m_tools = std::move(answer->definitions);
            if (m_hasMatrix)
                fill();
        });
    m_askMatrix.request<ReadMatrix>(this, session(), {}, [this](Result<ReadMatrix::Response> answer) {
        if (!answer)
            return m_view->showError(answer.error());
        m_matrix = std::move(*answer);
        m_hasMatrix = true;
        fill();
    });
}

void ToolsTab::fill()
{
    m_lines = toolLines(m_matrix, name(), m_declared, m_tools);
    std::vector<ToolLine> shown;
    for (const ToolLine& line : m_lines) {
        if (text(line.name).contains(m_search->text(), Qt::CaseInsensitive)
            || text(line.title).contains(m_search->text(), Qt::CaseInsensitive))
            shown.push_back(line);
    }
    m_model->setRows(toolCells(shown));
    m_listCard->setSubtitle(m_lines.empty() ? QString() : tr("%n in reach", nullptr, int(m_lines.size())));
    if (m_lines.empty()) {
        m_whyView->showInstead(new EmptyState(EmptyState::Kind::cleared, tr("Nothing to explain"),
                                   tr("Choose a tool to see which rule decides about it.")),
            now());
        m_view->showInstead(new EmptyState(EmptyState::Kind::firstUse, tr("This agent calls no tools"),
                                tr("Tools are named in its behaviour; a permission comes with the change.")),
            now());
        return;
    }
    m_view->showContent(now());
    const int row = std::max(0, m_model->rowOf(m_tool));
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
}

void ToolsTab::choose(const QString& tool)
{
    if (tool.isEmpty() || tool == m_tool)
        return;
    m_tool = tool;
    m_whyCard->setTitle(tool);
    m_whyView->beginNew();
    explain();
}

void ToolsTab::explain()
{
    if (m_tool.isEmpty())
        return;
    m_askWhy.request<ExplainGrant>(
        this, session(), {name(), utf8(m_tool)}, [this](Result<ExplainGrant::Response> answer) {
            if (!answer)
                return m_whyView->showError(answer.error());
            showWhy(*answer);
            m_whyView->showContent(now());
        });
}

std::string ToolsTab::title() const
{
    const auto row = std::ranges::find(m_matrix.rows, utf8(agent()), &ephor::MatrixRow::agent);
    return row == m_matrix.rows.end() ? std::string() : row->title;
}

void ToolsTab::showWhy(const ExplainGrant::Response& why)
{
    while (QLayoutItem* item = m_why->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const StateWords verdict = stateOf(why.verdict.word);
    auto* badge = new StatusBadge(verdict.state, verdict.words);
    auto* reason = new Label(titled(why.verdict.reason, utf8(agent()), title()), TextStyle::strong);
    reason->setOverflow(Label::Overflow::wrap);
    m_why->addWidget(reason);
    m_why->addWidget(badge, 0, Qt::AlignLeft);
    auto* facts = new KeyValueList(84);
    if (const auto route = ruleRoute(why.verdict.rule, utf8(agent()), utf8(m_tool))) {
        auto* link = new LinkLabel(ui::ruleWords(why.verdict.rule));
        link->setToolTip(text(why.verdict.rule));
        connect(link, &QAbstractButton::clicked, this, [this, leads = *route] { Q_EMIT navigate(leads); });
        facts->addRow(tr("Rule"), link);
    } else {
        facts->addMonoRow(tr("Rule"), text(why.verdict.rule));
    }
    facts->addRow(tr("Released"),
        why.released ? tr("%1, %2").arg(versionText(why.releaseNumber), grantWords(*why.released)) : tr("No rule"));
    if (why.tightening) {
        Label* over = facts->addRow(
            tr("Tightened to"), tr("%1, by %2").arg(grantWords(*why.tightening), text(why.tightenedBy)));
        over->setOverflow(Label::Overflow::wrap);
        Label* because = facts->addRow(tr("Because"), text(why.tightening->reason));
        because->setOverflow(Label::Overflow::wrap);
    }
    if (!why.verdict.askWhom.empty())
        facts->addRow(tr("Can alter it"), text(why.verdict.askWhom));
    facts->addRow(tr("30 days"),
        tr("%1 allowed, %2 asked, %3 denied")
            .arg(numberText(why.allowed), numberText(why.asked), numberText(why.denied)));
    m_why->addWidget(facts);
    auto* open = new LinkLabel(tr("Open the tool"));
    connect(open, &QAbstractButton::clicked, this,
        [this] { Q_EMIT navigate(routes::definition(QStringLiteral("tools"), m_tool)); });
    m_why->addWidget(open, 0, Qt::AlignLeft);
    m_why->addStretch(1);
    m_access = why.verdict.word == VerdictWord::Allow ? ephor::Access::Allow
        : why.verdict.word == VerdictWord::Ask        ? ephor::Access::Ask
                                                      : ephor::Access::Deny;
    if (permit(m_ask, session(), Permission::Tighten) && m_access != ephor::Access::Allow) {
        m_ask->setEnabled(false);
        m_ask->setToolTip(tr("It asks or denies already; allowing more goes through a change."));
    }
    if (permit(m_deny, session(), Permission::Tighten) && m_access == ephor::Access::Deny) {
        m_deny->setEnabled(false);
        m_deny->setToolTip(tr("It is denied already; allowing it goes through a change."));
    }
}

void ToolsTab::tighten(ephor::Access access)
{
    const bool deny = access == ephor::Access::Deny;
    auto* dialog = new ReasonDialog({deny ? tr("Deny %1").arg(m_tool) : tr("Ask before %1").arg(m_tool),
                                        tr("Binds at the next gate of every run within a second and survives a roll "
                                           "back. Allowing more again goes through a change."),
                                        {tr("Incident"), tr("Not needed"), tr("Too much risk")},
                                        deny ? tr("Deny from now on") : tr("Ask from now on")},
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog, access] {
        if (dialog->outcome() != ReasonDialog::Outcome::accepted)
            return;
        request<TightenGrant>(this, session(), {name(), utf8(m_tool), access, utf8(dialog->reason())},
            [this](Result<TightenGrant::Response> answer) {
                if (!answer)
                    Q_EMIT notify({{}, State::failed, tr("Not tightened"), errorLine(answer.error())});
                else
                    Q_EMIT notify({{}, State::ok, tr("%1 tightened").arg(m_tool)});
                loadTools();
                explain();
            });
    });
    dialog->open();
}

}
