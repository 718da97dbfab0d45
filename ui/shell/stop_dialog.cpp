#include "ui/shell/stop_dialog.h"

#include "core/api/definitions.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"

#include <QHBoxLayout>
#include <QRadioButton>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

constexpr int stopDialogWidth = 560;

QRadioButton* addChoice(QVBoxLayout* column, const QString& title, const QString& says)
{
    auto* choice = new QRadioButton(title);
    choice->setAccessibleName(title);
    choice->setAccessibleDescription(says);
    column->addWidget(choice);
    auto* words = new Label(says, TextStyle::small, Token::textSecondary);
    words->setOverflow(Label::Overflow::wrap);
    auto* indented = new QHBoxLayout;
    indented->addSpacing(metrics::space24);
    indented->addWidget(words, 1);
    column->addLayout(indented);
    return choice;
}

}

QString StopDialog::whom(const StopOrder& order, const QString& agentTitle)
{
    const QString agent = order.agent.empty() ? tr("every agent")
        : agentTitle.isEmpty()                ? text(order.agent)
                                              : agentTitle;
    return order.tool.empty() ? agent : tr("%1, tool %2").arg(agent, text(order.tool));
}

QString StopDialog::titleOf(const StopOrder& order) const
{
    const int known = order.agent.empty() ? -1 : m_agent->findData(text(order.agent));
    return whom(order, known < 0 ? QString() : m_agent->itemText(known));
}

StopDialog::StopDialog(Session& session, const QDateTime& now, QWidget* parent)
    : Dialog(
          tr("Stop"), tr("Binds at the next gate of every run, within a second, and stays until it is lifted."), parent)
    , m_session(session)
    , m_now(now)
{
    setMinimumWidth(stopDialogWidth);
    m_inForce = new QVBoxLayout;
    m_inForce->setSpacing(metrics::space8);
    body()->addLayout(m_inForce);
    buildWhat();
    buildWhom();
    m_reason = new ReasonPicker({tr("Harm suspected"), tr("Wrong answers"), tr("Runaway cost"), tr("Drill")});
    body()->addWidget(new Label(tr("Reason"), TextStyle::smallStrong, Token::textSecondary));
    body()->addWidget(m_reason);
    m_error = new InlineError({});
    m_error->hide();
    body()->addWidget(m_error);
    body()->addStretch(1);
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    m_stop = addButton(tr("Stop"), Button::Role::dangerSolid);
    m_stop->setGlyph(Icon::stop);
    connect(m_stop, &QAbstractButton::clicked, this, &StopDialog::stop);
    connect(m_reason, &ReasonPicker::changed, this, &StopDialog::refreshButton);
    connect(m_error, &InlineError::retryRequested, this, &StopDialog::load);
    refreshButton();
    load();
}

void StopDialog::buildWhat()
{
    auto* column = new QVBoxLayout;
    column->setSpacing(metrics::space4);
    column->addWidget(new Label(tr("What"), TextStyle::smallStrong, Token::textSecondary));
    m_noWrites = addChoice(
        column, word(StopMode::NoWrites), tr("Runs go on, but calls that change or send something are denied."));
    m_noNewRuns = addChoice(column, word(StopMode::NoNewRuns),
        tr("Runs that have begun finish; new requests are refused with the reason."));
    m_everything
        = addChoice(column, word(StopMode::Now), tr("New runs are refused, and every run ends at its next gate."));
    m_noWrites->setChecked(true);
    for (QRadioButton* choice : {m_noWrites, m_noNewRuns, m_everything})
        connect(choice, &QRadioButton::toggled, this, &StopDialog::refreshButton);
    body()->addLayout(column);
}

void StopDialog::buildWhom()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::space12);
    m_agent = new Select(tr("Agent"));
    m_agent->addItem(tr("Every agent"), QString());
    m_tool = new Select(tr("Tool"));
    m_tool->addItem(tr("Every tool"), QString());
    row->addWidget(new FormRow(tr("Agent"), m_agent), 1);
    row->addWidget(new FormRow(tr("Tool"), m_tool), 1);
    body()->addLayout(row);
    for (Select* select : {m_agent, m_tool})
        connect(select, &QComboBox::currentIndexChanged, this, &StopDialog::refreshButton);
}

void StopDialog::load()
{
    m_error->hide();
    m_stops.request<ListStops>(this, m_session, {}, [this](Result<ListStops::Response> answer) {
        if (!answer)
            return fail(answer.error());
        m_orders = std::move(answer->stops);
        showStops();
    });
    const auto fill = [this](Latest& latest, DefinitionKind kind, Select* select) {
        ListDefinitions::Request ask;
        ask.kind = kind;
        latest.request<ListDefinitions>(this, m_session, ask, [this, select](Result<ListDefinitions::Response> answer) {
            if (!answer) {
                fail(answer.error());
                return;
            }
            while (select->count() > 1)
                select->removeItem(1);
            for (const DefinitionSummary& one : answer->definitions)
                select->addItem(text(one.title.empty() ? one.name : one.title), text(one.name));
            // By title, now that it is known.
            showStops();
        });
    };
    fill(m_agents, DefinitionKind::Agent, m_agent);
    fill(m_tools, DefinitionKind::Tool, m_tool);
}

void StopDialog::showStops()
{
    while (QLayoutItem* item = m_inForce->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    if (!m_orders.empty())
        addStops();
    // What was lifted leaves no gap.
    if (isVisible())
        resize(width(), sizeHint().height());
}

void StopDialog::addStops()
{
    m_inForce->addWidget(new Label(tr("In force now"), TextStyle::smallStrong, Token::textSecondary));
    for (const StopOrder& order : m_orders) {
        auto* line = new QWidget(this);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins({});
        row->addWidget(new StatusBadge(State::failed, word(order.mode)));
        auto* words
            = new Label(tr("%1 · %2 · %3, %4")
                            .arg(titleOf(order), text(order.reason), text(order.by), relativeTime(order.at, m_now)),
                TextStyle::body, Token::textSecondary);
        words->setOverflow(Label::Overflow::elide);
        row->addWidget(words, 1);
        auto* lift = new Button(tr("Lift"));
        lift->setAccessibleName(tr("Lift the stop of %1").arg(titleOf(order)));
        lift->setEnabled(m_session.may(Permission::OperateRollouts));
        if (!lift->isEnabled())
            lift->setToolTip(tr("Needs the permission to operate rollouts."));
        connect(lift, &QAbstractButton::clicked, this, [this, order] { this->lift(order); });
        row->addWidget(lift);
        m_inForce->addWidget(line);
    }
}

StopMode StopDialog::mode() const
{
    // A stopped tool is refused whatever it does, so there is nothing to choose.
    if (m_everything->isChecked() || stopsTool())
        return StopMode::Now;
    return m_noNewRuns->isChecked() ? StopMode::NoNewRuns : StopMode::NoWrites;
}

bool StopDialog::stopsTool() const
{
    return !m_tool->currentData().toString().isEmpty();
}

QString StopDialog::buttonWords() const
{
    const QString agent = m_agent->currentData().toString().isEmpty() ? tr("every agent") : m_agent->currentText();
    if (stopsTool())
        return tr("Stop %1 of %2").arg(m_tool->currentText(), agent);
    switch (mode()) {
    case StopMode::NoWrites:
        return tr("Stop writes of %1").arg(agent);
    case StopMode::NoNewRuns:
        return tr("Stop new runs of %1").arg(agent);
    case StopMode::Now:
        break;
    }
    return tr("Stop %1 now").arg(agent);
}

void StopDialog::refreshButton()
{
    if (!m_stop || !m_reason)
        return;
    for (QRadioButton* choice : {m_noWrites, m_noNewRuns, m_everything}) {
        choice->setEnabled(!stopsTool());
        choice->setToolTip(stopsTool() ? tr("A stopped tool is refused whatever it does.") : QString());
    }
    m_stop->setText(buttonWords());
    const bool may = m_session.may(Permission::Stop);
    m_stop->setEnabled(may && m_reason->isComplete() && !m_act.isPending());
    m_stop->setToolTip(may ? (m_act.isPending()               ? tr("Under way.")
                                     : m_reason->isComplete() ? QString()
                                                              : tr("Give a reason first."))
                           : tr("Your role may not stop agents."));
}

void StopDialog::stop()
{
    SetStop::Request ask;
    ask.mode = mode();
    ask.agent = utf8(m_agent->currentData().toString());
    ask.tool = utf8(m_tool->currentData().toString());
    ask.reason = utf8(m_reason->reason());
    m_act.request<SetStop>(this, m_session, ask, [this](Result<SetStop::Response> answer) {
        if (answer)
            accept();
        else
            fail(answer.error());
        refreshButton();
    });
    refreshButton();
}

void StopDialog::lift(const StopOrder& order)
{
    ReasonDialog::Question question;
    question.title = tr("Lift the stop of %1?").arg(titleOf(order));
    question.text = tr("%1, set by %2: %3").arg(word(order.mode), text(order.by), text(order.reason));
    question.reasons = {tr("Cause mended"), tr("False alarm"), tr("Drill over")};
    question.accept = tr("Lift");
    auto* dialog = new ReasonDialog(question, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog, id = order.id] {
        if (dialog->outcome() != ReasonDialog::Outcome::accepted)
            return;
        LiftStop::Request ask;
        ask.id = id;
        ask.reason = utf8(dialog->reason());
        m_act.request<LiftStop>(this, m_session, ask, [this](Result<Empty> answer) {
            if (!answer)
                fail(answer.error());
            else
                load();
            refreshButton();
        });
    });
    dialog->open();
}

void StopDialog::fail(const Error& error)
{
    m_error->setError(errorText(error));
    m_error->show();
}

}
