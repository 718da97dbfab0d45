#pragma once

#include "ui/bridge/request.h"
#include "ui/kit/notice.h"

#include <QObject>
#include <atomic>
#include <map>
#include <stop_token>

namespace ephor::ui {

/// What a job sees of itself, on its own thread.
class JobControl {
public:
    std::stop_token stopToken() const { return m_stop.get_token(); }
    /// 0 to 1; negative where it cannot be known. Shown at most ten times a second.
    void setFraction(double fraction) { m_fraction.store(fraction); }

private:
    friend class JobCentre;
    std::stop_source m_stop;
    std::atomic<double> m_fraction = -1;
};

/// Work that takes a while: shown in the status bar, cancellable, never modal. UI thread only.
class JobCentre : public QObject {
    Q_OBJECT

public:
    /// Runs off the UI thread; answers the sentence to show when it is done.
    using Work = std::function<Result<QString>(Backend&, const CallContext&, JobControl&)>;

    explicit JobCentre(QObject* parent = nullptr);
    ~JobCentre() override;

    /// Starts a job and gives its id. `done` comes on the UI thread unless `owner` is gone; the notice comes anyway.
    QString run(QObject* owner, Session& session, const QString& title, Work work,
        std::function<void(Result<QString>)> done = {}, const QString& route = {});
    void cancel(const QString& id);
    /// Those under way, oldest first.
    std::vector<Job> jobs() const;

Q_SIGNALS:
    void changed();
    /// A job has ended, well or not.
    void finished(const ephor::ui::Notice& notice);

private:
    struct Entry {
        Job job;
        std::shared_ptr<JobControl> control;
    };
    void readFractions();

    std::vector<Entry> m_entries;
    quint64 m_last = 0;
};

}
