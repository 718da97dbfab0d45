#include "ui/screens/settings/providers_page.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/screens/settings/provider_row.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace ephor::ui::settings {

ProvidersPage::ProvidersPage(ScreenContext& context, QWidget* parent)
    : SettingsPage(context, parent)
    , m_card(new Card(tr("Models and their providers"), Card::Padding::none, this))
    , m_search(new SearchField(tr("Filter models"), m_card))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    m_search->setMaximumWidth(220);
    auto* library = new Button(tr("Open the library"), Button::Role::secondary, m_card);
    library->setSize(Button::Size::compact);
    m_card->addTrailing(m_search);
    m_card->addTrailing(library);
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget(area);
    content->setBackgroundRole(QPalette::Base);
    area->viewport()->setBackgroundRole(QPalette::Base);
    m_rows = new QVBoxLayout(content);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    m_rows->addStretch(1);
    area->setWidget(content);
    m_view = new LoadView(area, 6, m_card);
    m_card->setBody(m_view);
    rows->addWidget(m_card, 1);
    connect(m_view, &LoadView::retryRequested, this, &ProvidersPage::load);
    connect(m_search, &SearchField::searchChanged, this, &ProvidersPage::filter);
    connect(library, &QAbstractButton::clicked, this,
        [this] { Q_EMIT navigate(Route::parse(QStringLiteral("library/models"))); });
}

void ProvidersPage::open(const Route&)
{
    load();
}

void ProvidersPage::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Definitions}))
        load();
}

void ProvidersPage::load()
{
    m_view->beginAgain();
    m_asked.request<ListDefinitions>(
        this, session(), {DefinitionKind::Model, false}, [this](Result<ListDefinitions::Response> answer) {
            if (answer)
                fill(answer->definitions);
            else
                m_view->showError(answer.error());
        });
}

void ProvidersPage::fill(const std::vector<DefinitionSummary>& models)
{
    for (const auto& [name, row] : m_models) {
        row->hide();
        row->deleteLater();
    }
    m_models.clear();
    for (const DefinitionSummary& model : models) {
        auto* row = new ProviderRow(model, session(), this);
        m_rows->insertWidget(m_rows->count() - 1, row);
        m_models.emplace(model.name, row);
        connect(row, &ProviderRow::testRequested, this, [this, row] { test(row); });
        connect(row, &ProviderRow::opened, this,
            [this, row] { Q_EMIT navigate(routes::definition(QStringLiteral("models"), text(row->name()))); });
        loadBody(row, model.name);
    }
    m_card->setSubtitle(numberText(models.size()));
    if (models.empty()) {
        auto* empty = new EmptyState(EmptyState::Kind::firstUse, tr("No model yet"),
            tr("A model names a provider, its address and the secret that opens it."), tr("Add one in the library"));
        connect(empty, &EmptyState::actionTriggered, this,
            [this] { Q_EMIT navigate(Route::parse(QStringLiteral("library/models"))); });
        m_view->showInstead(empty, now());
        return;
    }
    m_view->showContent(now());
    filter();
}

void ProvidersPage::loadBody(ProviderRow* row, const std::string& name)
{
    GetDefinition::Request ask;
    ask.kind = DefinitionKind::Model;
    ask.name = name;
    request<GetDefinition>(row, session(), ask, [row](Result<DefinitionVersion> answer) {
        if (!answer) {
            row->setBodyError(answer.error());
            return;
        }
        const auto body = modelBody(answer->body);
        if (body)
            row->setBody(*body);
        else
            row->setBodyError(body.error());
    });
}

void ProvidersPage::test(ProviderRow* row)
{
    row->setTesting();
    TestModel::Request ask;
    ask.name = row->name();
    request<TestModel>(row, session(), ask, [row](Result<TestModel::Response> answer) {
        if (answer)
            row->setTested(*answer);
        else
            row->setTestError(answer.error());
    });
}

void ProvidersPage::filter()
{
    for (const auto& [name, row] : m_models)
        row->setVisible(row->fits(m_search->text()));
}

}
