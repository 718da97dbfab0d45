#include "ui/screens/settings/people_page.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/kit/wrapped_rows.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/screens/settings/access_dialog.h"
#include "ui/screens/settings/erasure_dialog.h"
#include "ui/screens/settings/people_rows.h"
#include "ui/screens/settings/person_form.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QVBoxLayout>

namespace ephor::ui::settings {

namespace {

constexpr int formWidth = 460;
/// Below this width the table keeps name, roles and state.
constexpr int narrowPeople = 640;
constexpr int loginColumn = 1;
constexpr int seenColumn = 3;
const QString newPerson = QStringLiteral("new");

}

PeoplePage::PeoplePage(ScreenContext& context, QWidget* parent)
    : SettingsPage(context, parent)
    , m_form(new PersonForm(this))
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(metrics::gap);
    columns->addWidget(makeList(), 1);
    m_form->setFixedWidth(formWidth);
    m_form->hide();
    columns->addWidget(m_form);
    connect(m_form, &PersonForm::saveRequested, this, &PeoplePage::save);
    connect(m_form, &PersonForm::accessRequested, this, [this] {
        auto* dialog = new AccessDialog(session(), m_person, text(m_form->person().name), this);
        connect(dialog, &AccessDialog::navigate, this, &PeoplePage::navigate);
        dialog->open();
    });
    connect(m_form, &PersonForm::cancelled, this, [this] {
        if (m_person == newPerson)
            select({});
        else
            showPerson();
    });
}

QWidget* PeoplePage::makeList()
{
    m_card = new Card(tr("People"), Card::Padding::none, this);
    m_search = new SearchField(tr("Filter people"), m_card);
    m_search->setMaximumWidth(180);
    auto* add = new Button(tr("Add person"), Button::Role::primary, m_card);
    add->setGlyph(Icon::plus);
    add->setSize(Button::Size::compact);
    permit(add, session(), Permission::ManagePeople);
    auto* erase = new Button(tr("Erase somebody…"), Button::Role::secondary, m_card);
    erase->setSize(Button::Size::compact);
    erase->setToolTip(tr("Whom agents worked for: everything said for them, for good"));
    permit(erase, session(), Permission::ReadRecord, erase->toolTip());
    m_card->addTrailing(m_search);
    m_card->footer()->addWidget(erase);
    m_card->footer()->addStretch(1);
    m_card->addTrailing(add);
    m_model = new CellsModel(peopleTitles(), this);
    m_table = new DataTable(tr("People"));
    m_table->setModel(m_model);
    m_table->setFitColumns();
    m_table->setColumns({
        {QStringLiteral("name"), 180, CellKind::text, TableColumn::Shown::always},
        {QStringLiteral("login"), 84, CellKind::secondaryText},
        {QStringLiteral("roles"), 0},
        {QStringLiteral("seen"), 108, CellKind::secondaryText},
        {QStringLiteral("state"), 88, CellKind::status},
    });
    new WrappedRows(m_table);
    m_table->setFilterField(m_search);
    m_view = new LoadView(m_table, 8, m_card);
    m_card->setBody(m_view);
    connect(m_view, &LoadView::retryRequested, this, &PeoplePage::load);
    connect(m_search, &SearchField::searchChanged, this, &PeoplePage::fill);
    connect(&TeamTitles::of(session()), &TeamTitles::changed, this, [this] {
        if (!m_people.empty())
            fill();
    });
    connect(add, &QAbstractButton::clicked, this, [this] { select(newPerson); });
    connect(erase, &QAbstractButton::clicked, this, &PeoplePage::erase);
    connect(m_table, &DataTable::rowSelected, this, [this](const QModelIndex& index) {
        if (!m_filling && index.isValid())
            select(m_model->keyAt(index.row()).toString());
    });
    return m_card;
}

void PeoplePage::resizeEvent(QResizeEvent* event)
{
    SettingsPage::resizeEvent(event);
    fitColumns();
}

void PeoplePage::fitColumns()
{
    const int room = width() - (m_form->isHidden() ? 0 : formWidth + metrics::gap);
    const bool isNarrow = room < narrowPeople;
    m_table->setColumnHidden(loginColumn, isNarrow);
    m_table->setColumnHidden(seenColumn, isNarrow);
}

QString PeoplePage::refusal() const
{
    QWidget probe;
    return permit(&probe, session(), Permission::ManagePeople) ? QString() : probe.toolTip();
}

void PeoplePage::open(const Route& route)
{
    const QString person = route.query.value(QStringLiteral("person"));
    const bool moved = person != m_person;
    m_person = person;
    if (moved && !m_people.empty())
        fill();
    if (moved)
        showPerson();
    load();
    // Going back here does not open it again.
    if (route.query.contains(QStringLiteral("erase"))) {
        Q_EMIT routeChanged(route.with(QStringLiteral("erase"), {}));
        erase();
    }
}

void PeoplePage::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::People}))
        load();
}

bool PeoplePage::hasUnsavedWork() const
{
    return !m_form->isHidden() && m_form->isChanged() && !(m_form->isNew() && m_form->request().name.empty());
}

void PeoplePage::load()
{
    m_view->beginAgain();
    m_asked.request<ListPeople>(this, session(), {}, [this](Result<ListPeople::Response> answer) {
        if (!answer) {
            m_view->showError(answer.error());
            return;
        }
        m_people = std::move(answer->people);
        std::stable_sort(m_people.begin(), m_people.end(),
            [](const Person& one, const Person& other) { return one.active > other.active; });
        m_view->showContent(now());
        fill();
        const auto shown = std::find_if(
            m_people.begin(), m_people.end(), [this](const Person& person) { return text(person.id) == m_person; });
        const bool isSame = shown != m_people.end() && !m_form->isHidden() && *shown == m_form->person();
        if (!isSame && (m_form->isHidden() || !m_form->isChanged()))
            showPerson();
    });
    request<ListTeams>(this, session(), {}, [this](Result<ListTeams::Response> answer) {
        QStringList teams;
        for (const Team& team : answer ? answer->teams : std::vector<Team>())
            teams << text(team.name);
        m_form->setChoices(teams, {text(session().info().environment)}, TeamTitles::of(session()).names());
    });
}

void PeoplePage::fill()
{
    m_filling = true;
    std::vector<CellRow> rows;
    const QString typed = m_search->text().trimmed();
    const TeamNames& names = TeamTitles::of(session()).names();
    for (const Person& person : m_people) {
        if (typed.isEmpty() || personFits(person, typed, names))
            rows.push_back(personRow(person, now(), names));
    }
    const bool nothing = rows.empty() && !m_people.empty();
    m_card->setSubtitle(typed.isEmpty() ? numberText(m_people.size())
                                        : tr("%1 of %2").arg(numberText(rows.size()), numberText(m_people.size())));
    m_model->setRows(std::move(rows));
    if (nothing) {
        auto* empty = new EmptyState(EmptyState::Kind::noResults, tr("Nobody fits"),
            tr("No person has all these words in name, login, title or roles."), tr("Show everybody"));
        connect(empty, &EmptyState::actionTriggered, m_search, &QLineEdit::clear);
        m_view->showInstead(empty, now());
    } else if (!m_people.empty()) {
        m_view->showContent(now());
    }
    if (const int row = m_model->rowOf(m_person); row >= 0)
        m_table->selectRow(row);
    m_filling = false;
}

void PeoplePage::select(const QString& id)
{
    if (id == m_person)
        return;
    m_person = id;
    showPerson();
    if (id.isEmpty() || id == newPerson)
        m_table->clearSelection();
    Q_EMIT routeChanged(settingsRoute(QStringLiteral("people"), QStringLiteral("person"), id));
}

void PeoplePage::showPerson()
{
    if (m_person == newPerson && refusal().isEmpty()) {
        m_form->show();
        m_form->setNew();
        fitColumns();
        return;
    }
    const auto found = std::find_if(
        m_people.begin(), m_people.end(), [this](const Person& person) { return text(person.id) == m_person; });
    m_form->setVisible(found != m_people.end());
    fitColumns();
    if (found == m_people.end())
        return;
    const bool own = found->id == session().principal();
    m_form->setPerson(*found, own ? PersonForm::Whose::own : PersonForm::Whose::other, refusal(), now());
}

void PeoplePage::erase()
{
    auto* dialog = new ErasureDialog(session(), this);
    connect(dialog, &ErasureDialog::done, this, &PeoplePage::tellErased);
    dialog->open();
}

void PeoplePage::tellErased(const QString& sentence)
{
    Q_EMIT notify({{}, State::ok, tr("In the record with your reason"), sentence});
}

void PeoplePage::save()
{
    request<SavePerson>(this, session(), m_form->request(), [this](Result<SavePerson::Response> answer) {
        if (!answer) {
            m_form->showError(answer.error());
            return;
        }
        const Person& saved = answer->person;
        const auto place = std::find_if(
            m_people.begin(), m_people.end(), [&](const Person& person) { return person.id == saved.id; });
        if (place == m_people.end())
            m_people.push_back(saved);
        else
            *place = saved;
        m_person = text(saved.id);
        fill();
        showPerson();
        m_form->showSaved();
        Q_EMIT routeChanged(settingsRoute(QStringLiteral("people"), QStringLiteral("person"), m_person));
    });
}

}
