#include "ui/screens/settings/keys_page.h"

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
#include "ui/screens/settings/access_dialog.h"
#include "ui/screens/settings/key_dialog.h"
#include "ui/screens/settings/people_rows.h"

#include <QVBoxLayout>

namespace ephor::ui::settings {

KeysPage::KeysPage(ScreenContext& context, QWidget* parent)
    : SettingsPage(context, parent)
    , m_card(new Card(tr("Service keys"), Card::Padding::none, this))
    , m_told(new Banner(State::ok, {}, {}, this))
    , m_model(new CellsModel(keyTitles(), this))
    , m_table(new DataTable(tr("Service keys")))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    makeHeader();
    m_table->setModel(m_model);
    m_table->setFitColumns();
    m_table->setColumns({
        {QStringLiteral("name"), 140, CellKind::text, TableColumn::Shown::always},
        {QStringLiteral("prefix"), 88, CellKind::mono},
        {QStringLiteral("scope"), 158, CellKind::secondaryText},
        {QStringLiteral("may"), 0, CellKind::secondaryText},
        {QStringLiteral("owner"), 110},
        {QStringLiteral("used"), 84, CellKind::secondaryText},
        {QStringLiteral("state"), 144, CellKind::status},
    });
    m_table->setFilterField(m_search);
    m_view = new LoadView(m_table, 6, m_card);
    m_card->body()->addWidget(m_told);
    m_card->body()->addWidget(m_view, 1);
    m_told->hide();
    rows->addWidget(m_card, 1);
    connect(m_view, &LoadView::retryRequested, this, &KeysPage::load);
    connect(&TeamTitles::of(session()), &TeamTitles::changed, this, [this] {
        if (!m_keys.empty())
            fill();
    });
    connect(m_table, &DataTable::rowSelected, this, [this](const QModelIndex& index) {
        if (m_filling || !index.isValid())
            return;
        m_key = m_model->keyAt(index.row()).toString();
        selected();
        Q_EMIT routeChanged(settingsRoute(QStringLiteral("keys"), QStringLiteral("key"), m_key));
    });
}

void KeysPage::makeHeader()
{
    m_search = new SearchField(tr("Filter keys"), m_card);
    m_search->setMaximumWidth(200);
    m_revoke = new Button(tr("Revoke…"), Button::Role::danger, m_card);
    m_revoke->setSize(Button::Size::compact);
    m_create = new Button(tr("Create key"), Button::Role::primary, m_card);
    m_create->setGlyph(Icon::plus);
    m_create->setSize(Button::Size::compact);
    permit(m_create, session(), Permission::ManageKeys);
    m_card->addTrailing(m_search);
    m_access = new Button(tr("What it may do"), Button::Role::secondary, m_card);
    m_access->setSize(Button::Size::compact);
    m_card->addTrailing(m_access);
    m_card->addTrailing(m_revoke);
    m_card->addTrailing(m_create);
    connect(m_search, &SearchField::searchChanged, this, &KeysPage::fill);
    connect(m_create, &QAbstractButton::clicked, this, &KeysPage::create);
    connect(m_revoke, &QAbstractButton::clicked, this, &KeysPage::revoke);
    connect(m_access, &QAbstractButton::clicked, this, [this] {
        if (const ServiceKey* const chosen = key()) {
            auto* dialog = new AccessDialog(session(), text(chosen->id), text(chosen->name), this);
            connect(dialog, &AccessDialog::navigate, this, &KeysPage::navigate);
            dialog->open();
        }
    });
}

const ServiceKey* KeysPage::key() const
{
    const auto found
        = std::find_if(m_keys.begin(), m_keys.end(), [this](const ServiceKey& one) { return text(one.id) == m_key; });
    return found == m_keys.end() ? nullptr : &*found;
}

void KeysPage::open(const Route& route)
{
    m_key = route.query.value(QStringLiteral("key"));
    load();
}

void KeysPage::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::People}))
        load();
}

void KeysPage::load()
{
    m_view->beginAgain();
    m_asked.request<ListKeys>(this, session(), {}, [this](Result<ListKeys::Response> answer) {
        if (!answer) {
            m_view->showError(answer.error());
            return;
        }
        m_keys = std::move(answer->keys);
        std::stable_sort(m_keys.begin(), m_keys.end(), [this](const ServiceKey& one, const ServiceKey& other) {
            return keyStateOf(one, now()).isInForce > keyStateOf(other, now()).isInForce;
        });
        fill();
    });
    request<ListTeams>(this, session(), {}, [this](Result<ListTeams::Response> answer) {
        m_teams.clear();
        for (const Team& team : answer ? answer->teams : std::vector<Team>())
            m_teams.emplaceBack(text(team.name), text(team.title.empty() ? team.name : team.title));
    });
}

void KeysPage::fill()
{
    m_filling = true;
    const QString typed = m_search->text().trimmed();
    const TeamNames& names = TeamTitles::of(session()).names();
    std::vector<CellRow> rows;
    for (const ServiceKey& one : m_keys) {
        const QString all = text(one.name) + u' ' + text(one.prefix) + u' ' + text(one.team) + u' ' + names.of(one.team)
            + u' ' + text(one.ownerName);
        if (all.contains(typed, Qt::CaseInsensitive))
            rows.push_back(keyRow(one, now(), names));
    }
    const bool nothing = rows.empty();
    m_card->setSubtitle(numberText(m_keys.size()));
    m_model->setRows(std::move(rows));
    if (nothing && m_keys.empty()) {
        const bool may = session().may(Permission::ManageKeys);
        auto* empty = new EmptyState(EmptyState::Kind::firstUse, tr("No service key yet"),
            tr("A program that calls agents does so with a key: for one team, for what it needs, until a day."),
            may ? tr("Create key") : QString());
        connect(empty, &EmptyState::actionTriggered, this, &KeysPage::create);
        m_view->showInstead(empty, now());
    } else if (nothing) {
        auto* empty = new EmptyState(EmptyState::Kind::noResults, tr("No key fits"),
            tr("No key has this in its name, beginning, team or owner."), tr("Show all keys"));
        connect(empty, &EmptyState::actionTriggered, m_search, &QLineEdit::clear);
        m_view->showInstead(empty, now());
    } else {
        m_view->showContent(now());
    }
    if (const int row = m_model->rowOf(m_key); row >= 0)
        m_table->selectRow(row);
    m_filling = false;
    selected();
}

void KeysPage::selected()
{
    const ServiceKey* chosen = key();
    m_access->setEnabled(chosen != nullptr);
    m_access->setToolTip(chosen ? QString() : tr("Choose a key first"));
    if (!permit(m_revoke, session(), Permission::ManageKeys))
        return;
    const bool inForce = chosen && chosen->revokedAt == Instant{};
    m_revoke->setEnabled(inForce);
    m_revoke->setToolTip(!chosen ? tr("Choose a key first")
            : inForce            ? tr("Programs that use it are refused from then on")
                                 : tr("It is revoked already"));
}

void KeysPage::create()
{
    auto* dialog = new KeyDialog(
        m_teams, text(session().info().environment), permissionsForKeys(session().info().permissions), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &KeyDialog::createRequested, this, [this, dialog = QPointer<KeyDialog>(dialog)] {
        // Its answer is a secret that is shown once: it goes to this dialog and nowhere else.
        request<CreateKey>(dialog.data(), session(), dialog->request(),
            [this, page = QPointer<KeysPage>(this), dialog](Result<CreateKey::Response> answer) {
                if (answer)
                    dialog->showToken(*answer);
                else
                    dialog->showError(answer.error());
                if (page && answer) {
                    m_key = text(answer->key.id);
                    load();
                }
            });
    });
    dialog->open();
}

void KeysPage::revoke()
{
    const ServiceKey* chosen = key();
    if (!chosen)
        return;
    ReasonDialog::Question question;
    question.title = tr("Revoke %1").arg(text(chosen->name));
    question.text
        = tr("Whoever calls with %1… is refused from this moment. It cannot be brought back; a new key can be "
             "made.")
              .arg(text(chosen->prefix));
    question.reasons = {tr("The token leaked"), tr("No longer used"), tr("Replaced by another key")};
    question.accept = tr("Revoke key");
    auto* dialog = new ReasonDialog(question, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog, id = chosen->id] {
        if (dialog->outcome() == ReasonDialog::Outcome::accepted)
            sendRevoke(id, dialog->reason());
    });
    dialog->open();
}

void KeysPage::sendRevoke(const std::string& id, const QString& reason)
{
    RevokeKey::Request ask;
    ask.id = id;
    ask.reason = utf8(reason);
    request<RevokeKey>(this, session(), ask, [this](Result<Empty> answer) {
        if (answer)
            m_told->setText(State::ok, tr("Revoked."), tr("It is in the record with your reason."));
        else
            m_told->setText(State::failed, tr("Not revoked."), errorLine(answer.error()));
        m_told->show();
        load();
    });
}

}
