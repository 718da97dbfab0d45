#include "ui/screens/policies/backtest_box.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/label.h"
#include "ui/screens/policies/backtest_words.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

constexpr int busyWidth = 120;
constexpr int tickMilliseconds = 1'000;

}

BacktestBox::BacktestBox(Session& session, const QString& act, Wanted wanted, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_wanted(std::move(wanted))
    , m_act(new Button(act, Button::Role::secondary, this))
    , m_cancel(new Button(tr("Cancel"), Button::Role::quiet, this))
    , m_busy(new QProgressBar(this))
    , m_words(new Label({}, TextStyle::small, Token::textSecondary, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space8);
    m_act->setGlyph(Icon::clock);
    m_act->setObjectName(QStringLiteral("backtest"));
    m_cancel->setObjectName(QStringLiteral("cancel-backtest"));
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedSize(busyWidth, metrics::space8);
    m_busy->setAccessibleName(tr("The backtest goes on"));
    m_words->setOverflow(Label::Overflow::wrap);
    row->addWidget(m_act, 0, Qt::AlignTop);
    row->addWidget(m_cancel, 0, Qt::AlignTop);
    row->addWidget(m_busy);
    auto* words = new QVBoxLayout;
    words->addSpacing(6);
    words->addWidget(m_words, 1);
    row->addLayout(words, 1);
    m_tick.setInterval(tickMilliseconds);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        ++m_seconds;
        m_words->setText(tr("Opening and judging recorded calls, %1 s").arg(m_seconds));
    });
    connect(m_act, &QAbstractButton::clicked, this, &BacktestBox::start);
    connect(m_cancel, &QAbstractButton::clicked, this, &BacktestBox::cancel);
    showRunning({});
    permit(m_act, session, Permission::OpenSealed, tr("Judges recorded calls again; recorded as a disclosure"));
}

void BacktestBox::showRunning(const QString& words)
{
    const bool runs = m_asked.isPending();
    m_busy->setVisible(runs);
    m_cancel->setVisible(runs);
    m_act->setVisible(!runs);
    m_words->setText(words);
    if (!runs)
        m_tick.stop();
}

void BacktestBox::start()
{
    if (!m_session.may(Permission::OpenSealed) || m_asked.isPending())
        return;
    QString problem;
    auto wanted = m_wanted(problem);
    if (!wanted)
        return showRunning(problem);
    m_seconds = 0;
    m_asked.request<Backtest>(
        this, m_session, std::move(*wanted),
        [this](Result<Backtest::Response> answer) {
            if (!answer) {
                showRunning(tr("Not known: %1").arg(errorLine(answer.error())));
                Q_EMIT failed(answer.error());
                return;
            }
            showRunning(backtestSummary(*answer));
            m_words->setToolTip(backtestTime(*answer));
            Q_EMIT found(*answer);
        },
        Waiting::nobody);
    m_tick.start();
    showRunning(tr("Opening and judging recorded calls"));
    Q_EMIT began();
}

void BacktestBox::cancel()
{
    m_asked.cancel();
    showRunning(tr("Dropped: what it finds is not shown."));
}

void BacktestBox::forget()
{
    m_asked.cancel();
    showRunning({});
}

}
