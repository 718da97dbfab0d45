#pragma once

#include <QDateTime>
#include <QString>
#include <cstdint>
#include <optional>

/// Numbers as people read them. Nothing known gives an em dash, never a zero. Pure functions; C-locale digits with
/// a comma between thousands and a thin no-break gap before units, so that every screen and snapshot agrees.
namespace ephor::ui::format {

/// The em dash that stands for "not known".
QString unknown();

QString number(std::optional<std::int64_t> value); ///< 1,284
QString shortNumber(std::optional<std::int64_t> value); ///< 12.8k, 1.3M; below 10,000 as number()
QString decimal(std::optional<double> value, int digits); ///< 7.30
QString percent(std::optional<double> share, int digits = 1); ///< of 0..1: 97.4 %
/// "3.1 % of 9,402"; the share is part / whole, unknown where the whole is 0 or either is unknown.
QString percentOf(std::optional<std::int64_t> part, std::optional<std::int64_t> whole);
QString duration(std::optional<double> milliseconds); ///< < 1 ms, 842 ms, 3.2 s, 4 m 10 s, 2 h 05 m, 3 d 4 h
QString bytes(std::optional<std::int64_t> value); ///< 1.4 MiB
/// Money kept in billionths of the unit: € 214.60; four decimals below 1, two above.
QString money(std::optional<std::int64_t> nanoUnits, const QString& currency);
/// With sign and arrow: ▲ +4.2 %. `unit` follows the number.
QString delta(std::optional<double> value, int digits, const QString& unit);
QString relative(const QDateTime& at, const QDateTime& now); ///< now, 4 m ago, 2 h 30 m ago, in 12 m
QString absolute(const QDateTime& at); ///< Mon 16 Mar 2026, 14:20:08 CET

}
