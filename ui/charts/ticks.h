#pragma once

#include <QDateTime>
#include <QString>
#include <vector>

namespace ephor::ui {

/// Round steps (1, 2, 2.5 or 5 times a power of ten, but not 2.5 itself) from 0 or below up to at least the largest
/// value.
struct ValueTicks {
    double from = 0;
    double to = 1;
    std::vector<double> values;
};
ValueTicks valueTicks(double smallest, double largest, int most = 4);

/// A mark of the time axis; a new day is named by its weekday or date, other marks by hour and minute.
struct TimeTick {
    qint64 msecs = 0;
    QString label;
};
/// Whole steps of the clock (from a second to a month) in local time, at most `most`.
std::vector<TimeTick> timeTicks(qint64 from, qint64 to, int most);

}
