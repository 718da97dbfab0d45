#include "ui/screens/agents/agent_form.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/card.h"
#include "ui/kit/code_view.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::agents {

namespace {

constexpr int purposeHeight = 64;

QHBoxLayout* fieldPair(QWidget* left, QWidget* right)
{
    auto* pair = new QHBoxLayout;
    pair->setSpacing(metrics::gap);
    pair->addWidget(left, 1);
    pair->addWidget(right, 1);
    return pair;
}

}

AgentForm::AgentForm(QWidget* parent)
    : QWidget(parent)
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(metrics::gap);
    auto* left = new QVBoxLayout;
    left->setSpacing(metrics::gap);
    left->addWidget(makeWhat());
    left->addWidget(makeTools(), 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(metrics::gap);
    right->addWidget(makeBudget());
    right->addWidget(makeDecision());
    right->addWidget(makeContracts(), 1);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    setBody({});
}

QWidget* AgentForm::makeWhat()
{
    auto* card = new Card(tr("What it is"), Card::Padding::standard, this);
    card->body()->setSpacing(metrics::space12);
    m_title = new TextField(tr("Title"), card);
    m_titleRow = new FormRow(tr("Title"), m_title);
    card->body()->addWidget(m_titleRow);
    m_description = new QPlainTextEdit(card);
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(purposeHeight);
    card->body()->addWidget(new FormRow(tr("Purpose"), m_description));
    m_prompt = new Select(tr("Prompt"), card);
    m_model = new Select(tr("Model"), card);
    m_promptRow = new FormRow(tr("Prompt"), m_prompt);
    card->body()->addLayout(fieldPair(m_promptRow, new FormRow(tr("Model"), m_model)));
    m_temperature = new TextField(tr("Temperature"), card);
    m_temperature->setPlaceholderText(tr("As the model has it"));
    card->body()->addWidget(new FormRow(tr("Temperature"), m_temperature, tr("0 to 2; blank leaves it to the model.")));
    connect(m_title, &QLineEdit::textChanged, this, &AgentForm::tell);
    connect(m_description, &QPlainTextEdit::textChanged, this, &AgentForm::tell);
    connect(m_prompt, &QComboBox::currentIndexChanged, this, &AgentForm::tell);
    connect(m_model, &QComboBox::currentIndexChanged, this, &AgentForm::tell);
    connect(m_temperature, &QLineEdit::textChanged, this, &AgentForm::tell);
    return card;
}

QWidget* AgentForm::makeTools()
{
    auto* card = new Card(tr("Tools it may name"), Card::Padding::none, this);
    card->setSubtitle(tr("what each may do is a permission"));
    auto* scroll = new QScrollArea(card);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumHeight(96);
    auto* inside = new QWidget(scroll);
    m_toolRows = new QVBoxLayout(inside);
    m_toolRows->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    m_toolRows->setSpacing(metrics::space8);
    scroll->setWidget(inside);
    // The card's own surface shows through.
    inside->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    card->setBody(scroll);
    return card;
}

TextField* AgentForm::number(const QString& label, const QString& hint, QVBoxLayout* into)
{
    auto* field = new TextField(label, this);
    into->addWidget(new FormRow(label, field, hint));
    connect(field, &QLineEdit::textChanged, this, &AgentForm::tell);
    return field;
}

QWidget* AgentForm::makeBudget()
{
    auto* card = new Card(tr("Budget of one run"), Card::Padding::standard, this);
    card->setSubtitle(tr("0 or blank: no limit"));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(metrics::gap);
    const auto column = [columns] {
        auto* rows = new QVBoxLayout;
        columns->addLayout(rows, 1);
        return rows;
    };
    m_steps = number(tr("Model calls"), {}, column());
    m_toolCalls = number(tr("Tool calls"), {}, column());
    m_tokens = number(tr("Tokens"), {}, column());
    m_money = number(tr("Dollars"), {}, column());
    m_seconds = number(tr("Seconds"), {}, column());
    card->body()->addLayout(columns);
    return card;
}

QWidget* AgentForm::makeDecision()
{
    auto* card = new Card(tr("Decision rule"), Card::Padding::standard, this);
    card->setSubtitle(tr("how the outcome of a run is read"));
    card->body()->setSpacing(metrics::space12);
    m_subject = new TextField(tr("Decides about"), card);
    m_outcomeTool = new Select(tr("Tool that marks the outcome"), card);
    m_doneWord = new TextField(tr("Word when done"), card);
    m_deniedWord = new TextField(tr("Word when not"), card);
    m_amount = new TextField(tr("Amount in its arguments"), card);
    m_amount->setPlaceholderText(QStringLiteral("/amount"));
    m_amount->setMonospace();
    m_risk = new Select(tr("Risk class"), card);
    m_risk->addItem(tr("Minimal"), QStringLiteral("minimal"));
    m_risk->addItem(tr("Limited"), QStringLiteral("limited"));
    m_risk->addItem(tr("High"), QStringLiteral("high"));
    card->body()->addLayout(
        fieldPair(new FormRow(tr("Decides about"), m_subject), new FormRow(tr("Risk class"), m_risk)));
    card->body()->addLayout(fieldPair(new FormRow(tr("Tool that marks the outcome"), m_outcomeTool),
        new FormRow(tr("Amount in its arguments"), m_amount)));
    card->body()->addLayout(
        fieldPair(new FormRow(tr("Word when done"), m_doneWord), new FormRow(tr("Word when not"), m_deniedWord)));
    for (TextField* field : {m_subject, m_doneWord, m_deniedWord, m_amount})
        connect(field, &QLineEdit::textChanged, this, &AgentForm::tell);
    for (Select* select : {m_outcomeTool, m_risk})
        connect(select, &QComboBox::currentIndexChanged, this, &AgentForm::tell);
    return card;
}

QWidget* AgentForm::makeContracts()
{
    auto* card = new Card(tr("Contracts"), Card::Padding::none, this);
    card->setSubtitle(tr("JSON Schema; blank: any"));
    m_whichContract = new Segmented(tr("Which contract"), {tr("Variables"), tr("Answer")}, card);
    m_whichContract->setCompact();
    card->addTrailing(m_whichContract);
    auto* stack = new QStackedWidget(card);
    m_input = new CodeEditor(tr("Schema of the request's variables"), stack);
    m_output = new CodeEditor(tr("Schema of the answer"), stack);
    for (CodeEditor* editor : {m_input, m_output}) {
        editor->setRules(jsonRules());
        stack->addWidget(editor);
        connect(editor, &QPlainTextEdit::textChanged, this, &AgentForm::tell);
    }
    stack->setMinimumHeight(110);
    connect(m_whichContract, &Segmented::currentChanged, stack, &QStackedWidget::setCurrentIndex);
    card->setBody(stack);
    return card;
}

void AgentForm::tell()
{
    if (!m_isFilling)
        Q_EMIT edited();
}

void AgentForm::fillSelect(Select* select, const std::vector<DefinitionSummary>& choices, const std::string& chosen)
{
    const bool before = std::exchange(m_isFilling, true);
    select->clear();
    for (const DefinitionSummary& choice : choices)
        select->addItem(text(choice.title.empty() ? choice.name : choice.title), text(choice.name));
    if (chosen != "-" && !chosen.empty() && select->findData(text(chosen)) < 0)
        select->addItem(text(chosen), text(chosen));
    select->setCurrentIndex(select->findData(text(chosen)));
    m_isFilling = before;
}

void AgentForm::setPrompts(const std::vector<DefinitionSummary>& prompts)
{
    const QString chosen = chosenPrompt();
    fillSelect(m_prompt, prompts, chosen.isEmpty() ? m_body.prompt : utf8(chosen));
}

void AgentForm::setModels(const std::vector<DefinitionSummary>& models)
{
    const QString chosen = m_model->currentData().toString();
    fillSelect(m_model, models, chosen.isEmpty() ? m_body.model : utf8(chosen));
}

void AgentForm::setTools(const std::vector<DefinitionSummary>& tools)
{
    m_tools = tools;
    // What was ticked while the list was on its way stays ticked.
    std::vector<std::string> ticked;
    for (const QCheckBox* box : m_toolBoxes) {
        if (box->isChecked())
            ticked.push_back(utf8(box->property("tool").toString()));
    }
    showTools(ticked);
}

void AgentForm::setPromptPlace(Prompt place)
{
    m_promptRow->setVisible(place == Prompt::chosenHere);
}

void AgentForm::hideTitle()
{
    m_titleRow->hide();
}

QString AgentForm::chosenModel() const
{
    return m_model->currentData().toString();
}

QString AgentForm::chosenPrompt() const
{
    return m_prompt->currentData().toString();
}

void AgentForm::showTools(const std::vector<std::string>& ticked)
{
    const bool before = std::exchange(m_isFilling, true);
    while (QLayoutItem* item = m_toolRows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_toolBoxes.clear();
    std::vector<DefinitionSummary> all = m_tools;
    for (const std::string& named : ticked) {
        if (std::ranges::find(all, named, &DefinitionSummary::name) == all.end()) {
            DefinitionSummary gone;
            gone.name = named;
            all.push_back(std::move(gone));
        }
    }
    for (const DefinitionSummary& tool : all) {
        const QString detail = tool.detail.empty() ? QString() : QStringLiteral("  ·  ") + text(tool.detail);
        auto* box = new QCheckBox(text(tool.name) + detail);
        box->setToolTip(text(tool.title));
        box->setProperty("tool", text(tool.name));
        box->setChecked(std::ranges::find(ticked, tool.name) != ticked.end());
        connect(box, &QCheckBox::toggled, this, &AgentForm::tell);
        m_toolRows->addWidget(box);
        m_toolBoxes.push_back(box);
    }
    if (all.empty())
        m_toolRows->addWidget(new Label(tr("The library has no tools yet."), TextStyle::body, Token::textMuted));
    m_toolRows->addStretch(1);
    const QString marked = text(m_body.decision.outcomeTool);
    m_outcomeTool->clear();
    m_outcomeTool->addItem(tr("None, the answer itself"), QStringLiteral("-"));
    for (const DefinitionSummary& tool : all)
        m_outcomeTool->addItem(text(tool.name), text(tool.name));
    m_outcomeTool->setCurrentIndex(std::max(0, m_outcomeTool->findData(marked)));
    m_isFilling = before;
}

void AgentForm::setBody(const AgentBody& body)
{
    m_isFilling = true;
    m_body = body;
    m_title->setText(text(body.title));
    m_description->setPlainText(text(body.description));
    for (const auto& [select, chosen] : {std::pair{m_prompt, &body.prompt}, std::pair{m_model, &body.model}}) {
        if (*chosen != "-" && select->findData(text(*chosen)) < 0)
            select->addItem(text(*chosen), text(*chosen));
        select->setCurrentIndex(select->findData(text(*chosen)));
    }
    m_temperature->setText(body.temperature ? QString::number(*body.temperature) : QString());
    const auto plain = [](std::uint64_t value) { return value == 0 ? QString() : QString::number(value); };
    m_steps->setText(plain(body.budget.steps));
    m_toolCalls->setText(plain(body.budget.toolCalls));
    m_tokens->setText(plain(body.budget.tokens));
    m_money->setText(body.budget.money ? text(formatMoney(*body.budget.money)) : QString());
    m_seconds->setText(plain(body.budget.wallClockSeconds));
    m_subject->setText(text(body.decision.subject));
    m_doneWord->setText(text(body.decision.doneWord));
    m_deniedWord->setText(text(body.decision.deniedWord));
    m_amount->setText(text(body.decision.amountPointer));
    if (m_risk->findData(text(body.decision.riskClass)) < 0)
        m_risk->addItem(text(body.decision.riskClass), text(body.decision.riskClass));
    m_risk->setCurrentIndex(m_risk->findData(text(body.decision.riskClass)));
    m_input->setPlainText(indentedJson(body.inputSchema));
    m_output->setPlainText(indentedJson(body.outputSchema));
    showTools(body.tools);
    m_isFilling = false;
    if (const auto shown = this->body())
        m_body = *shown;
}

std::optional<std::uint64_t> AgentForm::readNumber(TextField* field)
{
    const QString typed = field->text().trimmed().remove(u',');
    bool good = true;
    const qulonglong value = typed.isEmpty() ? 0 : typed.toULongLong(&good);
    field->setError(good ? QString() : tr("A whole number, or blank."));
    return good ? std::optional<std::uint64_t>(value) : std::nullopt;
}

bool AgentForm::readContracts(AgentBody& body)
{
    bool good = true;
    const auto read = [&](CodeEditor* editor, Document& into, int which) {
        const auto document = documentFrom(editor->toPlainText());
        if (document) {
            editor->setProblems({});
            into = *document;
            return;
        }
        editor->setProblems({{0, int(editor->toPlainText().size()), errorLine(document.error())}});
        editor->setToolTip(errorLine(document.error()));
        m_whichContract->setCurrent(which);
        good = false;
    };
    read(m_input, body.inputSchema, 0);
    read(m_output, body.outputSchema, 1);
    return good;
}

std::optional<AgentBody> AgentForm::body()
{
    AgentBody body;
    body.title = utf8(m_title->text().trimmed());
    body.description = utf8(m_description->toPlainText().trimmed());
    const auto chosen = [](const Select* select) {
        const QString data = select->currentData().toString();
        return data.isEmpty() ? std::string("-") : utf8(data);
    };
    body.prompt = chosen(m_prompt);
    body.model = chosen(m_model);
    for (const QCheckBox* box : m_toolBoxes) {
        if (box->isChecked())
            body.tools.push_back(utf8(box->property("tool").toString()));
    }
    bool good = true;
    for (const auto& [field, into] :
        {std::pair{m_steps, &body.budget.steps}, std::pair{m_toolCalls, &body.budget.toolCalls},
            std::pair{m_tokens, &body.budget.tokens}, std::pair{m_seconds, &body.budget.wallClockSeconds}}) {
        const auto value = readNumber(field);
        *into = value.value_or(0);
        good = good && value.has_value();
    }
    const QString money = m_money->text().trimmed();
    m_money->setError({});
    if (!money.isEmpty()) {
        const auto parsed = parseMoney(utf8(money));
        m_money->setError(parsed ? QString() : tr("An amount like 0.25, or blank."));
        good = good && parsed.has_value();
        if (parsed)
            body.budget.money = *parsed;
    }
    const QString temperature = m_temperature->text().trimmed();
    bool isNumber = true;
    if (!temperature.isEmpty())
        body.temperature = temperature.toDouble(&isNumber);
    m_temperature->setError(isNumber ? QString() : tr("A number from 0 to 2, or blank."));
    body.decision.subject = utf8(m_subject->text().trimmed());
    body.decision.outcomeTool = chosen(m_outcomeTool);
    body.decision.doneWord = utf8(m_doneWord->text().trimmed());
    body.decision.deniedWord = utf8(m_deniedWord->text().trimmed());
    body.decision.amountPointer = utf8(m_amount->text().trimmed());
    body.decision.riskClass = utf8(m_risk->currentData().toString());
    if (!readContracts(body) || !good || !isNumber)
        return std::nullopt;
    return body;
}

bool AgentForm::isEdited()
{
    const auto now = body();
    return !now || *now != m_body;
}

}
