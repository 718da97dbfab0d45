#pragma once

#include "core/api/audit.h"
#include "ui/bridge/event_hub.h"
#include "ui/bridge/job_centre.h"
#include "ui/bridge/request.h"
#include "ui/kit/shell_parts.h"

namespace ephor::ui {

/// Fills the line at the bottom: connection, how far the record is verified, jobs, clock. Has the record verified from
/// where that stands, now and then, as long as the person may read it.
class StatusFeed : public QObject {
    Q_OBJECT

public:
    StatusFeed(Session& session, EventHub& events, JobCentre& jobs, std::function<QDateTime()> now, StatusBar& bar,
        const QString& where);

    /// How far the record is known to be whole; nothing before the first answer.
    const std::optional<RecordStatus>& record() const { return m_record; }
    /// Asks for the record's state now; else every few seconds.
    void ask();
    /// Has what was appended since verified now; else now and then.
    void verifyFurther();

Q_SIGNALS:
    void recordFaulty(const ephor::RecordStatus& status);

private:
    void showConnection();
    void showRecord(const Result<RecordStatus>& answer);
    void showJobs();
    void showClock();

    Session& m_session;
    EventHub& m_events;
    JobCentre& m_jobs;
    std::function<QDateTime()> m_now;
    StatusBar& m_bar;
    QString m_where;
    bool m_reachable = true;
    std::optional<RecordStatus> m_record;
    Latest m_ask;
    Latest m_verify;
};

}
