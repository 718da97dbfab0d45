#pragma once

#include <QDateTime>
#include <QString>
#include <optional>

namespace ephor::ui {

/// A span of time: relative to now ("last 24 h") or between two instants. A relative one moves with the clock, an
/// absolute one never does.
struct TimeRange {
    qint64 relativeSeconds = 0; ///< positive makes it relative; then `from` and `to` are unused
    QDateTime from = {};
    QDateTime to = {};

    bool isRelative() const { return relativeSeconds > 0; }
    /// Start and end at the instant `now`.
    QDateTime startAt(const QDateTime& now) const;
    QDateTime endAt(const QDateTime& now) const;
    /// The same length, moved by whole lengths; becomes absolute.
    TimeRange moved(int lengths, const QDateTime& now) const;

    static TimeRange last(qint64 seconds);
    static TimeRange between(const QDateTime& from, const QDateTime& to);
    bool operator==(const TimeRange&) const = default;
};

/// Reads "5m", "24h", "7 d", "today", "yesterday", an ISO date, or two ISO instants parted by " to " or "..".
/// Nothing where it is none of these, or where it ends before it starts.
std::optional<TimeRange> parseTimeRange(const QString& text, const QDateTime& now);
/// "Last 24 h", "Tue 10 Mar 09:30 to now".
QString timeRangeLabel(const TimeRange& range);
/// The compact form kept in routes: "24h" or two ISO instants parted by "..".
QString timeRangeCode(const TimeRange& range);

}
