#include "core/trust/cedar/plain_value.h"

#include "core/trust/cedar/escape.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <vector>

namespace ephor::cedar {

namespace {

// The years the language itself can write.
constexpr std::int64_t firstMoment = -62'167'219'200'000;
constexpr std::int64_t lastMoment = 253'402'300'799'999;

std::string momentText(std::int64_t milliseconds)
{
    using namespace std::chrono;
    const sys_time<std::chrono::milliseconds> moment{std::chrono::milliseconds(milliseconds)};
    const auto day = floor<days>(moment);
    const year_month_day date(day);
    const hh_mm_ss time(moment - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()), unsigned(date.month()),
        unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()), int(time.seconds().count()));
    std::string written = text.data();
    if (time.subseconds().count() != 0) {
        std::snprintf(text.data(), text.size(), ".%03d", int(time.subseconds().count()));
        written += text.data();
    }
    return written + "Z";
}

std::string spanText(std::int64_t milliseconds)
{
    static constexpr std::array<std::pair<std::uint64_t, const char*>, 5> units{
        {{86'400'000, "d"}, {3'600'000, "h"}, {60'000, "m"}, {1'000, "s"}, {1, "ms"}}};
    if (milliseconds == 0)
        return "0ms";
    std::string text = milliseconds < 0 ? "-" : "";
    // The lowest number has no positive one among signed numbers.
    std::uint64_t rest = milliseconds < 0 ? 0 - std::uint64_t(milliseconds) : std::uint64_t(milliseconds);
    for (const auto& [size, unit] : units) {
        if (rest / size > 0)
            text += std::to_string(rest / size) + unit;
        rest %= size;
    }
    return text;
}

// Sets and records lie in the order of hashes that differ from one process to the next.
std::string partsText(std::vector<std::string> parts, const char* opening, const char* closing)
{
    constexpr std::size_t mostParts = 5;
    std::ranges::sort(parts);
    std::string text = opening;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i == mostParts)
            return text + ", …" + closing;
        text += (i == 0 ? "" : ", ") + parts[i];
    }
    return text + closing;
}

}

std::string plainText(const Value& value)
{
    std::vector<std::string> parts;
    if (value.kind == Kind::Set) {
        for (const SetMember& member : value.set->members)
            parts.push_back(plainText(member.value));
        return partsText(std::move(parts), "[", "]");
    }
    if (value.kind == Kind::Record) {
        for (const Field& field : value.record->fields)
            parts.push_back(quoted(field.name.view) + ": " + plainText(field.value));
        return partsText(std::move(parts), "{", "}");
    }
    if (value.kind == Kind::Datetime && value.number >= firstMoment && value.number <= lastMoment)
        return "datetime(\"" + momentText(value.number) + "\")";
    if (value.kind == Kind::Duration)
        return "duration(\"" + spanText(value.number) + "\")";
    return toText(value);
}

}
