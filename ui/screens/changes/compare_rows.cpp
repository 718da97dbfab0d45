#include "ui/screens/changes/compare_rows.h"

#include "ui/bridge/values.h"
#include "ui/kit/format.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace ephor::ui::changes {

namespace {

struct CompareWords {
    Q_DECLARE_TR_FUNCTIONS(CompareWords)
};

/// Below this many runs on the smaller side an interval is too wide to read anything from.
constexpr std::uint64_t fewestRuns = 30;
/// Latency and cost move this much by themselves from day to day.
constexpr double ordinaryLatencyChange = 0.10;
constexpr double ordinaryCostChange = 0.02;
constexpr double nanosPerUnit = 1e9;

std::optional<double> estimateOf(const Proportion& proportion)
{
    if (proportion.total == 0)
        return std::nullopt;
    return double(proportion.count) / double(proportion.total);
}

std::optional<Interval> intervalOf(const Proportion& proportion)
{
    const auto estimate = estimateOf(proportion);
    if (!estimate || !proportion.low || !proportion.high)
        return std::nullopt;
    return Interval{*proportion.low, *estimate, *proportion.high};
}

QString signedText(double value, const QString& digits)
{
    if (digits.toDouble() == 0)
        return digits;
    return (value < 0 ? QStringLiteral("\u2212") : QStringLiteral("+")) + digits;
}

QString pointsText(double difference, int digits)
{
    return signedText(difference, QString::number(std::abs(difference) * 100, 'f', digits));
}

QString rangeText(const Interval& interval)
{
    return CompareWords::tr("%1 to %2")
        .arg(QString::number(interval.low * 100, 'f', 1), QString::number(interval.high * 100, 'f', 1));
}

enum class Better { higher, lower };

// What the difference of two proportions says; the intervals decide, not the estimates.
struct Reading {
    QString words;
    State tone = State::neutral;
};

Reading readDifference(const Proportion& canary, const Proportion& baseline, Better better)
{
    const auto difference = differenceOf(canary, baseline);
    if (!difference)
        return {CompareWords::tr("Not known yet"), State::neutral};
    if (std::min(canary.total, baseline.total) < fewestRuns)
        return {CompareWords::tr("Too few to tell"), State::neutral};
    const bool isHigher = difference->low > 0;
    const bool isLower = difference->high < 0;
    if (!isHigher && !isLower)
        return {better == Better::higher ? CompareWords::tr("No sign of harm") : CompareWords::tr("About the same"),
            State::neutral};
    if (isHigher == (better == Better::higher))
        return {
            better == Better::higher ? CompareWords::tr("Better than baseline") : CompareWords::tr("Fewer"), State::ok};
    return {
        better == Better::higher ? CompareWords::tr("Worse than baseline") : CompareWords::tr("More"), State::failed};
}

CompareCell proportionCell(const Proportion& proportion, const QString& unit, int digits)
{
    CompareCell cell;
    cell.value = format::percent(estimateOf(proportion), digits);
    if (proportion.total > 0)
        cell.basis
            = CompareWords::tr("%1 of %2%3").arg(numberText(proportion.count), numberText(proportion.total), unit);
    cell.interval = intervalOf(proportion);
    return cell;
}

CompareLine unitsLine(const VariantNumbers& canary, const VariantNumbers* baseline)
{
    CompareLine line;
    line.measure = CompareWords::tr("Conversations");
    line.canary.value = numberText(canary.units);
    line.difference = format::unknown();
    if (baseline) {
        line.baseline.value = numberText(baseline->units);
        line.reading = CompareWords::tr("%1 of all").arg(percentText(canary.units, canary.units + baseline->units));
    }
    return line;
}

CompareLine successLine(const VariantNumbers& canary, const VariantNumbers* baseline)
{
    CompareLine line;
    line.measure = CompareWords::tr("Success");
    line.canary = proportionCell(canary.success, {}, 1);
    line.difference = format::unknown();
    if (!baseline)
        return line;
    line.baseline = proportionCell(baseline->success, {}, 1);
    if (const auto difference = differenceOf(canary.success, baseline->success))
        line.difference = CompareWords::tr("%1 pt").arg(pointsText(difference->estimate, 1));
    const Reading reading = readDifference(canary.success, baseline->success, Better::higher);
    line.reading = reading.words;
    line.tone = reading.tone;
    return line;
}

CompareLine intervalLine(const CompareLine& success, const VariantNumbers& canary, const VariantNumbers* baseline)
{
    CompareLine line;
    line.measure = CompareWords::tr("95 % interval");
    line.weight = CompareLine::Weight::detail;
    line.canary.interval = success.canary.interval;
    line.canary.value = line.canary.interval ? rangeText(*line.canary.interval) : format::unknown();
    line.difference = format::unknown();
    if (!baseline)
        return line;
    line.baseline.interval = success.baseline.interval;
    line.baseline.value = line.baseline.interval ? rangeText(*line.baseline.interval) : format::unknown();
    if (const auto difference = differenceOf(canary.success, baseline->success)) {
        line.difference
            = CompareWords::tr("%1 to %2").arg(pointsText(difference->low, 1), pointsText(difference->high, 1));
        const bool apart = success.canary.interval->low > success.baseline.interval->high
            || success.canary.interval->high < success.baseline.interval->low;
        line.reading = apart ? CompareWords::tr("Ranges lie apart") : CompareWords::tr("Ranges overlap");
    }
    return line;
}

CompareLine latencyLine(const VariantNumbers& canary, const VariantNumbers* baseline)
{
    CompareLine line;
    line.measure = CompareWords::tr("Latency p95");
    line.canary = {canary.p95 ? CompareWords::tr("of %1").arg(numberText(canary.success.total)) : QString(),
        secondsText(canary.p95)};
    line.difference = format::unknown();
    if (!baseline)
        return line;
    line.baseline = {baseline->p95 ? CompareWords::tr("of %1").arg(numberText(baseline->success.total)) : QString(),
        secondsText(baseline->p95)};
    if (!canary.p95 || !baseline->p95 || *baseline->p95 <= 0)
        return line;
    const double difference = *canary.p95 - *baseline->p95;
    line.difference = signedText(difference, QString::number(std::abs(difference), 'f', 1)) + CompareWords::tr(" s");
    const double change = difference / *baseline->p95;
    if (std::abs(change) <= ordinaryLatencyChange)
        line.reading = CompareWords::tr("About the same");
    else
        line.reading = (change > 0 ? CompareWords::tr("Slower by %1") : CompareWords::tr("Faster by %1"))
                           .arg(format::percent(std::abs(change), 0));
    line.tone = change > ordinaryLatencyChange ? State::warning : State::neutral;
    return line;
}

std::optional<Money> costEach(const VariantNumbers& numbers)
{
    if (!numbers.cost || numbers.runs == 0)
        return std::nullopt;
    return Money{numbers.cost->nanos / std::int64_t(numbers.runs)};
}

CompareCell costCell(const VariantNumbers& numbers)
{
    CompareCell cell;
    cell.value = moneyText(costEach(numbers));
    if (numbers.cost && numbers.runs > 0)
        cell.basis = CompareWords::tr("%1 / %2").arg(moneyText(numbers.cost), numberText(numbers.runs));
    return cell;
}

CompareLine costLine(const VariantNumbers& canary, const VariantNumbers* baseline)
{
    CompareLine line;
    line.measure = CompareWords::tr("Cost each");
    line.canary = costCell(canary);
    line.difference = format::unknown();
    if (!baseline)
        return line;
    line.baseline = costCell(*baseline);
    const auto left = costEach(canary);
    const auto right = costEach(*baseline);
    if (!left || !right || right->nanos == 0)
        return line;
    const std::int64_t difference = left->nanos - right->nanos;
    line.difference
        = (difference < 0 ? QStringLiteral("\u2212") : QStringLiteral("+")) + moneyText(Money{std::abs(difference)});
    const double change = double(difference) / double(right->nanos);
    if (std::abs(change) <= ordinaryCostChange)
        line.reading = CompareWords::tr("About the same");
    else
        line.reading = (change > 0 ? CompareWords::tr("Dearer by %1") : CompareWords::tr("Cheaper by %1"))
                           .arg(format::percent(std::abs(change), 0));
    return line;
}

CompareLine denialsLine(const VariantNumbers& canary, const VariantNumbers* baseline)
{
    CompareLine line;
    line.measure = CompareWords::tr("Policy denials");
    const QString unit = CompareWords::tr(" calls");
    line.canary = proportionCell(canary.denials, unit, 2);
    line.difference = format::unknown();
    if (!baseline)
        return line;
    line.baseline = proportionCell(baseline->denials, unit, 2);
    if (const auto difference = differenceOf(canary.denials, baseline->denials))
        line.difference = CompareWords::tr("%1 pt").arg(pointsText(difference->estimate, 2));
    const Reading reading = readDifference(canary.denials, baseline->denials, Better::lower);
    line.reading = reading.words;
    line.tone = reading.tone == State::failed ? State::warning : reading.tone;
    return line;
}

// From the lowest to the highest end, with a little air, so that short intervals can still be told apart.
IntervalScale scaleOf(const CompareLine& success)
{
    std::optional<double> low;
    double high = 0;
    for (const auto& interval : {success.canary.interval, success.baseline.interval}) {
        if (interval) {
            low = low ? std::min(*low, interval->low) : interval->low;
            high = std::max(high, interval->high);
        }
    }
    if (!low)
        return {};
    const double air = std::max(0.01, (high - *low) * 0.1);
    return {std::max(0.0, *low - air), std::min(1.0, high + air)};
}

void sayVerdict(Comparison& comparison, const VariantNumbers& canary)
{
    const CompareLine& success = comparison.lines[1];
    const QString count
        = counted(canary.units, CompareWords::tr("1 conversation"), CompareWords::tr("%1 conversations"));
    if (!comparison.hasBaseline) {
        comparison.verdict = CompareWords::tr("%1 so far; there is no earlier release to compare with").arg(count);
        return;
    }
    if (success.tone == State::failed) {
        comparison.tone = State::failed;
        comparison.verdict = CompareWords::tr("Fewer successes than the baseline in %1").arg(count);
    } else if (canary.success.total < fewestRuns) {
        comparison.verdict = CompareWords::tr("Too few to tell: %1 so far").arg(count);
    } else if (success.tone == State::ok) {
        comparison.tone = State::ok;
        comparison.verdict = CompareWords::tr("More successes than the baseline in %1").arg(count);
    } else {
        comparison.verdict = CompareWords::tr("No sign of harm in %1").arg(count);
    }
}

}

const VariantNumbers* canaryOf(const CompareRollout::Response& compared)
{
    const auto found = std::ranges::find_if(
        compared.variants, [](const VariantNumbers& side) { return side.variant != Variant::Baseline; });
    return found == compared.variants.end() ? nullptr : &*found;
}

const VariantNumbers* baselineOf(const CompareRollout::Response& compared)
{
    const auto found = std::ranges::find(compared.variants, Variant::Baseline, &VariantNumbers::variant);
    return found == compared.variants.end() ? nullptr : &*found;
}

std::optional<Interval> differenceOf(const Proportion& first, const Proportion& second)
{
    const auto left = intervalOf(first);
    const auto right = intervalOf(second);
    if (!left || !right)
        return std::nullopt;
    const double difference = left->estimate - right->estimate;
    const auto reach = [](double a, double b) { return std::sqrt(a * a + b * b); };
    return Interval{difference - reach(left->estimate - left->low, right->high - right->estimate), difference,
        difference + reach(left->high - left->estimate, right->estimate - right->low)};
}

Comparison comparisonOf(const CompareRollout::Response& compared)
{
    Comparison comparison;
    const VariantNumbers* const canary = canaryOf(compared);
    const VariantNumbers* const baseline = baselineOf(compared);
    if (!canary)
        return comparison;
    comparison.hasBaseline = baseline != nullptr;
    CompareLine success = successLine(*canary, baseline);
    CompareLine interval = intervalLine(success, *canary, baseline);
    comparison.scale = scaleOf(success);
    comparison.lines = {unitsLine(*canary, baseline), std::move(success), std::move(interval),
        latencyLine(*canary, baseline), costLine(*canary, baseline), denialsLine(*canary, baseline)};
    sayVerdict(comparison, *canary);
    return comparison;
}

QString comparisonText(const Comparison& comparison)
{
    QStringList lines{QStringList{CompareWords::tr("Measure"), CompareWords::tr("Canary"), CompareWords::tr("Baseline"),
        CompareWords::tr("Difference"), CompareWords::tr("Reading")}
            .join(u'\t')};
    const auto side = [](const CompareCell& cell) {
        return cell.basis.isEmpty() ? cell.value : cell.value + QStringLiteral(" (") + cell.basis + u')';
    };
    for (const CompareLine& line : comparison.lines)
        lines << QStringList{line.measure, side(line.canary), side(line.baseline), line.difference, line.reading}.join(
            u'\t');
    return lines.join(u'\n');
}

}
