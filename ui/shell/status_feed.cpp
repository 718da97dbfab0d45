#include "ui/shell/status_feed.h"

#include "ui/bridge/values.h"

#include <QTimer>

namespace ephor::ui {

namespace {

/// How often the record's state is asked for, beside the hints.
constexpr int recordAskMilliseconds = 4'000;
/// What was appended meanwhile is verified this often; the first time a little after the first page has its data.
constexpr int verifyMilliseconds = 15'000;
constexpr int firstVerifyMilliseconds = 3'000;
constexpr int clockTickMilliseconds = 1'000;

}

StatusFeed::StatusFeed(Session& session, EventHub& events, JobCentre& jobs, std::function<QDateTime()> now,
    StatusBar& bar, const QString& where)
    : QObject(&bar)
    , m_session(session)
    , m_events(events)
    , m_jobs(jobs)
    , m_now(std::move(now))
    , m_bar(bar)
    , m_where(where)
{
    connect(&events, &EventHub::connectedChanged, this, &StatusFeed::showConnection);
    connect(&session, &Session::reachableChanged, this, [this](bool reachable) {
        m_reachable = reachable;
        showConnection();
    });
    connect(&jobs, &JobCentre::changed, this, &StatusFeed::showJobs);
    auto* asks = new QTimer(this);
    connect(asks, &QTimer::timeout, this, &StatusFeed::ask);
    asks->start(recordAskMilliseconds);
    auto* ticks = new QTimer(this);
    connect(ticks, &QTimer::timeout, this, &StatusFeed::showClock);
    ticks->start(clockTickMilliseconds);
    auto* verifies = new QTimer(this);
    connect(verifies, &QTimer::timeout, this, &StatusFeed::verifyFurther);
    verifies->start(verifyMilliseconds);
    QTimer::singleShot(firstVerifyMilliseconds, this, &StatusFeed::verifyFurther);
    showConnection();
    m_bar.setCell(QStringLiteral("record"), tr("Record not verified yet"), State::unknown);
    showJobs();
    showClock();
    ask();
}

void StatusFeed::showConnection()
{
    if (!m_reachable)
        m_bar.setCell(QStringLiteral("connection"), tr("No answer from the %1").arg(m_where), State::failed);
    else if (m_events.isConnected())
        m_bar.setCell(QStringLiteral("connection"), tr("Connected, %1").arg(m_where), State::ok);
    else
        m_bar.setCell(QStringLiteral("connection"), tr("Connecting, %1").arg(m_where), State::running);
}

void StatusFeed::ask()
{
    if (m_ask.isPending())
        return;
    m_ask.request<RecordState>(this, m_session, {}, [this](Result<RecordStatus> answer) { showRecord(answer); });
}

void StatusFeed::showRecord(const Result<RecordStatus>& answer)
{
    const QString cell = QStringLiteral("record");
    if (!answer) {
        m_bar.setCell(cell, tr("Record: state not known"), State::unknown);
        return;
    }
    const bool wasWhole = !m_record || m_record->fault.empty();
    m_record = *answer;
    if (!answer->fault.empty()) {
        m_bar.setCell(cell,
            answer->faultIndex ? tr("Record does not verify at #%1").arg(numberText(answer->faultIndex))
                               : tr("Record does not verify"),
            State::failed);
        if (wasWhole)
            Q_EMIT recordFaulty(*answer);
    } else if (answer->verified == 0 && m_verify.isPending()) {
        m_bar.setCell(cell, tr("Verifying the record"), State::running);
    } else if (answer->verified == 0) {
        m_bar.setCell(cell, tr("Record not verified yet"), State::unknown);
    } else {
        m_bar.setCell(cell, tr("Record verified to #%1").arg(numberText(answer->verified - 1)), Icon::shield,
            StatusBar::Side::left);
    }
}

void StatusFeed::verifyFurther()
{
    const bool may = m_session.may(Permission::ReadRecord);
    if (!may || !m_record || !m_record->fault.empty() || m_record->verified >= m_record->size || m_verify.isPending())
        return;
    VerifyRecord::Request from;
    from.from = m_record->verified;
    m_verify.request<VerifyRecord>(
        this, m_session, from,
        [this](Result<RecordStatus> answer) {
            // A fault is kept by the record itself and stands in its next status.
            if (answer)
                showRecord(answer);
            else
                ask();
        },
        Waiting::nobody);
    showRecord(*m_record);
}

void StatusFeed::showJobs()
{
    const std::vector<Job> jobs = m_jobs.jobs();
    QString words;
    if (!jobs.empty()) {
        words = tr("%n job(s)", nullptr, static_cast<int>(jobs.size())) + QStringLiteral(": ") + jobs.front().title;
        if (jobs.front().fraction >= 0)
            words += QStringLiteral(", %1 %").arg(qRound(100 * jobs.front().fraction));
    }
    m_bar.setCell(QStringLiteral("jobs"), words, State::neutral, StatusBar::Side::right);
}

void StatusFeed::showClock()
{
    m_bar.setCell(QStringLiteral("clock"), absoluteTime(instant(m_now())), State::neutral, StatusBar::Side::right);
}

}
