#pragma once

#include "core/api/page.h"
#include "core/domain/run.h"
#include "ui/kit/time_range.h"

#include <QDateTime>
#include <QString>
#include <optional>
#include <string_view>

/// From values of the core to what widgets take, and back. Pure; unknown gives an em dash.
namespace ephor::ui {

inline QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}
inline std::string utf8(const QString& text)
{
    return text.toStdString();
}

/// In the zone of this machine; invalid for the zero Instant.
QDateTime dateTime(Instant instant);
Instant instant(const QDateTime& at);
/// The shared range as requests take it. The end of a relative range stays open.
ephor::TimeRange coreRange(const TimeRange& range, const QDateTime& now);

QString relativeTime(Instant at, const QDateTime& now); ///< "4 m ago"
QString absoluteTime(Instant at); ///< "Mon 16 Mar 2026, 14:20:08 CET"
QString clockTime(Instant at); ///< "14:20:08"
QString durationText(std::uint64_t micros); ///< "842 ms"; "< 1 ms" below
QString secondsText(std::optional<double> seconds); ///< of Totals' quantiles: "3.2 s"
QString moneyText(const std::optional<Money>& money); ///< "$ 214.60"
QString numberText(std::optional<std::uint64_t> value); ///< "1,284"
QString shortNumberText(std::optional<std::uint64_t> value); ///< "12.8k"
QString percentText(std::uint64_t part, std::uint64_t whole, int digits = 1); ///< "97.4 %"; dash for 0 of 0
QString proportionText(std::uint64_t part, std::uint64_t whole); ///< "3.1 % of 9,402"
QString usageText(const Usage& usage); ///< "3,184 in, 212 out"
QString tokensText(const Usage& usage); ///< the sum: "6,902"
QString versionText(std::uint64_t number); ///< "v42"; dash for 0
/// As people read ids (core/domain/short_id.h): the end of a UUID, the beginning of a digest.
QString shortId(std::string_view id);
/// `one` for exactly one; else `many` with the number in place of %1: counted(runs, tr("1 run"), tr("%1 runs")).
QString counted(std::uint64_t count, const QString& one, const QString& many);

}
