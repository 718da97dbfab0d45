#include "ui/screens/agents/behaviour_tab.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/propose_change.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/code_view.h"
#include "ui/kit/diff_view.h"
#include "ui/kit/field.h"
#include "ui/kit/format.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/item_list.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/screens/agents/agent_form.h"
#include "ui/screens/agents/page_rows.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ephor::ui::agents {

namespace {

constexpr int behaviourSideWidth = 320;
enum ShownText { showsPrompt = 0, showsDifference = 3 };

}

BehaviourTab::BehaviourTab(ScreenContext& context, QWidget* parent)
    : AgentTab(context, parent)
    , m_pages(new QStackedWidget(this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_pages);
    m_pages->addWidget(makeReading());
    m_pages->addWidget(makeEditing());
}

QWidget* BehaviourTab::makeReading()
{
    auto* page = new QWidget(m_pages);
    auto* columns = new QHBoxLayout(page);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(metrics::gap);
    m_card = new Card(tr("Prompt"), Card::Padding::none, page);
    m_which
        = new Segmented(tr("What is shown"), {tr("Prompt"), tr("Variables"), tr("Answer"), tr("Difference")}, m_card);
    m_which->setCompact();
    auto* library = new LinkLabel(tr("Open in library"), m_card);
    connect(library, &QAbstractButton::clicked, this,
        [this] { Q_EMIT navigate(routes::definition(QStringLiteral("prompts"), text(m_body.prompt))); });
    m_card->addTrailing(library);
    m_card->addTrailing(m_which);
    m_texts = new QStackedWidget(m_card);
    m_prompt = new CodeView(tr("Prompt text"), m_texts);
    m_prompt->setRules(templateRules());
    m_prompt->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_promptView = new LoadView(m_prompt, 8, m_texts);
    connect(m_promptView, &LoadView::retryRequested, this, &BehaviourTab::loadPrompt);
    m_input = new CodeView(tr("Schema of the request's variables"), m_texts);
    m_output = new CodeView(tr("Schema of the answer"), m_texts);
    m_diff = new DiffView(tr("Difference of two versions"), m_texts);
    m_diffView = new LoadView(m_diff, 8, m_texts);
    connect(m_diffView, &LoadView::retryRequested, this, [this] { compare(m_versions->currentKey().toULongLong()); });
    m_texts->addWidget(m_promptView);
    for (CodeView* schema : {m_input, m_output}) {
        schema->setRules(jsonRules());
        schema->setPlaceholderText(tr("No schema: anything is taken."));
        m_texts->addWidget(schema);
    }
    m_texts->addWidget(m_diffView);
    connect(m_which, &Segmented::currentChanged, this, [this](int which) {
        m_texts->setCurrentIndex(which);
        const QStringList titles{tr("Prompt"), tr("Variables of the request"), tr("Answer"), tr("Difference")};
        m_card->setTitle(titles.value(which));
        if (which == showsDifference)
            compare(m_versions->currentKey().toULongLong());
        else
            m_card->setSubtitle(which == showsPrompt ? text(m_body.prompt) : tr("JSON Schema"));
    });
    m_card->setBody(m_texts);
    columns->addWidget(m_card, 1);
    columns->addWidget(makeSide());
    return page;
}

QWidget* BehaviourTab::makeSide()
{
    auto* side = new QWidget(this);
    side->setFixedWidth(behaviourSideWidth);
    auto* rows = new QVBoxLayout(side);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    auto* card = new Card(tr("How it behaves"), Card::Padding::standard, side);
    m_edit = new Button(tr("Edit"), Button::Role::secondary, card);
    m_edit->setGlyph(Icon::pencil);
    m_edit->setSize(Button::Size::compact);
    connect(m_edit, &QAbstractButton::clicked, this, &BehaviourTab::edit);
    card->addTrailing(m_edit);
    m_facts = new KeyValueList(92, card);
    card->body()->addWidget(m_facts);
    rows->addWidget(card);
    auto* versions = new Card(tr("Versions"), Card::Padding::none, side);
    m_versions = new ItemList(tr("Versions of the behaviour"), versions);
    m_versionsView = new LoadView(m_versions, 4, versions);
    connect(m_versionsView, &LoadView::retryRequested, this, &BehaviourTab::loadVersions);
    connect(m_versions, &ItemList::itemSelected, this, [this](const QVariant&) {
        if (m_which->current() == showsDifference)
            compare(m_versions->currentKey().toULongLong());
    });
    connect(m_versions, &ItemList::itemOpened, this, [this](const QVariant&) { m_which->setCurrent(showsDifference); });
    versions->setBody(m_versionsView);
    m_propose = new Button(tr("Submit as change"), Button::Role::secondary, versions);
    connect(m_propose, &QAbstractButton::clicked, this, &BehaviourTab::propose);
    versions->footer()->addWidget(m_propose, 1);
    rows->addWidget(versions, 1);
    return side;
}

QWidget* BehaviourTab::makeEditing()
{
    auto* page = new QWidget(m_pages);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    m_conflict = new Banner(State::warning, {}, {}, page);
    m_conflict->setAction(tr("Start again from it"));
    m_conflict->hide();
    connect(m_conflict, &Banner::actionTriggered, this, &BehaviourTab::edit);
    m_error = new InlineError({}, page);
    m_error->hide();
    connect(m_error, &InlineError::retryRequested, this, &BehaviourTab::save);
    auto* scroll = new QScrollArea(page);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_form = new AgentForm(scroll);
    scroll->setWidget(m_form);
    auto* acts = new QHBoxLayout;
    acts->setSpacing(metrics::space8);
    m_message = new TextField(tr("What changed and why"), page);
    m_message->setPlaceholderText(tr("What changed and why"));
    auto* cancel = new Button(tr("Cancel"), Button::Role::secondary, page);
    m_save = new Button(tr("Save new version"), Button::Role::primary, page);
    connect(cancel, &QAbstractButton::clicked, this, &BehaviourTab::leaveForm);
    connect(m_save, &QAbstractButton::clicked, this, &BehaviourTab::save);
    connect(m_message, &QLineEdit::returnPressed, m_save, &QAbstractButton::click);
    acts->addWidget(m_message, 1);
    acts->addWidget(cancel);
    acts->addWidget(m_save);
    rows->addWidget(m_conflict);
    rows->addWidget(m_error);
    rows->addWidget(scroll, 1);
    rows->addLayout(acts);
    return page;
}

void BehaviourTab::begin()
{
    m_hasDefinition = false;
    m_known.clear();
    m_pages->setCurrentIndex(0);
    m_which->setCurrent(showsPrompt);
    m_promptView->beginNew();
    m_versionsView->beginNew();
    m_facts->clear();
    for (Button* button : {m_edit, m_propose}) {
        button->setEnabled(false);
        button->setToolTip(tr("The definition is still being read."));
    }
}

void BehaviourTab::load()
{
    loadVersions();
    if (m_hasDefinition)
        loadPrompt();
}

void BehaviourTab::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Definitions, Topic::Changes, Topic::Rollouts}))
        loadVersions();
}

void BehaviourTab::showDefinition(const DefinitionVersion& version, const AgentBody& body)
{
    const bool otherPrompt = !m_hasDefinition || body.prompt != m_body.prompt;
    m_definition = version;
    m_body = body;
    m_hasDefinition = true;
    m_facts->clear();
    const auto wrapped = [this](const QString& key, const QString& words) {
        m_facts->addRow(key, words)->setOverflow(Label::Overflow::wrap);
    };
    auto* model = new LinkLabel(text(body.model), m_facts);
    model->setTextStyle(TextStyle::body);
    connect(model, &QAbstractButton::clicked, this,
        [this] { Q_EMIT navigate(routes::definition(QStringLiteral("models"), text(m_body.model))); });
    m_facts->addRow(tr("Model"), model);
    m_facts->addRow(
        tr("Temperature"), body.temperature ? QString::number(*body.temperature) : tr("As the model has it"));
    wrapped(tr("Budget"), budgetWords(body.budget));
    wrapped(tr("Decides"), text(body.decision.subject));
    wrapped(tr("Outcome"),
        body.decision.outcomeTool == "-"
            ? tr("from the words of the answer")
            : tr("%1 when %2 succeeds, else %3")
                  .arg(text(body.decision.doneWord), text(body.decision.outcomeTool), text(body.decision.deniedWord)));
    m_facts->addRow(tr("Risk class"), text(body.decision.riskClass));
    m_facts->addRow(tr("Tools"), tr("%n tool(s)", nullptr, int(body.tools.size())));
    m_input->setPlainText(indentedJson(body.inputSchema));
    m_output->setPlainText(indentedJson(body.outputSchema));
    permit(m_edit, session(), Permission::EditDefinitions);
    if (otherPrompt && isVisible())
        loadPrompt();
}

void BehaviourTab::loadPrompt()
{
    if (m_which->current() == showsPrompt)
        m_card->setSubtitle(text(m_body.prompt));
    m_askPrompt.request<GetDefinition>(
        this, session(), {DefinitionKind::Prompt, m_body.prompt, 0}, [this](Result<DefinitionVersion> answer) {
            if (!answer)
                return m_promptView->showError(answer.error());
            const auto body = promptBody(answer->body);
            if (!body)
                return m_promptView->showError(body.error());
            m_prompt->setPlainText(text(body->text));
            if (m_which->current() == showsPrompt)
                m_card->setSubtitle(
                    tr("%1, newest is %2").arg(text(m_body.prompt), versionText(answer->version.number)));
            m_promptView->showContent(now());
        });
}

void BehaviourTab::loadVersions()
{
    m_versionsView->beginAgain();
    m_askVersions.request<ListVersions>(
        this, session(), {DefinitionKind::Agent, name()}, [this](Result<ListVersions::Response> answer) {
            if (!answer)
                return m_versionsView->showError(answer.error());
            m_known = std::move(answer->versions);
            showVersions();
        });
}

void BehaviourTab::showVersions()
{
    m_versions->setItems(versionItems(m_known, session().principal(), now()));
    if (!m_versions->currentKey().isValid() && !m_known.empty())
        m_versions->setCurrentKey(QVariant::fromValue<qulonglong>(newestVersion(m_known)));
    m_versionsView->showContent(now());
    if (permit(m_propose, session(), Permission::EditDefinitions)
        && newestVersion(m_known) == productionVersion(m_known)) {
        m_propose->setEnabled(false);
        m_propose->setToolTip(tr("The newest version is in production already."));
    }
}

void BehaviourTab::compare(std::uint64_t version)
{
    if (version == 0)
        return;
    const std::uint64_t production = productionVersion(m_known);
    const std::uint64_t from = production != 0 && production != version ? production : version - 1;
    m_diffView->beginNew();
    m_askDiff.request<DiffVersions>(this, session(), {DefinitionKind::Agent, name(), from, version},
        [this, from, version](Result<DiffVersions::Response> answer) {
            if (!answer)
                return m_diffView->showError(answer.error());
            m_diff->setLines(diffLinesOf(answer->lines));
            if (m_which->current() == showsDifference)
                m_card->setSubtitle(from == 0 ? tr("%1 is the first version").arg(versionText(version))
                                              : tr("%1 to %2, %3 lines added, %4 removed")
                                                    .arg(versionText(from), versionText(version))
                                                    .arg(answer->added)
                                                    .arg(answer->removed));
            m_diffView->showContent(now());
        });
}

bool BehaviourTab::hasUnsavedWork() const
{
    return m_pages->currentIndex() == 1 && m_form->isEdited();
}

void BehaviourTab::edit()
{
    if (!m_hasDefinition || !session().may(Permission::EditDefinitions))
        return;
    m_conflict->hide();
    m_error->hide();
    m_expected = m_definition.version.number;
    m_form->setBody(m_body);
    m_message->clear();
    m_save->setEnabled(true);
    m_pages->setCurrentIndex(1);
    loadChoices();
}

void BehaviourTab::loadChoices()
{
    const auto ask = [this](DefinitionKind kind, void (AgentForm::*set)(const std::vector<DefinitionSummary>&)) {
        request<ListDefinitions>(this, session(), {kind, false}, [this, set](Result<ListDefinitions::Response> answer) {
            if (answer)
                (m_form->*set)(answer->definitions);
        });
    };
    ask(DefinitionKind::Prompt, &AgentForm::setPrompts);
    ask(DefinitionKind::Model, &AgentForm::setModels);
    ask(DefinitionKind::Tool, &AgentForm::setTools);
}

void BehaviourTab::save()
{
    auto body = m_form->body();
    if (!body)
        return;
    m_error->hide();
    m_save->setEnabled(false);
    SaveAgent::Request ask;
    ask.name = name();
    ask.body = std::move(*body);
    ask.message = utf8(m_message->text().trimmed());
    ask.expectedVersion = m_expected;
    request<SaveAgent>(
        this, session(), std::move(ask), [this](Result<SaveAgent::Response> answer) { savedOrNot(answer); });
}

void BehaviourTab::savedOrNot(const Result<SaveAgent::Response>& answer)
{
    m_save->setEnabled(true);
    if (answer) {
        Q_EMIT notify({{}, State::ok, tr("Saved %1").arg(versionText(answer->saved.version)),
            tr("It is a draft until a change releases it.")});
        leaveForm();
        loadVersions();
        Q_EMIT changed();
        return;
    }
    if (answer.error().code == "definition.moved-on") {
        m_conflict->setText(State::warning, tr("Somebody saved a newer version meanwhile."),
            tr("Nothing of yours is lost: copy what you need."));
        m_conflict->show();
        Q_EMIT changed();
        return;
    }
    m_error->setError(errorText(answer.error()));
    m_error->show();
}

void BehaviourTab::leaveForm()
{
    m_form->setBody(m_body);
    m_pages->setCurrentIndex(0);
}

void BehaviourTab::propose()
{
    ChangeItem item;
    item.kind = DefinitionKind::Agent;
    item.name = name();
    item.from = productionVersion(m_known);
    item.to = newestVersion(m_known);
    std::string message;
    for (const VersionInfo& version : m_known) {
        if (version.number == item.to)
            message = version.message;
    }
    auto* dialog = new ProposeChange(session(),
        {text(message), {{agent(), text(m_body.title)}}, {item}, {},
            tr("Behaviour of %1: %2 to %3.").arg(text(m_body.title), versionText(item.from), versionText(item.to))},
        this);
    connect(dialog, &ProposeChange::submitted, this,
        [this](const ChangeSummary& change) { Q_EMIT navigate(routes::change(text(change.id))); });
    dialog->open();
}

}
