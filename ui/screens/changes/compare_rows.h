#pragma once

#include "core/api/changes.h"
#include "ui/kit/state.h"

#include <QString>
#include <optional>
#include <vector>

/// Canary beside baseline as people read it: counts, intervals, difference, and the reading in words. Pure.
namespace ephor::ui::changes {

/// A range of a proportion or of a difference of two, 0 to 1.
struct Interval {
    double low = 0;
    double estimate = 0;
    double high = 0;
};

/// One side of a line.
struct CompareCell {
    QString basis; ///< "206 of 212", grey
    QString value; ///< "97.2 %"
    std::optional<Interval> interval = {};
};

struct CompareLine {
    QString measure;
    CompareCell canary;
    CompareCell baseline;
    QString difference; ///< with its sign
    QString reading;
    State tone = State::neutral; ///< of the reading
    enum class Weight { main, detail } weight = Weight::main;
};

/// The scale all intervals of the table share.
struct IntervalScale {
    double from = 0;
    double to = 1;
};

struct Comparison {
    std::vector<CompareLine> lines;
    IntervalScale scale;
    bool hasBaseline = false;
    State tone = State::info;
    QString verdict; ///< "No sign of harm in 212 conversations"
};

/// The two sides; null where there is none.
const VariantNumbers* canaryOf(const CompareRollout::Response& compared);
const VariantNumbers* baselineOf(const CompareRollout::Response& compared);

Comparison comparisonOf(const CompareRollout::Response& compared);

/// 95 % interval of the difference first − second of two proportions from their Wilson intervals (R. G. Newcombe,
/// "Interval estimation for the difference between independent proportions", 1998, method 10). Nothing while one of
/// them has no interval.
std::optional<Interval> differenceOf(const Proportion& first, const Proportion& second);

/// Tab-separated, for the clipboard.
QString comparisonText(const Comparison& comparison);

}
