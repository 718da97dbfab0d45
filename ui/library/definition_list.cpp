#include "ui/library/definition_list.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/filter_bar.h"
#include "ui/library/library_rows.h"

#include <QVBoxLayout>

namespace ephor::ui::library {

namespace {

QString filterWords(DefinitionKind kind)
{
    switch (kind) {
    case DefinitionKind::Tool:
        return DefinitionList::tr("Filter tools");
    case DefinitionKind::Model:
        return DefinitionList::tr("Filter models");
    case DefinitionKind::Policy:
        return DefinitionList::tr("Filter policies");
    case DefinitionKind::Protection:
        return DefinitionList::tr("Filter protections");
    default:
        return DefinitionList::tr("Filter prompts");
    }
}

QString addWords(DefinitionKind kind)
{
    switch (kind) {
    case DefinitionKind::Tool:
        return DefinitionList::tr("Add tool");
    case DefinitionKind::Model:
        return DefinitionList::tr("Add model");
    case DefinitionKind::Policy:
        return DefinitionList::tr("Write a policy");
    case DefinitionKind::Protection:
        return DefinitionList::tr("Write a protection");
    default:
        return DefinitionList::tr("Write a prompt");
    }
}

QString teaching(DefinitionKind kind)
{
    switch (kind) {
    case DefinitionKind::Tool:
        return DefinitionList::tr("A tool is an HTTP service or an SQL statement with a schema and an effect.");
    case DefinitionKind::Model:
        return DefinitionList::tr("A model is a provider's address, its name there, and a reference to a secret.");
    case DefinitionKind::Policy:
        return DefinitionList::tr(
            "A policy is rules as text, versioned and tested; agents name it, changes release it.");
    case DefinitionKind::Protection:
        return DefinitionList::tr(
            "A protection says what may pass: what is looked for, where, and what becomes of it. Agents name it.");
    default:
        return DefinitionList::tr("A prompt is a versioned template; agents name it, changes release it.");
    }
}

}

DefinitionList::DefinitionList(DefinitionKind kind, ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_context(context)
{
    connect(&TeamTitles::of(context.session), &TeamTitles::changed, this, &DefinitionList::fill);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::contentPadding);
    auto* card = new Card({}, Card::Padding::none, this);
    m_filter = new FilterBar(filterWords(kind), card);
    m_filter->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    m_filter->field()->setKeyHint(QStringLiteral("/"));
    m_add = new Button(addWords(kind), Button::Role::primary, card);
    m_add->setGlyph(Icon::plus);
    permit(m_add, context.session, Permission::EditDefinitions);
    connect(m_add, &QAbstractButton::clicked, this,
        [this] { Q_EMIT navigate(here().with(QStringLiteral("new"), QStringLiteral("1"))); });
    m_filter->addTrailing(m_add);
    card->body()->addWidget(m_filter);
    const QString title
        = QStringList{tr("Agents"), tr("Prompts"), tr("Models"), tr("Tools"), tr("Policies"), tr("Protections")}.value(
            int(kind));
    m_table = new DataTable(title, card);
    m_table->setColumns({{QStringLiteral("name"), 176, CellKind::strongText},
        {QStringLiteral("title"), 0, CellKind::secondaryText}, {QStringLiteral("team"), 128},
        {QStringLiteral("detail"), 116}, {QStringLiteral("production"), 116, CellKind::status},
        {QStringLiteral("newest"), 92}, {QStringLiteral("used"), 88}, {QStringLiteral("changed"), 164}});
    m_model = new CellsModel(definitionTitles(kind), m_table);
    m_table->setModel(m_model);
    m_table->setFitColumns();
    m_table->setFilterField(m_filter->field());
    connect(m_table, &DataTable::sortRequested, m_model, &CellsModel::sort);
    connect(m_table, &DataTable::rowOpened, this, [this](const QModelIndex& index) {
        Q_EMIT navigate(routes::definition(librarySegment(m_kind), m_model->keyAt(index.row()).toString()));
    });
    connect(m_filter, &FilterBar::changed, this, [this] {
        fill();
        if (!m_isOpening && isVisible())
            Q_EMIT routeChanged(here().with(QStringLiteral("text"), m_filter->text()));
    });
    m_view = new LoadView(m_table, 8, card);
    connect(m_view, &LoadView::retryRequested, this, &DefinitionList::load);
    card->setBody(m_view);
    rows->addWidget(card);
}

Route DefinitionList::here() const
{
    if (m_kind == DefinitionKind::Policy)
        return {QStringLiteral("policies"), {QStringLiteral("definitions")}};
    if (m_kind == DefinitionKind::Protection)
        return {QStringLiteral("policies"), {QStringLiteral("protection")}};
    return {QStringLiteral("library"), {librarySegment(m_kind)}};
}

void DefinitionList::open(const Route& route)
{
    m_isOpening = true;
    if (m_filter->field()->text() != route.query.value(QStringLiteral("text")))
        m_filter->field()->setText(route.query.value(QStringLiteral("text")));
    m_isOpening = false;
    m_wantsFocus = true;
    if (m_isLoaded)
        fill();
    else
        load();
}

void DefinitionList::focusSearch()
{
    m_filter->field()->setFocus(Qt::ShortcutFocusReason);
}

void DefinitionList::setUnsaved(const QStringList& names)
{
    if (names == m_unsaved)
        return;
    m_unsaved = names;
    m_add->setText(names.contains(QString()) ? tr("Go on with the new one") : addWords(m_kind));
    m_add->updateGeometry();
    fill();
}

void DefinitionList::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Definitions, Topic::Changes, Topic::Rollouts}))
        load();
}

void DefinitionList::load()
{
    m_view->beginAgain();
    m_ask.request<ListDefinitions>(
        this, m_context.session, {m_kind, false}, [this](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return m_view->showError(answer.error());
            m_definitions = std::move(answer->definitions);
            m_isLoaded = true;
            Q_EMIT countChanged(int(m_definitions.size()));
            fill();
        });
}

void DefinitionList::fill()
{
    if (!m_isLoaded)
        return;
    const TeamNames& teams = TeamTitles::of(m_context.session).names();
    const auto shown = fitting(m_definitions, m_filter->field()->text(), teams);
    m_model->setRows(definitionCells(shown, m_context.now(), m_unsaved, teams));
    m_filter->setCount(
        shown.size() == m_definitions.size() ? QString() : tr("%1 of %2").arg(shown.size()).arg(m_definitions.size()));
    if (m_definitions.empty()) {
        auto* none = new EmptyState(EmptyState::Kind::firstUse, tr("Nothing here yet"), teaching(m_kind),
            m_add->isEnabled() ? addWords(m_kind) : QString());
        connect(none, &EmptyState::actionTriggered, m_add, &QAbstractButton::click);
        return m_view->showInstead(none, m_context.now());
    }
    if (shown.empty()) {
        auto* none = new EmptyState(
            EmptyState::Kind::noResults, tr("Nothing fits"), tr("Other words may find it."), tr("Show all"));
        connect(none, &EmptyState::actionTriggered, m_filter->field(), &QLineEdit::clear);
        return m_view->showInstead(none, m_context.now());
    }
    m_view->showContent(m_context.now());
    if (isVisible() && std::exchange(m_wantsFocus, false))
        m_table->setFocus();
}

}
