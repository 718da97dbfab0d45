#include "ui/screens/settings/secrets_page.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"

#include <QPointer>
#include <QVBoxLayout>

namespace ephor::ui::settings {

SecretDialog::SecretDialog(const QString& name, QWidget* parent)
    : Dialog(name.isEmpty() ? tr("Set a secret") : tr("Replace %1").arg(name),
          tr("The value is kept encrypted outside the workspace. Nobody can read it back, here or anywhere; models and "
             "tools use it by name."),
          parent)
    , m_name(new TextField(tr("Name"), this))
    , m_value(new TextField(tr("Value"), this))
    , m_failed(new Banner(State::failed, {}, {}, this))
{
    m_name->setText(name);
    m_name->setReadOnly(!name.isEmpty());
    m_value->setEchoMode(QLineEdit::Password);
    body()->addWidget(new FormRow(tr("Name"), m_name, tr("Models and tools refer to it as secret:name."), this));
    body()->addWidget(new FormRow(tr("Value"), m_value, {}, this));
    body()->addWidget(m_failed);
    m_failed->hide();
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_set = addButton(tr("Set secret"), Button::Role::primary);
    const auto follow = [this] {
        const bool complete = !m_name->text().trimmed().isEmpty() && !m_value->text().isEmpty();
        m_set->setEnabled(complete);
        m_set->setToolTip(complete ? QString() : tr("A secret needs a name and a value."));
    };
    follow();
    connect(m_name, &QLineEdit::textChanged, this, follow);
    connect(m_value, &QLineEdit::textChanged, this, follow);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_set, &QAbstractButton::clicked, this, &SecretDialog::setRequested);
    (name.isEmpty() ? m_name : m_value)->setFocus();
}

SetSecret::Request SecretDialog::request() const
{
    SetSecret::Request ask;
    QString name = m_name->text().trimmed();
    // People paste the reference as often as the name.
    if (name.startsWith(QStringLiteral("secret:")))
        name.remove(0, 7);
    ask.name = utf8(name);
    ask.value = utf8(m_value->text());
    return ask;
}

void SecretDialog::showError(const Error& error)
{
    m_failed->setText(State::failed, tr("Not set."), errorLine(error));
    m_failed->show();
}

SecretsPage::SecretsPage(ScreenContext& context, QWidget* parent)
    : SettingsPage(context, parent)
    , m_card(new Card(tr("Secrets"), Card::Padding::none, this))
    , m_search(new SearchField(tr("Filter secrets"), m_card))
    , m_replace(new Button(tr("Replace…"), Button::Role::secondary, m_card))
    , m_remove(new Button(tr("Remove…"), Button::Role::danger, m_card))
    , m_told(new Banner(State::ok, {}, {}, m_card))
    , m_model(new CellsModel({tr("Name"), tr("Refer to it as"), tr("Value")}, this))
    , m_table(new DataTable(tr("Secrets")))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    auto* add = new Button(tr("Set secret"), Button::Role::primary, m_card);
    add->setGlyph(Icon::plus);
    permit(add, session(), Permission::ManageKeys);
    m_search->setMaximumWidth(200);
    m_card->addTrailing(m_search);
    for (Button* button : {m_replace, m_remove, add}) {
        button->setSize(Button::Size::compact);
        m_card->addTrailing(button);
    }
    m_table->setModel(m_model);
    m_table->setFitColumns();
    m_table->setColumns({
        {QStringLiteral("name"), 240, CellKind::text, TableColumn::Shown::always},
        {QStringLiteral("reference"), 0, CellKind::mono},
        {QStringLiteral("value"), 160, CellKind::secondaryText},
    });
    m_table->setFilterField(m_search);
    m_view = new LoadView(m_table, 5, m_card);
    m_card->body()->addWidget(m_told);
    m_card->body()->addWidget(m_view, 1);
    m_told->hide();
    rows->addWidget(m_card, 1);
    connect(m_view, &LoadView::retryRequested, this, &SecretsPage::load);
    connect(m_search, &SearchField::searchChanged, this, &SecretsPage::fill);
    connect(add, &QAbstractButton::clicked, this, [this] { set({}); });
    connect(m_replace, &QAbstractButton::clicked, this, [this] { set(chosen()); });
    connect(m_remove, &QAbstractButton::clicked, this, &SecretsPage::remove);
    connect(m_table, &DataTable::rowSelected, this, &SecretsPage::followChoice);
    followChoice();
}

void SecretsPage::open(const Route&)
{
    load();
}

void SecretsPage::load()
{
    if (!session().may(Permission::ManageKeys)) {
        QWidget probe;
        permit(&probe, session(), Permission::ManageKeys);
        m_view->showInstead(
            new EmptyState(EmptyState::Kind::noPermission, tr("Secrets are not open to you"), probe.toolTip()), now());
        return;
    }
    m_view->beginAgain();
    m_asked.request<ListSecrets>(this, session(), {}, [this](Result<ListSecrets::Response> answer) {
        if (!answer) {
            m_view->showError(answer.error());
            return;
        }
        m_names = std::move(answer->names);
        fill();
    });
}

void SecretsPage::fill()
{
    std::vector<CellRow> rows;
    const QString typed = m_search->text().trimmed();
    for (const std::string& name : m_names) {
        if (text(name).contains(typed, Qt::CaseInsensitive))
            rows.push_back(
                {text(name), {{text(name)}, {QStringLiteral("secret:") + text(name)}, {tr("kept, never shown")}}});
    }
    m_card->setSubtitle(numberText(m_names.size()));
    const bool nothing = rows.empty();
    m_model->setRows(std::move(rows));
    if (nothing && m_names.empty()) {
        auto* empty = new EmptyState(EmptyState::Kind::firstUse, tr("No secret yet"),
            tr("The key of a model's provider, or the token of a tool, is kept here and used by name."),
            tr("Set secret"));
        connect(empty, &EmptyState::actionTriggered, this, [this] { set({}); });
        m_view->showInstead(empty, now());
    } else if (nothing) {
        auto* empty = new EmptyState(
            EmptyState::Kind::noResults, tr("No secret fits"), tr("None is called that."), tr("Show all secrets"));
        connect(empty, &EmptyState::actionTriggered, m_search, &QLineEdit::clear);
        m_view->showInstead(empty, now());
    } else {
        m_view->showContent(now());
    }
    followChoice();
}

QString SecretsPage::chosen() const
{
    return m_table->currentIndex().isValid() ? m_model->keyAt(m_table->currentIndex().row()).toString() : QString();
}

void SecretsPage::followChoice()
{
    for (Button* button : {m_replace, m_remove}) {
        if (permit(button, session(), Permission::ManageKeys)) {
            button->setEnabled(!chosen().isEmpty());
            button->setToolTip(chosen().isEmpty() ? tr("Choose a secret first") : QString());
        }
    }
}

void SecretsPage::set(const QString& name)
{
    auto* dialog = new SecretDialog(name, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SecretDialog::setRequested, this, [this, dialog = QPointer<SecretDialog>(dialog)] {
        request<SetSecret>(this, session(), dialog->request(), [this, dialog](Result<Empty> answer) {
            if (!answer && dialog) {
                dialog->showError(answer.error());
                return;
            }
            if (dialog)
                dialog->accept();
            tell(answer, tr("Set."), tr("Not set."));
        });
    });
    dialog->open();
}

void SecretsPage::remove()
{
    const QString name = chosen();
    if (name.isEmpty())
        return;
    ConfirmDialog::Question question;
    question.title = tr("Remove %1").arg(name);
    question.text = tr("Models and tools that refer to secret:%1 fail from then on.").arg(name);
    question.irreversible = tr("the value is gone");
    question.action = tr("Remove secret");
    question.role = Button::Role::dangerSolid;
    question.typedPhrase = name;
    auto* dialog = new ConfirmDialog(question, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, name] {
        RemoveSecret::Request ask;
        ask.name = utf8(name);
        request<RemoveSecret>(
            this, session(), ask, [this](Result<Empty> answer) { tell(answer, tr("Removed."), tr("Not removed.")); });
    });
    dialog->open();
}

void SecretsPage::tell(const Result<Empty>& answer, const QString& done, const QString& failed)
{
    if (answer)
        m_told->setText(State::ok, done, tr("It is in the record, without the value."));
    else
        m_told->setText(State::failed, failed, errorLine(answer.error()));
    m_told->show();
    load();
}

}
