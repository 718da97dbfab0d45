#pragma once

#include "core/api/audit.h"
#include "ui/bridge/request.h"
#include "ui/bridge/session.h"
#include "ui/screens/assurance/time_samples.h"

#include <QObject>
#include <functional>

namespace ephor::ui::assurance {

/// Where in time the entries of the record lie, and which entry was written at a moment. The record is in order of its
/// numbers, so both are found by looking at single entries: no scan, however long it is. UI thread only.
class RecordTimeline : public QObject {
    Q_OBJECT

public:
    explicit RecordTimeline(Session& session, QObject* parent = nullptr);

    /// Looks at the record anew when it has grown by a good part since.
    void load(std::uint64_t size);
    const std::vector<TimeSample>& samples() const { return m_samples; }
    /// Gives the last entry written at `msecs` or before, or the first; a search before is dropped.
    void find(qint64 msecs, std::function<void(std::uint64_t)> found);

Q_SIGNALS:
    void loaded();

private:
    void sampleArrived(TimeSample sample);
    void narrow();
    void ask(std::uint64_t index, std::function<void(TimeSample)> arrived);

    Session& m_session;
    std::uint64_t m_size = 0;
    std::vector<TimeSample> m_samples;
    std::vector<TimeSample> m_arriving;
    std::size_t m_missing = 0;
    quint64 m_generation = 0;

    quint64 m_search = 0;
    qint64 m_wanted = 0;
    int m_looks = 0;
    TimeSample m_before;
    TimeSample m_after;
    std::function<void(std::uint64_t)> m_found;
};

}
