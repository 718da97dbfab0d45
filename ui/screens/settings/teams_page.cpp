#include "ui/screens/settings/teams_page.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/screens/settings/people_rows.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::settings {

namespace {

constexpr int teamFormWidth = 320;
const QString newTeam = QStringLiteral("new");

}

TeamsPage::TeamsPage(ScreenContext& context, QWidget* parent)
    : SettingsPage(context, parent)
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(metrics::gap);
    makeList();
    makeForm();
    columns->addWidget(m_card, 1);
    columns->addWidget(m_form, 0, Qt::AlignTop);
}

void TeamsPage::makeList()
{
    m_card = new Card(tr("Teams"), Card::Padding::none, this);
    m_search = new SearchField(tr("Filter teams"), m_card);
    m_search->setMaximumWidth(220);
    auto* add = new Button(tr("Add team"), Button::Role::primary, m_card);
    add->setGlyph(Icon::plus);
    add->setSize(Button::Size::compact);
    permit(add, session(), Permission::ManagePeople);
    m_card->addTrailing(m_search);
    m_card->addTrailing(add);
    m_model = new CellsModel(teamTitles(), this);
    m_table = new DataTable(tr("Teams"));
    m_table->setModel(m_model);
    m_table->setFitColumns();
    m_table->setColumns({
        {QStringLiteral("team"), 180, CellKind::text, TableColumn::Shown::always},
        {QStringLiteral("title"), 0, CellKind::secondaryText},
        {QStringLiteral("people"), 90, CellKind::number},
        {QStringLiteral("agents"), 90, CellKind::link},
    });
    m_table->setFilterField(m_search);
    m_view = new LoadView(m_table, 6, m_card);
    m_card->setBody(m_view);
    connect(m_view, &LoadView::retryRequested, this, &TeamsPage::load);
    connect(m_search, &SearchField::searchChanged, this, &TeamsPage::fill);
    connect(add, &QAbstractButton::clicked, this, [this] { select(newTeam); });
    connect(m_table, &DataTable::rowSelected, this, [this](const QModelIndex& index) {
        if (!m_filling && index.isValid())
            select(m_model->keyAt(index.row()).toString());
    });
    connect(m_table, &DataTable::linkActivated, this, [this](const QModelIndex& index) {
        Q_EMIT navigate(Route{
            QStringLiteral("agents"), {}, {{QStringLiteral("team"), m_model->keyAt(index.row()).toString()}}, {}});
    });
}

void TeamsPage::makeForm()
{
    m_form = new Card(tr("Team"), Card::Padding::standard, this);
    m_form->setFixedWidth(teamFormWidth);
    m_form->hide();
    m_name = new TextField(tr("Team"), m_form);
    m_title = new TextField(tr("Title"), m_form);
    m_nameRow = new FormRow(tr("Name"), m_name, tr("Short, lower case, stays for good: cards"), m_form);
    m_titleRow = new FormRow(tr("Title"), m_title, tr("What people read: Card services"), m_form);
    m_told = new Banner(State::ok, {}, {}, m_form);
    m_save = new Button(tr("Save"), Button::Role::primary, m_form);
    m_form->body()->addWidget(m_nameRow);
    m_form->body()->addWidget(m_titleRow);
    m_form->body()->addWidget(m_told);
    m_form->footer()->addWidget(m_save);
    m_form->footer()->addStretch(1);
    m_told->hide();
    for (TextField* field : {m_name, m_title}) {
        connect(field, &QLineEdit::textChanged, this, &TeamsPage::edited);
        connect(field, &QLineEdit::returnPressed, m_save, &QAbstractButton::click);
    }
    connect(m_save, &QAbstractButton::clicked, this, &TeamsPage::save);
}

const Team* TeamsPage::team() const
{
    const auto found
        = std::find_if(m_teams.begin(), m_teams.end(), [this](const Team& one) { return text(one.name) == m_team; });
    return found == m_teams.end() ? nullptr : &*found;
}

void TeamsPage::open(const Route& route)
{
    m_team = route.query.value(QStringLiteral("team"));
    showTeam();
    load();
}

void TeamsPage::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::People, Topic::Definitions}))
        load();
}

bool TeamsPage::hasUnsavedWork() const
{
    return !m_form->isHidden() && m_save->isEnabled();
}

void TeamsPage::load()
{
    m_view->beginAgain();
    m_asked.request<ListTeams>(this, session(), {}, [this](Result<ListTeams::Response> answer) {
        if (!answer) {
            m_view->showError(answer.error());
            return;
        }
        const bool edits = hasUnsavedWork();
        m_teams = std::move(answer->teams);
        fill();
        if (!edits && m_form->isHidden() != (team() == nullptr))
            showTeam();
    });
}

void TeamsPage::fill()
{
    m_filling = true;
    const QString typed = m_search->text().trimmed();
    std::vector<CellRow> rows;
    for (const Team& one : m_teams) {
        if (text(one.name).contains(typed, Qt::CaseInsensitive) || text(one.title).contains(typed, Qt::CaseInsensitive))
            rows.push_back(teamRow(one));
    }
    m_card->setSubtitle(numberText(m_teams.size()));
    const bool nothing = rows.empty();
    m_model->setRows(std::move(rows));
    if (nothing && m_teams.empty()) {
        auto* empty = new EmptyState(EmptyState::Kind::firstUse, tr("No team yet"),
            tr("Every agent, key and budget belongs to a team. Add the first one."));
        m_view->showInstead(empty, now());
    } else if (nothing) {
        auto* empty = new EmptyState(
            EmptyState::Kind::noResults, tr("No team fits"), tr("No team is called that."), tr("Show all teams"));
        connect(empty, &EmptyState::actionTriggered, m_search, &QLineEdit::clear);
        m_view->showInstead(empty, now());
    } else {
        m_view->showContent(now());
    }
    if (const int row = m_model->rowOf(m_team); row >= 0)
        m_table->selectRow(row);
    m_filling = false;
}

void TeamsPage::select(const QString& name)
{
    m_team = name;
    showTeam();
    Q_EMIT routeChanged(settingsRoute(QStringLiteral("teams"), QStringLiteral("team"), name));
}

void TeamsPage::showTeam()
{
    const Team* shown = team();
    const bool isNew = m_team == newTeam && !shown;
    m_form->setVisible(shown || isNew);
    m_told->hide();
    m_nameRow->setError({});
    m_form->setTitle(isNew ? tr("Add a team") : m_team);
    m_name->setText(shown ? text(shown->name) : QString());
    m_title->setText(shown ? text(shown->title) : QString());
    // A team's name is written into definitions and roles: it stays, only its title changes.
    m_name->setReadOnly(!isNew);
    permit(m_title, session(), Permission::ManagePeople);
    edited();
    if (isNew)
        m_name->setFocus();
}

void TeamsPage::edited()
{
    const Team* shown = team();
    const QString name = m_name->text().trimmed();
    const bool changed = shown ? utf8(m_title->text().trimmed()) != shown->title : !name.isEmpty();
    m_save->setText(shown ? tr("Save") : tr("Add"));
    if (permit(m_save, session(), Permission::ManagePeople)) {
        m_save->setEnabled(changed);
        m_save->setToolTip(changed ? QString() : shown ? tr("Nothing has changed.") : tr("Give it a name."));
    }
}

void TeamsPage::save()
{
    SaveTeam::Request ask;
    ask.name = utf8(m_name->text().trimmed());
    ask.title = utf8(m_title->text().trimmed());
    request<SaveTeam>(this, session(), ask, [this](Result<SaveTeam::Response> answer) {
        if (!answer) {
            if (answer.error().code == "teams.name-format")
                m_nameRow->setError(errorLine(answer.error()));
            else
                m_told->setText(State::failed, tr("Not saved."), errorLine(answer.error()));
            m_told->setVisible(answer.error().code != "teams.name-format");
            return;
        }
        const Team saved = answer->team;
        std::erase_if(m_teams, [&](const Team& one) { return one.name == saved.name; });
        m_teams.push_back(saved);
        std::sort(
            m_teams.begin(), m_teams.end(), [](const Team& one, const Team& other) { return one.name < other.name; });
        select(text(saved.name));
        fill();
        m_told->setText(State::ok, tr("Saved"), tr("It is in the record."));
        m_told->show();
    });
}

}
