#include "ui/screens/library/prompt_page.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/code_view.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/item_list.h"
#include "ui/kit/label.h"
#include "ui/library/library_rows.h"
#include "ui/screens/library/partials_box.h"
#include "ui/screens/library/try_panel.h"
#include "ui/screens/library/variables_card.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace ephor::ui::library {

namespace {

/// How long typing must pause before the text is checked.
constexpr int checkPauseMilliseconds = 300;
constexpr int sideColumn = 328;
constexpr int problemListHeight = 84;
/// As a Line of the core.
constexpr int longestTitle = 512;

/// A text and its partials as one, for a difference.
QString withPartials(QString whole, const std::map<std::string, std::string>& partials)
{
    for (const auto& [name, words] : partials)
        whole += QStringLiteral("\n\n{{> %1}}\n%2").arg(text(name), text(words));
    return whole;
}

}

PromptPage::PromptPage(ScreenContext& pageContext, QWidget* parent)
    : DefinitionPage(DefinitionKind::Prompt, pageContext, parent)
    , m_title(new TextField(tr("Title"), this))
    , m_editor(new CodeEditor(tr("Text of the prompt"), this))
    , m_variables(new CodeEditor(tr("Schema of the variables"), this))
    , m_partials(new PartialsBox(this))
    , m_variablesCard(new VariablesCard(this))
    , m_try(new TryPanel(pageContext, this))
{
    m_editor->setRules(templateRules());
    m_variables->setRules(jsonRules());
    m_variables->setPlaceholderText(tr("JSON Schema of the variables; blank: any name is taken"));
    belowEditor = makeBelow();
    auto* side = new QWidget(this);
    auto* rows = new QVBoxLayout(side);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    rows->addWidget(m_variablesCard);
    rows->addWidget(m_try, 1);
    assemble(
        {{tr("Edit"), makeEditor()}, {tr("Variables"), m_variables}, {tr("Partials"), m_partials}}, side, sideColumn);
    m_pause.setSingleShot(true);
    m_pause.setInterval(checkPauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &PromptPage::check);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &PromptPage::typed);
    connect(m_variables, &QPlainTextEdit::textChanged, this, &PromptPage::typed);
    connect(m_title, &QLineEdit::textChanged, this, &PromptPage::typed);
    connect(m_partials, &PartialsBox::edited, this, &PromptPage::typed);
    connect(m_editor, &CodeEditor::cursorMoved, this, [this](int, int column) {
        m_column = column;
        showStatus();
    });
    connect(m_variablesCard, &VariablesCard::lineChosen, this, [this](int line) {
        chooseView(1);
        m_editor->goToLine(line);
        m_editor->setFocus();
    });
    connect(m_try, &TryPanel::navigate, this, &PromptPage::navigate);
}

QWidget* PromptPage::makeEditor()
{
    auto* page = new QWidget(this);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    row->setSpacing(metrics::space8);
    auto* label = new Label(tr("Title"), TextStyle::small, Token::textMuted, page);
    label->setBuddy(m_title);
    m_title->setMaxLength(longestTitle);
    row->addWidget(label);
    row->addWidget(m_title, 1);
    rows->addLayout(row);
    rows->addWidget(m_editor, 1);
    return page;
}

QWidget* PromptPage::makeBelow()
{
    auto* below = new QWidget(this);
    auto* rows = new QVBoxLayout(below);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_problem = new Banner(State::failed, {}, {}, below);
    m_problem->hide();
    m_problemList = new ItemList(tr("Problems"), below);
    m_problemList->setMaximumHeight(problemListHeight);
    m_problemList->hide();
    rows->addWidget(m_problem);
    rows->addWidget(m_problemList);
    connect(m_problem, &Banner::actionTriggered, this, &PromptPage::mendFirst);
    connect(m_problemList, &ItemList::itemOpened, this, [this](const QVariant& index) {
        const Problem& problem = m_problems[std::size_t(index.toInt())];
        chooseView(1);
        m_editor->goToLine(std::max(1, int(problem.line)));
        m_editor->setFocus();
    });
    return below;
}

Result<void> PromptPage::showBody(const DefinitionVersion& version)
{
    EPHOR_TRY(m_body, promptBody(version.body));
    m_problems.clear();
    m_try->clear();
    if (const auto kept = m_drafts.constFind(key()); kept != m_drafts.cend()) {
        setBase(kept->base);
        fill(*kept);
        setStatus(tr("Unsaved text restored"));
    } else {
        fill(savedDraft());
        showStatus();
    }
    if (const auto place = std::exchange(m_place, {}); place && place->name == name())
        returnTo(*place);
    check();
    return {};
}

void PromptPage::showBlank()
{
    m_body = {};
    m_try->clear();
    fill(m_drafts.value(QString()));
    usesKnown({});
    // What the prompt shown before had wrong.
    m_askCheck.cancel();
    m_problems.clear();
    m_schemaProblem.clear();
    m_editor->setProblems({});
    showProblems();
    showStatus();
    if (m_drafts.contains(QString()))
        check();
}

PromptPage::Draft PromptPage::typedDraft() const
{
    return {m_title->text(), m_editor->toPlainText(), m_variables->toPlainText(), m_partials->partials(), base()};
}

PromptPage::Draft PromptPage::savedDraft() const
{
    return {text(m_body.title), text(m_body.text), indentedJson(m_body.variables), m_body.partials, base()};
}

bool PromptPage::isSame(const Draft& one, const Draft& other)
{
    return one.title == other.title && one.text == other.text && one.variables == other.variables
        && one.partials == other.partials;
}

void PromptPage::fill(const Draft& draft)
{
    m_isFilling = true;
    m_title->setText(draft.title);
    // The same text again keeps cursor and scroll.
    if (m_editor->toPlainText() != draft.text)
        m_editor->setPlainText(draft.text);
    if (m_variables->toPlainText() != draft.variables)
        m_variables->setPlainText(draft.variables);
    m_partials->setPartials(draft.partials);
    m_isFilling = false;
    m_typed = draft;
    m_editor->setChangedLines({});
    m_variablesCard->setLines({});
}

bool PromptPage::isEdited() const
{
    return !isSame(typedDraft(), savedDraft());
}

void PromptPage::discard()
{
    m_drafts.remove(key());
    fill(savedDraft());
    check();
}

void PromptPage::typed()
{
    const Draft now = typedDraft();
    if (m_isFilling || isSame(now, m_typed))
        return;
    m_typed = now;
    if (isEdited())
        m_drafts.insert(key(), now);
    else
        m_drafts.remove(key());
    QSet<int> changed;
    for (const DiffLine& line : diffLinesBetween(text(m_body.text), m_editor->toPlainText())) {
        if (line.kind == DiffLine::Kind::added)
            changed.insert(line.newNumber);
    }
    m_editor->setChangedLines(changed);
    m_try->setText(m_editor->toPlainText());
    m_pause.start();
    showStatus();
    edited();
}

void PromptPage::returnTo(const Place& place)
{
    QTextCursor cursor(m_editor->document());
    cursor.setPosition(std::min(place.position, m_editor->document()->characterCount() - 1));
    m_editor->setTextCursor(cursor);
    m_editor->verticalScrollBar()->setValue(place.scrolled);
}

std::optional<PromptBody> PromptPage::typedBody() const
{
    PromptBody body = m_body;
    body.text = utf8(m_editor->toPlainText());
    const auto schema = documentFrom(m_variables->toPlainText());
    if (!schema)
        return std::nullopt;
    body.variables = *schema;
    body.partials = m_partials->partials();
    body.title = utf8(m_title->text().trimmed());
    if (body.title.empty())
        body.title = utf8(name());
    return body;
}

void PromptPage::check()
{
    m_pause.stop();
    m_schemaProblem.clear();
    m_variables->setProblems({});
    const auto body = typedBody();
    if (!body) {
        const auto wrong = documentFrom(m_variables->toPlainText());
        m_schemaProblem = tr("Variables: %1").arg(errorLine(wrong.error()));
        m_variables->setProblems({{0, int(m_variables->toPlainText().size()), m_schemaProblem}});
        showProblems();
        edited();
        return;
    }
    m_try->setBody(*body);
    m_askCheck.request<CheckPrompt>(this, session(), {isNew() ? Name("new") : Name(utf8(name())), *body},
        [this](Result<CheckPrompt::Response> answer) {
            if (answer)
                return showChecked(*answer);
            m_problems.clear();
            m_schemaProblem = tr("Not checked: %1").arg(errorLine(answer.error()));
            showProblems();
        });
}

void PromptPage::showChecked(const CheckPrompt::Response& checked)
{
    m_problems = checked.problems;
    m_editor->setProblems(textProblems(m_editor->toPlainText(), m_problems));
    const auto schema = documentFrom(m_variables->toPlainText());
    const auto lines
        = variableLines(m_editor->toPlainText(), schema ? *schema : Document{}, checked.variables, checked.problems);
    m_variablesCard->setLines(lines);
    showProblems();
    edited();
}

void PromptPage::showProblems()
{
    const auto first = std::ranges::find(m_problems, false, &Problem::warning);
    const bool wrong = !m_schemaProblem.isEmpty() || !m_problems.empty();
    m_problem->setVisible(wrong);
    m_problemList->setVisible(m_problems.size() > 1);
    m_mend.clear();
    if (!wrong)
        return;
    if (!m_schemaProblem.isEmpty()) {
        m_problem->setText(State::failed, m_schemaProblem);
        m_problem->setAction({});
        return;
    }
    const Problem& shown = first == m_problems.end() ? m_problems.front() : *first;
    const auto schema = documentFrom(m_variables->toPlainText());
    if (shown.code == "prompt.unknown-variable" && schema)
        m_mend = nearestName(text(shown.at), declaredNames(*schema));
    m_problem->setText(shown.warning ? State::warning : State::failed, problemSentence(shown),
        m_mend.isEmpty() ? text(shown.hint) : tr("Did you mean %1?").arg(m_mend));
    m_problem->setAction(m_mend.isEmpty() ? (shown.line > 0 ? tr("Go to it") : QString()) : tr("Replace"));
    std::vector<ListItem> items;
    for (std::size_t index = 0; index < m_problems.size(); ++index) {
        if (&m_problems[index] == &shown)
            continue;
        ListItem item;
        item.key = int(index);
        item.icon = stateIcon(m_problems[index].warning ? State::warning : State::failed);
        item.iconToken = stateToken(m_problems[index].warning ? State::warning : State::failed);
        item.title = problemSentence(m_problems[index]);
        items.push_back(std::move(item));
    }
    m_problemList->setItems(std::move(items));
}

void PromptPage::mendFirst()
{
    if (m_problems.empty())
        return;
    const auto first = std::ranges::find(m_problems, false, &Problem::warning);
    const Problem shown = first == m_problems.end() ? m_problems.front() : *first;
    chooseView(1);
    if (m_mend.isEmpty()) {
        m_editor->goToLine(std::max(1, int(shown.line)));
        m_editor->setFocus();
        return;
    }
    const QString mended = withReplaced(m_editor->toPlainText(), shown, m_mend);
    // As an edit, so that it can be undone.
    QTextCursor cursor(m_editor->document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(mended);
    cursor.endEditBlock();
    m_editor->goToLine(std::max(1, int(shown.line)));
    m_editor->setFocus();
}

void PromptPage::showStatus()
{
    const int before = roughTokens(text(m_body.text));
    const int tokens = roughTokens(m_editor->toPlainText());
    QStringList words;
    words << (isEdited() ? tr("Not saved") : isNew() ? tr("Nothing typed yet") : tr("Saved"));
    if (tokens > 0)
        words << (tokens == before ? tr("about %1 tokens").arg(tokens)
                                   : tr("about %1 tokens, %2%3")
                                         .arg(tokens)
                                         .arg(tokens > before ? QStringLiteral("+") : QStringLiteral("\u2212"))
                                         .arg(std::abs(tokens - before)));
    // The gutter tells the line.
    if (m_editor->isVisible() && tokens > 0)
        words << tr("column %1").arg(m_column);
    setStatus(words.join(QStringLiteral(" · ")));
}

QString PromptPage::whyNotSave() const
{
    if (!m_schemaProblem.isEmpty())
        return m_schemaProblem;
    const auto first = std::ranges::find(m_problems, false, &Problem::warning);
    return first == m_problems.end() ? QString() : problemSentence(*first);
}

bool PromptPage::send(const Saving& saving)
{
    auto body = typedBody();
    if (!body)
        return false;
    if (body->title.empty())
        body->title = saving.name;
    m_place = Place{text(saving.name), m_editor->textCursor().position(), m_editor->verticalScrollBar()->value()};
    request<SavePrompt>(this, session(),
        {saving.name, saving.team, std::move(*body), saving.message, saving.expectedVersion},
        [this](Result<SavePrompt::Response> answer) {
            if (!answer)
                m_place.reset();
            saved(answer ? Result<DefinitionRef>(answer->saved) : std::unexpected<Error>(answer.error()));
        });
    return true;
}

QString PromptPage::typedText() const
{
    QString whole = withPartials(m_editor->toPlainText(), m_partials->partials());
    if (m_title->text() != text(m_body.title))
        whole += QStringLiteral("\n") + tr("Title: %1").arg(m_title->text());
    return whole;
}

QString PromptPage::textOf(const DefinitionVersion& version) const
{
    const auto body = promptBody(version.body);
    return body ? withPartials(text(body->text), body->partials) : QString();
}

void PromptPage::usesKnown(const std::vector<Use>& uses)
{
    m_try->setAgents(usingAgents(uses));
}

void PromptPage::focusTry()
{
    m_try->focusInput();
}

void PromptPage::tryIt()
{
    m_try->press();
}

}
