#include "ui/screens/changes/new_change_dialog.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <array>

namespace ephor::ui::changes {

namespace {

constexpr int newChangeWidth = 560;
constexpr int whyHeight = 64;
constexpr int choicesHeight = 96;
/// Shortest title that changes.create takes.
constexpr int shortestChangeTitle = 3;
constexpr int longestChangeTitle = 200;
constexpr std::array definitionKinds{
    DefinitionKind::Agent, DefinitionKind::Prompt, DefinitionKind::Model, DefinitionKind::Tool};

}

NewChangeDialog::NewChangeDialog(Session& session, const QString& agent, const QDateTime& now, QWidget* parent)
    : Dialog(tr("New change"),
          tr("A change moves one agent to newer versions or other permissions. Nothing reaches traffic before it is "
             "checked, approved and rolled out."),
          parent)
    , m_session(session)
    , m_wantedAgent(agent)
    , m_now(now)
    , m_agent(new Select(tr("Agent"), this))
    , m_tool(new Select(tr("Tool"), this))
    , m_access(new Select(tr("Access"), this))
    , m_title(new TextField(tr("Title"), this))
    , m_description(new QPlainTextEdit(this))
    , m_error(new InlineError({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(newChangeWidth);
    fillForm();
    loadAgents();
}

void NewChangeDialog::fillForm()
{
    auto* list = new QWidget(this);
    m_items = new QVBoxLayout(list);
    m_items->setContentsMargins(0, 0, 0, 0);
    m_items->setSpacing(metrics::space4);
    m_view = new LoadView(list, 3, this);
    m_view->setMinimumHeight(choicesHeight);
    auto* rule = new QWidget(this);
    auto* row = new QHBoxLayout(rule);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space8);
    row->addWidget(m_tool, 1);
    row->addWidget(m_access);
    for (const ephor::Access access :
        {ephor::Access::Allow, ephor::Access::Ask, ephor::Access::Deny, ephor::Access::None})
        m_access->addItem(accessWord(matrixAccess(access)), int(access));
    m_title->setMaxLength(longestChangeTitle);
    m_description->setAccessibleName(tr("Why"));
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(whyHeight);
    body()->addWidget(new FormRow(tr("Agent"), m_agent));
    body()->addWidget(new Label(tr("Moves to the newest version"), TextStyle::smallMedium, Token::textSecondary, this));
    body()->addWidget(m_view);
    body()->addWidget(new FormRow(tr("Permission"), rule, tr("More at once: stage them in Policies, Access matrix.")));
    body()->addWidget(new FormRow(tr("Title"), m_title));
    body()->addWidget(new FormRow(tr("Why"), m_description, tr("Whoever approves reads this.")));
    body()->addWidget(m_error);
    m_error->hide();
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_save = addButton(tr("Save draft"), Button::Role::secondary);
    m_submit = addButton(tr("Save and submit"), Button::Role::primary);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_save, &QAbstractButton::clicked, this, [this] { send(After::draftOnly); });
    connect(m_submit, &QAbstractButton::clicked, this, [this] { send(After::submit); });
    connect(m_error, &InlineError::retryRequested, this, [this] { send(After::submit); });
    connect(m_view, &LoadView::retryRequested, this, &NewChangeDialog::loadChoices);
    connect(m_agent, &QComboBox::currentIndexChanged, this, &NewChangeDialog::loadChoices);
    connect(m_tool, &QComboBox::currentIndexChanged, this, &NewChangeDialog::judge);
    connect(m_title, &QLineEdit::textEdited, this, [this] { m_isTitleOwn = true; });
    connect(m_title, &QLineEdit::textChanged, this, &NewChangeDialog::judge);
    judge();
}

void NewChangeDialog::loadAgents()
{
    ListDefinitions::Request ask;
    ask.kind = DefinitionKind::Agent;
    request<ListDefinitions>(this, m_session, ask, [this](Result<ListDefinitions::Response> answer) {
        if (!answer)
            return failed(answer.error());
        {
            const QSignalBlocker quiet(m_agent);
            for (const DefinitionSummary& agent : answer->definitions)
                m_agent->addItem(text(agent.title.empty() ? agent.name : agent.title), text(agent.name));
            if (const int at = m_agent->findData(m_wantedAgent); at >= 0)
                m_agent->setCurrentIndex(at);
        }
        loadChoices();
    });
}

void NewChangeDialog::loadChoices()
{
    m_definitions.clear();
    m_choices.clear();
    m_boxes.clear();
    m_view->beginNew();
    if (m_agent->currentIndex() < 0)
        return;
    GetDefinition::Request ask;
    ask.kind = DefinitionKind::Agent;
    ask.name = utf8(m_agent->currentData().toString());
    m_body.request<GetDefinition>(this, m_session, std::move(ask), [this](Result<DefinitionVersion> answer) {
        if (!answer)
            return m_view->showError(answer.error());
        const Result<AgentBody> body = agentBody(answer->body);
        if (!body)
            return m_view->showError(body.error());
        gather(*body);
    });
}

void NewChangeDialog::gather(const AgentBody& body)
{
    showGrants(body);
    m_awaited = int(definitionKinds.size());
    for (std::size_t at = 0; at < definitionKinds.size(); ++at) {
        ListDefinitions::Request ask;
        ask.kind = definitionKinds[at];
        m_lists[at].request<ListDefinitions>(
            this, m_session, ask, [this, body](Result<ListDefinitions::Response> answer) {
                if (!answer)
                    return m_view->showError(answer.error());
                std::ranges::move(answer->definitions, std::back_inserter(m_definitions));
                if (--m_awaited > 0)
                    return;
                m_choices = itemChoices(utf8(m_agent->currentData().toString()), body, m_definitions, m_now);
                showChoices();
            });
    }
}

void NewChangeDialog::showGrants(const AgentBody& body)
{
    const QSignalBlocker quiet(m_tool);
    m_tool->clear();
    m_tool->addItem(tr("No permission moves"), QString());
    for (const std::string& tool : body.tools)
        m_tool->addItem(text(tool), text(tool));
    m_access->setEnabled(false);
}

void NewChangeDialog::showChoices()
{
    while (QLayoutItem* item = m_items->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    for (const ItemChoice& choice : m_choices) {
        auto* row = new QWidget(this);
        auto* cells = new QHBoxLayout(row);
        cells->setContentsMargins(0, 0, 0, 0);
        auto* box = new QCheckBox(choice.label, row);
        box->setChecked(true);
        cells->addWidget(box, 1);
        cells->addWidget(new Label(choice.detail, TextStyle::small, Token::textMuted, row));
        m_items->addWidget(row);
        m_boxes.push_back(box);
        connect(box, &QCheckBox::toggled, this, &NewChangeDialog::judge);
    }
    if (m_choices.empty()) {
        auto* none = new Label(tr("Every version that this agent uses is in production already. Save a newer one in "
                                  "the library, or choose a permission below."),
            TextStyle::small, Token::textMuted, this);
        none->setOverflow(Label::Overflow::wrap);
        m_items->addWidget(none);
    }
    m_items->addStretch(1);
    m_view->showContent(m_now);
    judge();
}

std::vector<ChangeItem> NewChangeDialog::chosen() const
{
    std::vector<ChangeItem> items;
    for (std::size_t at = 0; at < m_boxes.size(); ++at) {
        if (m_boxes[at]->isChecked())
            items.push_back(m_choices[at].item);
    }
    return items;
}

std::optional<GrantRule> NewChangeDialog::grant() const
{
    const QString tool = m_tool->currentData().toString();
    if (tool.isEmpty())
        return std::nullopt;
    GrantRule rule;
    rule.agent = utf8(m_agent->currentData().toString());
    rule.tool = utf8(tool);
    rule.access = ephor::Access(m_access->currentData().toInt());
    return rule;
}

void NewChangeDialog::judge()
{
    m_access->setEnabled(!m_tool->currentData().toString().isEmpty());
    const auto items = chosen();
    if (!m_isTitleOwn) {
        const QSignalBlocker quiet(m_title);
        QString title = suggestedTitle(m_agent->currentText(), items);
        if (title.isEmpty() && grant())
            title = tr("%1: permission of %2").arg(m_agent->currentText(), m_tool->currentText());
        m_title->setText(title.left(longestChangeTitle));
    }
    const bool isWhole = (!items.empty() || grant()) && m_title->text().trimmed().size() >= shortestChangeTitle;
    m_save->setEnabled(isWhole && m_draft.empty());
    m_submit->setEnabled(isWhole);
    const QString missing = isWhole ? QString() : tr("Choose what moves and give it a title");
    m_save->setToolTip(missing);
    m_submit->setToolTip(missing);
}

void NewChangeDialog::send(After after)
{
    m_error->hide();
    m_save->setEnabled(false);
    m_submit->setEnabled(false);
    if (!m_draft.empty())
        return submit();
    CreateChange::Request ask;
    ask.agent = utf8(m_agent->currentData().toString());
    ask.title = utf8(m_title->text().trimmed());
    ask.description = utf8(m_description->toPlainText().trimmed());
    const auto items = chosen();
    ask.items.assign(items.begin(), items.end());
    if (const auto rule = grant())
        ask.grants.push_back(*rule);
    request<CreateChange>(this, m_session, std::move(ask), [this, after](Result<CreateChange::Response> answer) {
        if (!answer)
            return failed(answer.error());
        m_draft = answer->change.id;
        m_agent->setEnabled(false);
        if (after == After::submit)
            return submit();
        Q_EMIT drafted(text(m_draft));
        accept();
    });
}

void NewChangeDialog::submit()
{
    request<SubmitChange>(this, m_session, {m_draft}, [this](Result<SubmitChange::Response> answer) {
        if (!answer)
            return failed(answer.error());
        Q_EMIT drafted(text(m_draft));
        accept();
    });
}

void NewChangeDialog::failed(const Error& error)
{
    ErrorText words = errorText(error);
    if (!m_draft.empty())
        words.hint = tr("The change %1 is drafted; only its checks are still to be run.").arg(text(m_draft));
    m_error->setError(words);
    m_error->show();
    judge();
}

}
