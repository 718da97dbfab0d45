#include "ui/bridge/values.h"

#include "core/domain/short_id.h"
#include "ui/kit/format.h"

#include <QCoreApplication>
#include <algorithm>
#include <limits>

namespace ephor::ui {

namespace {

struct ValueWords {
    Q_DECLARE_TR_FUNCTIONS(ValueWords)
};

std::optional<std::int64_t> counted(std::optional<std::uint64_t> value)
{
    if (!value)
        return std::nullopt;
    return static_cast<std::int64_t>(
        std::min<std::uint64_t>(*value, std::uint64_t(std::numeric_limits<std::int64_t>::max())));
}

}

QDateTime dateTime(Instant instant)
{
    const auto micros = instant.time_since_epoch().count();
    if (micros == 0)
        return {};
    return QDateTime::fromMSecsSinceEpoch(micros / 1'000);
}

Instant instant(const QDateTime& at)
{
    return at.isValid() ? Instant(std::chrono::milliseconds(at.toMSecsSinceEpoch())) : Instant{};
}

ephor::TimeRange coreRange(const TimeRange& range, const QDateTime& now)
{
    ephor::TimeRange core;
    core.from = instant(range.startAt(now));
    if (!range.isRelative())
        core.to = instant(range.endAt(now));
    return core;
}

QString relativeTime(Instant at, const QDateTime& now)
{
    const QDateTime when = dateTime(at);
    return when.isValid() ? format::relative(when, now) : format::unknown();
}

QString absoluteTime(Instant at)
{
    const QDateTime when = dateTime(at);
    return when.isValid() ? format::absolute(when) : format::unknown();
}

QString clockTime(Instant at)
{
    const QDateTime when = dateTime(at);
    return when.isValid() ? when.toString(QStringLiteral("HH:mm:ss")) : format::unknown();
}

QString durationText(std::uint64_t micros)
{
    return format::duration(double(micros) / 1'000.0);
}

QString secondsText(std::optional<double> seconds)
{
    return format::duration(seconds ? std::optional(*seconds * 1'000.0) : std::nullopt);
}

QString moneyText(const std::optional<Money>& money)
{
    return format::money(money ? std::optional(money->nanos) : std::nullopt, QStringLiteral("$"));
}

QString numberText(std::optional<std::uint64_t> value)
{
    return format::number(counted(value));
}

QString shortNumberText(std::optional<std::uint64_t> value)
{
    return format::shortNumber(counted(value));
}

QString percentText(std::uint64_t part, std::uint64_t whole, int digits)
{
    return format::percent(whole == 0 ? std::nullopt : std::optional(double(part) / double(whole)), digits);
}

QString proportionText(std::uint64_t part, std::uint64_t whole)
{
    return format::percentOf(counted(part), counted(whole));
}

QString usageText(const Usage& usage)
{
    if (!usage.inputTokens && !usage.outputTokens)
        return format::unknown();
    return ValueWords::tr("%1 in, %2 out").arg(numberText(usage.inputTokens), numberText(usage.outputTokens));
}

QString tokensText(const Usage& usage)
{
    if (!usage.inputTokens || !usage.outputTokens)
        return format::unknown();
    return numberText(*usage.inputTokens + *usage.outputTokens);
}

QString versionText(std::uint64_t number)
{
    return number == 0 ? format::unknown() : QStringLiteral("v%1").arg(number);
}

QString shortId(std::string_view id)
{
    return text(ephor::shortId(id));
}

QString counted(std::uint64_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(numberText(count));
}

}
