#include "ui/screens/agents/connect_page.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/team_titles.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/code_view.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"
#include "ui/screens/agents/connect_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::agents {

namespace {

constexpr int seenWidth = 380;
constexpr int threeLines = 74;

/// A text to paste, with the button that copies it.
QWidget* pasteBox(CodeView* view, int height, const QString& copyName)
{
    auto* box = new QWidget(view->parentWidget());
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space8);
    view->setFixedHeight(height);
    row->addWidget(view, 1);
    auto* copy = new Button(ConnectPage::tr("Copy"), Button::Role::secondary, box);
    copy->setGlyph(Icon::copy);
    copy->setAccessibleName(copyName);
    QObject::connect(
        copy, &QAbstractButton::clicked, view, [view] { QGuiApplication::clipboard()->setText(view->toPlainText()); });
    row->addWidget(copy, 0, Qt::AlignTop);
    return box;
}

}

ConnectPage::ConnectPage(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    columns->setSpacing(metrics::gap);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* inside = new QWidget(scroll);
    auto* steps = new QVBoxLayout(inside);
    steps->setContentsMargins(0, 0, 0, 0);
    steps->setSpacing(metrics::gap);
    steps->addWidget(makeAgent());
    steps->addWidget(makeKey());
    steps->addWidget(makeLines());
    steps->addStretch(1);
    scroll->setWidget(inside);
    columns->addWidget(scroll, 1);
    columns->addWidget(makeSeen());
}

QWidget* ConnectPage::makeAgent()
{
    auto* card = new Card(tr("1  Which agent"), Card::Padding::standard, this);
    m_agent = new Select(tr("Agent"), card);
    m_agentNote = new Label({}, TextStyle::small, Token::textMuted, card);
    m_agentNote->setOverflow(Label::Overflow::wrap);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::gap);
    row->addWidget(m_agent, 1);
    auto* build = new LinkLabel(tr("Not in the list? Describe it first"), card);
    connect(build, &QAbstractButton::clicked, this, [this] {
        Q_EMIT navigate(Route{QStringLiteral("agents")}.with(QStringLiteral("add"), QStringLiteral("build")));
    });
    row->addWidget(build);
    card->body()->addLayout(row);
    card->body()->addWidget(m_agentNote);
    connect(m_agent, &QComboBox::currentIndexChanged, this, &ConnectPage::chooseAgent);
    return card;
}

QWidget* ConnectPage::makeKey()
{
    auto* card = new Card(tr("2  A service key"), Card::Padding::standard, this);
    card->body()->setSpacing(metrics::space12);
    m_key = new Select(tr("Key"), card);
    card->body()->addWidget(new FormRow(tr("Key"), m_key,
        tr("Ephor keeps only the hash of a token, so a key made earlier is pasted by whoever kept its token.")));
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::gap);
    m_keyName = new TextField(tr("Name of the new key"), card);
    m_keyDays = new TextField(tr("Days"), card);
    m_keyDays->setText(QStringLiteral("90"));
    m_keyDays->setMaximumWidth(72);
    m_create = new Button(tr("Create key"), Button::Role::primary, card);
    m_create->setGlyph(Icon::key);
    row->addWidget(new FormRow(tr("Name of the new key"), m_keyName), 1);
    row->addWidget(new FormRow(tr("Days"), m_keyDays));
    row->addWidget(m_create, 0, Qt::AlignBottom);
    card->body()->addLayout(row);
    m_keyError = new InlineError({}, card);
    m_keyError->hide();
    card->body()->addWidget(m_keyError);
    m_tokenText = new CodeView(tr("Token"), card);
    m_token = new QWidget(card);
    auto* once = new QVBoxLayout(m_token);
    once->setContentsMargins(0, 0, 0, 0);
    once->addWidget(new Banner(State::warning, tr("Shown once."),
        tr("Nobody can show this token again; keep it where secrets are kept."), m_token));
    once->addWidget(pasteBox(m_tokenText, 32, tr("Copy the token")));
    m_token->hide();
    card->body()->addWidget(m_token);
    connect(m_create, &QAbstractButton::clicked, this, &ConnectPage::createKey);
    connect(m_keyError, &InlineError::retryRequested, this, &ConnectPage::createKey);
    connect(m_key, &QComboBox::currentIndexChanged, this, [this] {
        const bool fresh = m_key->currentData().toString().isEmpty();
        m_keyName->setEnabled(fresh);
        m_keyDays->setEnabled(fresh);
        if (fresh)
            permit(m_create, m_context.session, Permission::ManageKeys);
        else {
            m_create->setEnabled(false);
            m_create->setToolTip(tr("The key that is chosen exists already."));
        }
    });
    return card;
}

QWidget* ConnectPage::makeLines()
{
    auto* card = new Card(tr("3  Two lines"), Card::Padding::standard, this);
    card->setSubtitle(tr("for any OpenAI-compatible client"));
    card->body()->setSpacing(metrics::space12);
    m_address = new TextField(tr("Address of the server"), card);
    m_address->setMonospace();
    m_address->setText(text(m_context.session.info().address));
    m_address->setPlaceholderText(QStringLiteral("http://127.0.0.1:8443"));
    card->body()->addWidget(new FormRow(tr("Address of the server"), m_address,
        m_address->text().isEmpty()
            ? tr("Nothing listens for agents yet: start the console with --port 8443, or \u201Cephor serve\u201D.")
            : tr("Where this workspace is served. Behind a proxy, write the name that agents see.")));
    m_client = new CodeView(tr("Lines for the client"), card);
    m_client->setRules(yamlRules());
    card->body()->addWidget(pasteBox(m_client, threeLines, tr("Copy the lines for the client")));
    auto* foreign = new Label(tr("An agent that keeps its own loop can take part in rollouts by fetching its prompt:"),
        TextStyle::small, Token::textSecondary, card);
    foreign->setOverflow(Label::Overflow::wrap);
    card->body()->addWidget(foreign);
    m_promptText = new CodeView(tr("How to fetch the prompt"), card);
    m_promptText->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    card->body()->addWidget(pasteBox(m_promptText, threeLines, tr("Copy how to fetch the prompt")));
    connect(m_address, &QLineEdit::textChanged, this, &ConnectPage::showLines);
    return card;
}

QWidget* ConnectPage::makeSeen()
{
    m_seenCard = new Card(tr("4  First request"), Card::Padding::none, this);
    m_seenCard->setFixedWidth(seenWidth);
    m_seenBadge = new StatusBadge(State::waiting, tr("Listening"), m_seenCard);
    m_seenCard->addTrailing(m_seenBadge);
    auto* content = new QWidget(m_seenCard);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(metrics::cardPadding, metrics::space12, metrics::cardPadding, metrics::space12);
    rows->setSpacing(metrics::space12);
    m_facts = new FactGrid(2, content);
    m_carried = new Label({}, TextStyle::body, Token::textSecondary, content);
    m_carried->setOverflow(Label::Overflow::wrap);
    auto* open = new Button(tr("Open the run"), Button::Role::secondary, content);
    connect(open, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(routes::run(m_run)); });
    rows->addWidget(m_facts);
    rows->addWidget(m_carried);
    rows->addWidget(open, 0, Qt::AlignLeft);
    rows->addStretch(1);
    m_seenView = new LoadView(content, 3, m_seenCard);
    connect(m_seenView, &LoadView::retryRequested, this, &ConnectPage::loadSeen);
    m_seenCard->setBody(m_seenView);
    return m_seenCard;
}

void ConnectPage::open(const QString& agent)
{
    m_wanted = agent;
    m_secret.clear();
    m_token->hide();
    m_keyError->hide();
    loadAgents();
    loadKeys();
    showLines();
}

QString ConnectPage::agent() const
{
    return m_agent->currentData().toString();
}

void ConnectPage::loadAgents()
{
    m_askAgents.request<ListDefinitions>(
        this, m_context.session, {DefinitionKind::Agent, false}, [this](Result<ListDefinitions::Response> answer) {
            if (!answer) {
                m_agentNote->setText(errorLine(answer.error()));
                m_seenView->showError(answer.error());
                return;
            }
            m_agents = std::move(answer->definitions);
            const QSignalBlocker quiet(m_agent);
            m_agent->clear();
            for (const DefinitionSummary& each : m_agents)
                m_agent->addItem(text(each.title.empty() ? each.name : each.title), text(each.name));
            m_agent->setCurrentIndex(std::max(m_wanted.isEmpty() ? 0 : -1, m_agent->findData(m_wanted)));
            chooseAgent();
        });
}

void ConnectPage::loadKeys()
{
    m_askKeys.request<ListKeys>(this, m_context.session, {}, [this](Result<ListKeys::Response> answer) {
        if (answer)
            m_keys = std::move(answer->keys);
        chooseAgent();
    });
}

void ConnectPage::chooseAgent()
{
    const auto chosen = std::ranges::find(m_agents, utf8(agent()), &DefinitionSummary::name);
    {
        const QSignalBlocker quiet(m_key);
        m_key->clear();
        m_key->addItem(tr("A new key"), QString());
        if (chosen != m_agents.end()) {
            for (const ServiceKey& key : m_keys) {
                if (mayCall(key, chosen->name, chosen->team, instant(m_context.now())))
                    m_key->addItem(tr("%1, %2…").arg(text(key.name), text(key.prefix)), text(key.id));
            }
        }
    }
    Q_EMIT m_key->currentIndexChanged(m_key->currentIndex());
    if (chosen == m_agents.end()) {
        m_agentNote->setText(tr("Describe the agent first: its name is what a client sends as \u201Cmodel\u201D."));
        return;
    }
    const QString team = TeamTitles::of(m_context.session).names().of(chosen->team);
    m_agentNote->setText(chosen->production
            ? tr("Definition %1 is in production; team %2.").arg(versionText(*chosen->production), team)
            : tr("Not released yet: a request is refused until a change goes live. Team %1.").arg(team));
    m_keyName->setText(agent() + QStringLiteral("-client"));
    showLines();
    loadPrompt();
    m_seenView->beginNew();
    loadSeen();
    Q_EMIT routeChanged(Route{QStringLiteral("agents")}
            .with(QStringLiteral("add"), QStringLiteral("existing"))
            .with(QStringLiteral("agent"), agent()));
}

void ConnectPage::loadPrompt()
{
    m_prompt.clear();
    m_askPrompt.request<GetDefinition>(
        this, m_context.session, {DefinitionKind::Agent, utf8(agent()), 0}, [this](Result<DefinitionVersion> answer) {
            if (!answer)
                return;
            if (const auto body = agentBody(answer->body)) {
                m_prompt = text(body->prompt);
                showLines();
            }
        });
}

void ConnectPage::createKey()
{
    const auto chosen = std::ranges::find(m_agents, utf8(agent()), &DefinitionSummary::name);
    bool isNumber = false;
    const uint days = m_keyDays->text().toUInt(&isNumber);
    m_keyDays->setError(isNumber && days >= 1 && days <= 366 ? QString() : tr("1 to 366 days."));
    if (chosen == m_agents.end() || !m_keyDays->error().isEmpty())
        return;
    CreateKey::Request ask;
    ask.name = utf8(m_keyName->text().trimmed());
    ask.team = chosen->team;
    ask.environment = m_context.session.info().environment;
    ask.agents = {chosen->name};
    ask.days = days;
    m_create->setEnabled(false);
    m_keyError->hide();
    request<CreateKey>(this, m_context.session, std::move(ask), [this](Result<CreateKey::Response> answer) {
        m_create->setEnabled(true);
        if (!answer) {
            m_keyError->setError(errorText(answer.error()));
            m_keyError->show();
            return;
        }
        m_secret = text(answer->token);
        m_tokenText->setPlainText(m_secret);
        m_token->show();
        showLines();
    });
}

void ConnectPage::showLines()
{
    const QString name = agent().isEmpty() ? QStringLiteral("<agent>") : agent();
    const QString address = m_address->text().isEmpty() ? m_address->placeholderText() : m_address->text();
    m_client->setPlainText(clientLines(address, m_secret, name));
    m_promptText->setPlainText(promptLines(address, m_secret, m_prompt, name));
}

void ConnectPage::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Runs}))
        loadSeen();
    if (touches(topics, {Topic::People}))
        loadKeys();
}

void ConnectPage::loadSeen()
{
    if (agent().isEmpty())
        return;
    m_askSeen.request<FirstRequest>(
        this, m_context.session, {utf8(agent())}, [this](Result<FirstRequest::Response> answer) {
            if (!answer)
                return m_seenView->showError(answer.error());
            showSeen(*answer);
        });
}

void ConnectPage::showSeen(const FirstRequest::Response& seen)
{
    m_seenBadge->setState(seen.seen ? State::ok : State::waiting, seen.seen ? tr("Request seen") : tr("Listening"));
    if (!seen.seen) {
        m_seenView->showInstead(
            new EmptyState(EmptyState::Kind::firstUse, tr("Nothing has called yet"),
                tr("Start the client with the two lines; its first request appears here by itself.")),
            m_context.now());
        return;
    }
    m_run = text(seen.run);
    m_facts->clear();
    m_facts->addFact(tr("Caller"), text(seen.caller));
    m_facts->addFact(tr("When"), relativeTime(seen.at, m_context.now()))->setToolTip(absoluteTime(seen.at));
    m_facts->addFact(tr("Messages"), numberText(seen.messages));
    m_facts->addFact(tr("Run"), shortId(seen.run));
    m_facts->addFact(tr("Person"),
        new StatusText(
            seen.carriedPerson ? State::ok : State::warning, seen.carriedPerson ? tr("carried") : tr("not carried")));
    m_facts->addFact(tr("Conversation"),
        new StatusText(seen.carriedConversation ? State::ok : State::warning,
            seen.carriedConversation ? tr("carried") : tr("not carried")));
    m_carried->setText(carriedWords(seen));
    m_seenView->showContent(m_context.now());
}

}
