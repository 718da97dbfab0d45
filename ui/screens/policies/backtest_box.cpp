#include "ui/screens/policies/backtest_box.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/label.h"
#include "ui/screens/policies/backtest_job.h"
#include "ui/screens/policies/backtest_words.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

constexpr int busyWidth = 120;
constexpr int wholeProgress = 100;

}

BacktestBox::BacktestBox(ScreenContext& context, const QString& act, Wanted wanted, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
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
    m_busy->setTextVisible(false);
    m_busy->setFixedSize(busyWidth, metrics::space8);
    m_busy->setAccessibleName(tr("How much of the time is judged"));
    m_words->setOverflow(Label::Overflow::wrap);
    row->addWidget(m_act, 0, Qt::AlignTop);
    row->addWidget(m_cancel, 0, Qt::AlignTop);
    row->addWidget(m_busy);
    auto* words = new QVBoxLayout;
    words->addSpacing(6);
    words->addWidget(m_words, 1);
    row->addLayout(words, 1);
    connect(&m_context.jobs, &JobCentre::changed, this, &BacktestBox::showProgress);
    connect(m_act, &QAbstractButton::clicked, this, &BacktestBox::start);
    connect(m_cancel, &QAbstractButton::clicked, this, &BacktestBox::cancel);
    showRunning({});
    setWhyNot(m_context.session.may(Permission::OpenSealed)
            ? QString()
            : tr("Your role does not include \u201C%1\u201D.").arg(word(Permission::OpenSealed)));
}

void BacktestBox::setWhyNot(const QString& whyNot)
{
    m_whyNot = whyNot;
    m_act->setEnabled(whyNot.isEmpty());
    m_act->setToolTip(whyNot.isEmpty() ? tr("Judges recorded calls again; recorded as a disclosure") : whyNot);
}

QWidget* BacktestBox::takeAct()
{
    m_isActApart = true;
    layout()->removeWidget(m_act);
    m_act->setRole(Button::Role::primary);
    showRunning({});
    return m_act;
}

void BacktestBox::showRunning(const QString& words)
{
    m_busy->setVisible(isRunning());
    m_cancel->setVisible(isRunning());
    m_act->setVisible(!isRunning());
    setVisible(!m_isActApart || isRunning() || !words.isEmpty());
    m_words->setText(words);
}

void BacktestBox::showProgress()
{
    const std::vector<Job> jobs = m_context.jobs.jobs();
    const auto job = std::ranges::find(jobs, m_job, &Job::id);
    if (!isRunning() || job == jobs.end())
        return;
    m_busy->setRange(0, job->fraction < 0 ? 0 : wholeProgress);
    if (job->fraction < 0)
        return;
    m_busy->setValue(int(job->fraction * wholeProgress));
    m_words->setText(tr("Opening and judging recorded calls, %1 % of the days").arg(m_busy->value()));
}

void BacktestBox::start()
{
    if (!m_whyNot.isEmpty() || isRunning())
        return;
    QString problem;
    auto wanted = m_wanted(problem);
    if (!wanted)
        return showRunning(problem);
    m_busy->setRange(0, 0);
    const auto found = std::make_shared<Backtest::Response>();
    const auto own = std::make_shared<QString>();
    *own = m_context.jobs.run(
        this, m_context.session, tr("Backtest"),
        [found, request = std::move(*wanted)](Backend& backend, const CallContext& context, JobControl& job) {
            return runBacktest(backend, context, job, request, *found);
        },
        [this, found, own](const Result<QString>& summary) {
            // One that was dropped, or whose question changed, answers nobody.
            if (*own == m_job)
                take(summary, *found);
        },
        QStringLiteral("policies/backtest"));
    m_job = *own;
    showRunning(tr("Opening and judging recorded calls"));
    Q_EMIT began();
}

void BacktestBox::take(const Result<QString>& summary, const Backtest::Response& found)
{
    m_job.clear();
    if (!summary) {
        const bool isCancelled = summary.error().kind == ErrorKind::Cancelled;
        showRunning(isCancelled ? tr("Cancelled.") : tr("Not known: %1").arg(errorLine(summary.error())));
        Q_EMIT failed(summary.error());
        return;
    }
    showRunning(*summary);
    m_words->setToolTip(backtestTime(found));
    Q_EMIT this->found(found);
}

void BacktestBox::cancel()
{
    forget();
    showRunning(tr("Cancelled: what it found is not shown."));
}

void BacktestBox::forget()
{
    if (isRunning())
        m_context.jobs.cancel(std::exchange(m_job, QString()));
    showRunning({});
}

}
