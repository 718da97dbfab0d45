#include "ui/screens/library/try_panel.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/chip.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::library {

namespace {

constexpr int offeredRuns = 20;
constexpr int messageHeight = 62;
constexpr int labelWidth = 52;

QHBoxLayout* labelled(const QString& words, QWidget* control)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::space8);
    auto* label = new Label(words, TextStyle::small, Token::textMuted, control->parentWidget());
    label->setFixedWidth(labelWidth);
    label->setBuddy(control);
    row->addWidget(label);
    row->addWidget(control, 1);
    return row;
}

/// The variables a try was refused for.
QStringList missingNames(const Error& error)
{
    if (error.code != "try.variables-missing")
        return {};
    for (const auto& [name, value] : error.fields) {
        if (name == "names")
            return QString::fromStdString(value).split(QStringLiteral(", "), Qt::SkipEmptyParts);
    }
    return {};
}

/// A number, a truth, a list or an object where it is written as one; words otherwise.
QVariant valueOf(const QString& typed)
{
    const QJsonDocument read = QJsonDocument::fromJson('[' + typed.toUtf8() + ']');
    return read.isArray() && read.array().size() == 1 ? read.array().first().toVariant() : QVariant(typed);
}

QVariantMap withValue(QVariantMap map, QStringList path, const QVariant& value)
{
    const QString first = path.takeFirst();
    map[first] = path.isEmpty() ? value : QVariant(withValue(map.value(first).toMap(), path, value));
    return map;
}

}

TryPanel::TryPanel(ScreenContext& context, QWidget* parent)
    : Card(tr("Try"), Padding::none, parent)
    , m_context(context)
{
    m_simulated = new SimulatedTag(Token::textSecondary, this);
    m_simulated->setVisible(context.session.info().demo);
    addTrailing(m_simulated);
    body()->addWidget(makeInput());
    m_error = new InlineError({}, this);
    m_error->hide();
    body()->addWidget(m_error);
    body()->addWidget(makeResult(), 1);
    m_figures = new Label({}, TextStyle::small, Token::textMuted, this);
    m_figures->setOverflow(Label::Overflow::elide);
    m_figures->setText(tr("Nothing tried yet"));
    footer()->addWidget(m_figures, 1);
    connect(m_error, &InlineError::retryRequested, this, &TryPanel::ask);
    judge();
}

QWidget* TryPanel::makeInput()
{
    auto* inside = new QWidget(this);
    auto* rows = new QVBoxLayout(inside);
    rows->setContentsMargins(metrics::cardPadding, 10, metrics::cardPadding, 10);
    rows->setSpacing(6);
    m_agent = new Select(tr("Agent"), inside);
    rows->addLayout(labelled(tr("Agent"), m_agent));
    m_which = new Segmented(tr("Input"), {tr("Recorded run"), tr("Message")}, inside);
    QHBoxLayout* kinds = labelled(tr("Input"), m_which);
    kinds->setStretchFactor(m_which, 0);
    kinds->addStretch(1);
    rows->addLayout(kinds);
    m_input = new QStackedWidget(inside);
    auto* recorded = new QWidget(m_input);
    auto* recordedRow = new QVBoxLayout(recorded);
    recordedRow->setContentsMargins(labelWidth + metrics::space8, 0, 0, 0);
    recordedRow->setSpacing(metrics::space4);
    m_run = new Select(tr("Recorded run"), recorded);
    m_runId = new TextField(tr("Id of a recorded run"), recorded);
    m_runId->setPlaceholderText(tr("Paste the id of a run"));
    m_runId->setMonospace();
    m_runId->hide();
    recordedRow->addWidget(m_run);
    recordedRow->addWidget(m_runId);
    recordedRow->addStretch(1);
    auto* written = new QWidget(m_input);
    auto* writtenRow = new QVBoxLayout(written);
    writtenRow->setContentsMargins(labelWidth + metrics::space8, 0, 0, 0);
    m_message = new QPlainTextEdit(written);
    m_message->setAccessibleName(tr("Message to try it on"));
    m_message->setPlaceholderText(tr("What a person would write"));
    m_message->setTabChangesFocus(true);
    m_message->setFixedHeight(messageHeight);
    writtenRow->addWidget(m_message);
    m_input->addWidget(recorded);
    m_input->addWidget(written);
    m_input->setFixedHeight(messageHeight);
    rows->addWidget(m_input);
    m_valueRows = new QVBoxLayout;
    m_valueRows->setSpacing(metrics::space4);
    rows->addLayout(m_valueRows);
    auto* act = new QHBoxLayout;
    act->setSpacing(metrics::space8);
    m_price = new Label({}, TextStyle::small, Token::textSecondary, inside);
    m_price->setOverflow(Label::Overflow::wrap);
    m_button = new Button(tr("Show price"), Button::Role::secondary, inside);
    m_button->setGlyph(Icon::play);
    act->addWidget(m_price, 1);
    act->addWidget(m_button, 0, Qt::AlignBottom);
    rows->addLayout(act);
    connect(m_button, &QAbstractButton::clicked, this, &TryPanel::press);
    connect(m_agent, &QComboBox::currentIndexChanged, this, [this] {
        loadRuns();
        priceIsOld();
    });
    connect(m_which, &Segmented::currentChanged, this, [this](int which) {
        m_input->setCurrentIndex(which);
        priceIsOld();
    });
    connect(m_run, &QComboBox::currentIndexChanged, this, [this] {
        m_runId->setVisible(m_run->currentIndex() >= 0 && m_run->currentData().toString().isEmpty());
        priceIsOld();
    });
    connect(m_runId, &QLineEdit::textChanged, this, &TryPanel::priceIsOld);
    connect(m_message, &QPlainTextEdit::textChanged, this, &TryPanel::priceIsOld);
    return inside;
}

QWidget* TryPanel::makeResult()
{
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_result = new QWidget(scroll);
    auto* rows = new QVBoxLayout(m_result);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space8);
    m_stale = new Banner(State::warning, {}, {}, m_result);
    m_stale->hide();
    rows->addWidget(m_stale);
    auto* words = new QVBoxLayout;
    words->setContentsMargins(metrics::cardPadding, metrics::space4, metrics::cardPadding, metrics::space8);
    words->setSpacing(metrics::space8);
    m_answer = new Label({}, TextStyle::body, Token::textPrimary, m_result);
    m_answer->setOverflow(Label::Overflow::wrap);
    words->addWidget(m_answer);
    m_calls = new QVBoxLayout;
    m_calls->setSpacing(metrics::space4);
    words->addLayout(m_calls);
    rows->addLayout(words);
    rows->addStretch(1);
    m_result->hide();
    scroll->setWidget(m_result);
    // The card's own surface shows through.
    m_result->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    return scroll;
}

void TryPanel::setAgents(const std::vector<Use>& agents)
{
    const QString chosen = m_agent->currentData().toString();
    {
        const QSignalBlocker quiet(m_agent);
        m_agent->clear();
        for (const Use& agent : agents)
            m_agent->addItem(ui::text(agent.title.empty() ? agent.by.name : agent.title), ui::text(agent.by.name));
        m_agent->setCurrentIndex(std::max(agents.empty() ? -1 : 0, m_agent->findData(chosen)));
    }
    if (m_agent->currentData().toString() != chosen || chosen.isEmpty())
        loadRuns();
    judge();
}

void TryPanel::loadRuns()
{
    m_run->clear();
    if (m_agent->currentIndex() < 0)
        return;
    if (!m_context.session.may(Permission::OpenSealed)) {
        m_which->setCurrent(1);
        m_which->setEnabled(false);
        m_which->setToolTip(tr("Your role does not open recorded inputs; type a message instead."));
        return;
    }
    ListRuns::Request wish;
    wish.filter.agent = utf8(m_agent->currentData().toString());
    wish.page.limit = offeredRuns;
    m_askRuns.request<ListRuns>(this, m_context.session, wish, [this](Result<ListRuns::Response> answer) {
        if (!answer)
            return;
        for (const RunSummary& run : answer->runs) {
            const QString what = run.decision.reference.empty() ? shortId(run.id) : ui::text(run.decision.reference);
            m_run->addItem(
                tr("%1, recorded %2").arg(what, relativeTime(run.startedAt, m_context.now())), ui::text(run.id));
        }
        m_run->addItem(tr("Another run, by its id"), QString());
        m_run->setCurrentIndex(0);
        judge();
    });
}

void TryPanel::setBody(const PromptBody& newBody)
{
    m_body = newBody;
    setText(ui::text(newBody.text));
}

void TryPanel::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    priceIsOld();
    markStale();
}

void TryPanel::clear()
{
    while (QLayoutItem* item = m_valueRows->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_values.clear();
    m_hasResult = false;
    m_result->hide();
    m_error->hide();
    m_stale->hide();
    m_figures->setText(tr("Nothing tried yet"));
    m_askTry.cancel();
    m_isAsking = false;
    priceIsOld();
}

void TryPanel::priceIsOld()
{
    m_hasPrice = false;
    m_error->hide();
    judge();
}

void TryPanel::markStale()
{
    const bool stale = m_hasResult && m_triedText != m_text;
    m_stale->setVisible(stale);
    if (stale)
        m_stale->setText(State::warning, tr("Result of %1;").arg(m_triedAt.toString(QStringLiteral("HH:mm"))),
            tr("the text has changed since"));
}

void TryPanel::askValues(const QStringList& names)
{
    QWidget* const place = m_button->parentWidget();
    for (const QString& name : names) {
        const auto known = std::ranges::any_of(m_values, [&name](const auto& value) { return value.first == name; });
        if (known)
            continue;
        auto* field = new TextField(tr("Value of %1").arg(name), place);
        field->setPlaceholderText(tr("value"));
        auto* row = new QWidget(place);
        auto* inside = new QHBoxLayout(row);
        inside->setContentsMargins(0, 0, 0, 0);
        inside->setSpacing(metrics::space8);
        auto* label = new Label(name, TextStyle::monoSmall, Token::textSecondary, row);
        label->setOverflow(Label::Overflow::elide);
        label->setBuddy(field);
        inside->addWidget(label, 2);
        inside->addWidget(field, 3);
        m_valueRows->addWidget(row);
        m_values.emplace_back(name, field);
        connect(field, &QLineEdit::textChanged, this, &TryPanel::priceIsOld);
    }
    for (const auto& [name, field] : m_values) {
        if (field->text().isEmpty()) {
            field->setFocus(Qt::OtherFocusReason);
            break;
        }
    }
}

QStringList TryPanel::unfilled() const
{
    QStringList names;
    for (const auto& [name, field] : m_values) {
        if (field->text().isEmpty())
            names << name;
    }
    return names;
}

Document TryPanel::typedValues() const
{
    if (m_values.empty())
        return {};
    QVariantMap values;
    for (const auto& [name, field] : m_values)
        values = withValue(std::move(values), name.split(u'.'), valueOf(field->text()));
    const QByteArray json = QJsonDocument(QJsonObject::fromVariantMap(values)).toJson(QJsonDocument::Compact);
    return documentFrom(QString::fromUtf8(json)).value_or(Document{});
}

std::optional<TryPrompt::Request> TryPanel::request() const
{
    TryPrompt::Request wish;
    if (m_agent->currentIndex() < 0)
        return std::nullopt;
    wish.agent = utf8(m_agent->currentData().toString());
    wish.body = m_body;
    wish.body.text = utf8(m_text);
    wish.variables = typedValues();
    if (m_which->current() == 0) {
        const QString chosen = m_run->currentData().toString();
        wish.run = utf8(chosen.isEmpty() ? m_runId->text().trimmed() : chosen);
        if (wish.run.empty())
            return std::nullopt;
    } else {
        wish.message = utf8(m_message->toPlainText());
        if (m_message->toPlainText().trimmed().isEmpty())
            return std::nullopt;
    }
    return wish;
}

void TryPanel::judge()
{
    m_button->setText(m_hasPrice ? tr("Try") : tr("Show price"));
    m_button->updateGeometry();
    if (!m_hasPrice)
        m_price->setText(tr("The price comes first. Tools that write never run here."));
    if (!permit(m_button, m_context.session, Permission::EditDefinitions))
        return;
    QString why;
    if (m_agent->currentIndex() < 0)
        why = tr("No agent uses this prompt yet.");
    else if (!request())
        why = m_which->current() == 0 ? tr("Choose a recorded run.") : tr("Write a message.");
    else if (const QStringList names = unfilled(); !names.isEmpty())
        why = tr("Give a value for %1.").arg(names.join(QStringLiteral(", ")));
    else if (m_isAsking)
        why = tr("Under way.");
    m_button->setEnabled(why.isEmpty());
    m_button->setToolTip(why);
}

void TryPanel::focusInput()
{
    m_agent->setFocus(Qt::ShortcutFocusReason);
}

void TryPanel::press()
{
    if (m_button->isEnabled())
        ask();
}

void TryPanel::ask()
{
    auto wish = request();
    if (!wish)
        return;
    wish->dryRun = !m_hasPrice;
    m_isAsking = true;
    m_error->hide();
    judge();
    const QString triedText = m_text;
    m_askTry.request<TryPrompt>(
        this, m_context.session, *wish, [this, triedText, isPrice = wish->dryRun](Result<TryPrompt::Response> answer) {
            m_isAsking = false;
            if (!answer) {
                if (const QStringList names = missingNames(answer.error()); !names.isEmpty()) {
                    askValues(names);
                } else {
                    m_error->setError(errorText(answer.error()));
                    m_error->show();
                }
                return judge();
            }
            m_simulated->setVisible(answer->simulated);
            if (isPrice)
                return showPrice(*answer);
            m_triedText = triedText;
            m_triedAt = m_context.now();
            showResult(*answer);
        });
}

void TryPanel::showPrice(const TryPrompt::Response& price)
{
    m_hasPrice = true;
    m_price->setText(tr("At most about %1, %2 tokens in. Tools that write never run here.")
            .arg(moneyText(price.estimatedCost), numberText(price.estimatedInputTokens)));
    judge();
}

void TryPanel::showResult(const TryPrompt::Response& result)
{
    m_hasResult = true;
    m_answer->setText(result.text.empty() ? tr("The model answered without words.")
                                          : QStringLiteral("\u201C%1\u201D").arg(ui::text(result.text)));
    while (QLayoutItem* item = m_calls->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const std::string& tool : result.withheldCalls) {
        auto* line = new QWidget(m_result);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(new Label(ui::text(tool), TextStyle::mono, Token::textPrimary, line), 1);
        row->addWidget(new StatusText(State::paused, tr("Not called in a try"), TextStyle::small, line));
        m_calls->addWidget(line);
    }
    m_figures->setText(QStringList{durationText(result.latencyMicros), moneyText(result.cost),
        tr("%n call(s) withheld", nullptr, int(result.withheldCalls.size()))}
            .join(QStringLiteral(" · ")));
    m_result->show();
    m_hasPrice = false;
    markStale();
    judge();
}

}
