#include "ui/screens/library/model_page.h"

#include "core/api/people.h"
#include "core/domain/reflect.h"
#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/chip.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"
#include "ui/library/form_parts.h"
#include "ui/library/json_box.h"

#include <QCheckBox>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

namespace ephor::ui::library {

namespace {

constexpr int testWidth = 340;
constexpr int scenarioTall = 220;

}

ModelPage::ModelPage(ScreenContext& pageContext, QWidget* parent)
    : FormPage(DefinitionKind::Model, pageContext, parent)
{
    QWidget* const form = makeForm();
    assemble({{tr("Edit"), form}}, makeTest(), testWidth);
    loadSecrets();
    formMade({form});
}

QWidget* ModelPage::makeForm()
{
    FormColumn form(this);
    m_title = new TextField(tr("Title"), form.page());
    m_provider = new Select(tr("Provider"), form.page());
    for (const ProviderKind kind : {ProviderKind::Simulated, ProviderKind::OpenAi})
        m_provider->addItem(word(kind), int(kind));
    m_model = new TextField(tr("Name at the provider"), form.page());
    m_model->setMonospace();
    m_timeout = new TextField(tr("Timeout, seconds"), form.page());
    m_tokens = new TextField(tr("Most output tokens"), form.page());
    m_kindStack = new QStackedWidget(form.page());
    FormColumn simulated(this, FormColumn::Frame::plain);
    m_scenario = new JsonBox(tr("Scenario"), simulated.page());
    m_scenario->setMinimumHeight(scenarioTall);
    simulated.add(
        tr("Scenario"), m_scenario, tr("Replies, tool calls, latency and failures; always labelled simulated."));
    FormColumn real(this, FormColumn::Frame::plain);
    m_address = new TextField(tr("Base address"), real.page());
    m_address->setMonospace();
    m_address->setPlaceholderText(QStringLiteral("https://api.example.com/v1"));
    m_secret = new Select(tr("Secret"), real.page());
    m_loopback = new QCheckBox(tr("May point at this machine (Ollama)"), real.page());
    real.add(tr("Base address"), m_address);
    real.add(tr("Secret"), m_secret, tr("By name only: its value is set in Settings and never shown."));
    auto* settings = new LinkLabel(tr("Manage secrets"), real.page());
    connect(settings, &QAbstractButton::clicked, this,
        [this] { Q_EMIT navigate(Route{QStringLiteral("settings"), {QStringLiteral("secrets")}}); });
    real.add(settings);
    real.add(m_loopback);
    real.end();
    m_kindStack->addWidget(simulated.page());
    m_kindStack->addWidget(real.page());
    form.pair(tr("Title"), m_title, tr("Provider"), m_provider);
    form.add(tr("Name at the provider"), m_model, tr("Also the name its price is looked up by."));
    form.pair(tr("Timeout, seconds"), m_timeout, tr("Most output tokens"), m_tokens);
    form.add(m_kindStack);
    form.end();
    connect(m_provider, &QComboBox::currentIndexChanged, m_kindStack, &QStackedWidget::setCurrentIndex);
    for (TextField* field : {m_title, m_model, m_timeout, m_tokens, m_address})
        connect(field, &QLineEdit::textChanged, this, &ModelPage::typed);
    for (Select* select : {m_provider, m_secret})
        connect(select, &QComboBox::currentIndexChanged, this, &ModelPage::typed);
    connect(m_loopback, &QCheckBox::toggled, this, &ModelPage::typed);
    connect(m_scenario, &JsonBox::edited, this, &ModelPage::typed);
    return form.scroll();
}

QWidget* ModelPage::makeTest()
{
    auto* card = new Card(tr("Test"), Card::Padding::standard, this);
    card->body()->setSpacing(metrics::space12);
    m_simulated = new SimulatedTag(Token::textSecondary, card);
    m_simulated->hide();
    card->addTrailing(m_simulated);
    auto* what = new Label(tr("Calls the saved version once with a short question. Its cost is recorded."),
        TextStyle::small, Token::textMuted, card);
    what->setOverflow(Label::Overflow::wrap);
    m_test = new Button(tr("Test now"), Button::Role::secondary, card);
    m_test->setGlyph(Icon::bolt);
    m_verdict = new StatusBadge(State::unknown, tr("Not tested"), card);
    m_testError = new InlineError({}, card);
    m_testError->hide();
    m_answer = new Label({}, TextStyle::body, Token::textPrimary, card);
    m_answer->setOverflow(Label::Overflow::wrap);
    m_facts = new FactGrid(2, card);
    card->body()->addWidget(what);
    card->body()->addWidget(m_test, 0, Qt::AlignLeft);
    card->body()->addWidget(m_verdict, 0, Qt::AlignLeft);
    card->body()->addWidget(m_testError);
    card->body()->addWidget(m_answer);
    card->body()->addWidget(m_facts);
    card->body()->addStretch(1);
    connect(m_test, &QAbstractButton::clicked, this, &ModelPage::test);
    connect(m_testError, &InlineError::retryRequested, this, &ModelPage::test);
    return card;
}

void ModelPage::loadSecrets()
{
    m_secret->addItem(tr("None"), QString());
    if (!session().may(Permission::ManageKeys))
        return;
    request<ListSecrets>(this, session(), {}, [this](Result<ListSecrets::Response> answer) {
        if (!answer)
            return;
        for (const std::string& name : answer->names) {
            const QString reference = QStringLiteral("secret:") + text(name);
            if (m_secret->findData(reference) < 0)
                m_secret->addItem(text(name), reference);
        }
    });
}

void ModelPage::write(const ModelBody& body)
{
    m_title->setText(text(body.title));
    m_provider->setCurrentIndex(m_provider->findData(int(body.provider)));
    m_kindStack->setCurrentIndex(m_provider->currentIndex());
    m_model->setText(text(body.model));
    m_address->setText(text(body.baseUrl));
    const QString secret = text(body.secret);
    if (m_secret->findData(secret) < 0)
        m_secret->addItem(secret.section(u':', 1), secret);
    m_secret->setCurrentIndex(m_secret->findData(secret));
    m_loopback->setChecked(body.allowLoopback);
    m_scenario->setDocument(body.scenario);
    m_timeout->setText(QString::number(body.timeoutSeconds));
    m_tokens->setText(QString::number(body.maxOutputTokens));
}

std::optional<ModelBody> ModelPage::read(QString& problem) const
{
    ModelBody body;
    body.title = utf8(m_title->text().trimmed());
    body.provider = ProviderKind(m_provider->currentData().toInt());
    body.baseUrl = utf8(m_address->text().trimmed());
    body.model = utf8(m_model->text().trimmed());
    body.secret = utf8(m_secret->currentData().toString());
    body.allowLoopback = m_loopback->isChecked();
    problem.clear();
    readNumber(m_timeout, body.timeoutSeconds, problem);
    readNumber(m_tokens, body.maxOutputTokens, problem);
    if (auto scenario = m_scenario->document())
        body.scenario = std::move(*scenario);
    else
        problem = m_scenario->problem();
    return problem.isEmpty() ? std::optional(std::move(body)) : std::nullopt;
}

QString ModelPage::jsonOf(const ModelBody& body) const
{
    return indentedJson(documentOf(toJson(body)));
}

Result<ModelBody> ModelPage::bodyOf(const DefinitionVersion& version) const
{
    return modelBody(version.body);
}

Result<void> ModelPage::showBody(const DefinitionVersion& version)
{
    EPHOR_TRY_VOID(FormPage::showBody(version));
    m_askTest.cancel();
    m_verdict->setState(State::unknown, tr("Not tested"));
    m_simulated->setVisible(m_provider->currentData().toInt() == int(ProviderKind::Simulated));
    m_answer->setText({});
    m_facts->clear();
    m_testError->hide();
    judgeTest();
    return {};
}

void ModelPage::showBlank()
{
    // Where nothing is simulated yet, a new model is a real one.
    ModelBody blank;
    blank.provider = session().info().demo ? ProviderKind::Simulated : ProviderKind::OpenAi;
    fill(blank);
    restoreDraft();
    judgeTest();
}

void ModelPage::discard()
{
    FormPage::discard();
    judgeTest();
}

void ModelPage::typedOn()
{
    judgeTest();
}

void ModelPage::judgeTest()
{
    if (!permit(m_test, session(), Permission::EditDefinitions))
        return;
    const QString why = isNew() || isEdited() ? tr("Save it first: the saved version is tested.") : QString();
    m_test->setEnabled(why.isEmpty());
    m_test->setToolTip(why);
}

void ModelPage::test()
{
    if (!m_test->isEnabled())
        return;
    m_test->setEnabled(false);
    m_testError->hide();
    m_verdict->setState(State::running, tr("Calling"));
    m_askTest.request<TestModel>(
        this, session(), {utf8(name()), shownVersion()}, [this](Result<TestModel::Response> answer) {
            judgeTest();
            if (answer)
                return showTested(*answer);
            m_verdict->setState(State::failed, tr("Not tested"));
            m_testError->setError(errorText(answer.error()));
            m_testError->show();
        });
}

void ModelPage::showTested(const TestModel::Response& tested)
{
    m_verdict->setState(tested.ok ? State::ok : State::failed, tested.ok ? tr("Answers") : tr("Does not answer"));
    m_simulated->setVisible(tested.simulated);
    m_answer->setText(tested.ok ? QStringLiteral("\u201C%1\u201D").arg(text(tested.answer)) : text(tested.problem));
    m_facts->clear();
    m_facts->addFact(tr("Took"), durationText(tested.latencyMicros));
    m_facts->addFact(tr("Cost"), moneyText(tested.cost));
    m_facts->addFact(tr("Tokens"), numberText(tested.tokens));
    m_facts->addFact(tr("Version"), versionText(shownVersion()));
}

}
