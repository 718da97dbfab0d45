#include "ui/bridge/job_centre.h"

#include "ui/bridge/wording.h"

#include <QTimer>
#include <algorithm>

namespace ephor::ui {

namespace {

/// How often the fraction of a running job is shown anew.
constexpr int jobTickMilliseconds = 100;

Notice noticeOf(const Job& job, const Result<QString>& result, const QString& route)
{
    Notice notice;
    notice.id = job.id;
    notice.title = job.title;
    notice.route = route;
    notice.state = result ? State::ok : State::failed;
    notice.text = result ? *result : errorLine(result.error());
    if (!result && result.error().kind == ErrorKind::Cancelled)
        notice.state = State::paused;
    return notice;
}

}

JobCentre::JobCentre(QObject* parent)
    : QObject(parent)
{
    auto* ticker = new QTimer(this);
    ticker->setInterval(jobTickMilliseconds);
    connect(ticker, &QTimer::timeout, this, &JobCentre::readFractions);
    connect(this, &JobCentre::changed, ticker, [this, ticker] {
        if (m_entries.empty())
            ticker->stop();
        else if (!ticker->isActive())
            ticker->start();
    });
}

JobCentre::~JobCentre()
{
    for (Entry& entry : m_entries)
        entry.control->m_stop.request_stop();
}

QString JobCentre::run(QObject* owner, Session& session, const QString& title, Work work,
    std::function<void(Result<QString>)> done, const QString& route)
{
    Job job;
    job.id = QStringLiteral("job-%1").arg(++m_last);
    job.title = title;
    auto control = std::make_shared<JobControl>();
    m_entries.push_back({job, control});
    auto answer = std::make_shared<std::optional<Result<QString>>>();
    // Owned by the centre, not by who asked: leaving a screen does not lose the notice of its work.
    RequestRunner::run(
        this, session,
        [work = std::move(work), backend = session.backend(), context = session.context(), control, answer] {
            answer->emplace(work(*backend, context, *control));
        },
        [answer]() -> const Error* { return answer->has_value() && !**answer ? &(*answer)->error() : nullptr; },
        [this, job, route, answer, done = std::move(done), guard = QPointer<QObject>(owner)] {
            std::erase_if(m_entries, [&](const Entry& entry) { return entry.job.id == job.id; });
            Q_EMIT changed();
            Q_EMIT finished(noticeOf(job, **answer, route));
            if (guard && done)
                done(**answer);
        },
        Waiting::nobody);
    Q_EMIT changed();
    return job.id;
}

void JobCentre::cancel(const QString& id)
{
    for (Entry& entry : m_entries) {
        if (entry.job.id != id)
            continue;
        entry.control->m_stop.request_stop();
        entry.job.state = State::paused;
        entry.job.detail = tr("Cancelling");
    }
    Q_EMIT changed();
}

std::vector<Job> JobCentre::jobs() const
{
    std::vector<Job> jobs;
    for (const Entry& entry : m_entries)
        jobs.push_back(entry.job);
    return jobs;
}

void JobCentre::readFractions()
{
    bool moved = false;
    for (Entry& entry : m_entries) {
        const double fraction = entry.control->m_fraction.load();
        moved = moved || fraction != entry.job.fraction;
        entry.job.fraction = fraction;
    }
    if (moved)
        Q_EMIT changed();
}

}
