#include "core/trust/policy/grant_conditions.h"

#include "core/domain/reflect.h"
#include "core/trust/cedar/decimal.h"
#include "core/trust/cedar/escape.h"
#include "core/trust/cedar/name.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace ephor::policy {

namespace {

std::unexpected<Error> badCondition(const GrantCondition& condition, std::string message, std::string hint)
{
    return fail(Error(ErrorKind::Invalid, "grant.condition", std::move(message), std::move(hint))
            .with("condition", wordOf(condition.kind))
            .with("argument", condition.argument));
}

bool isWhole(std::string_view number)
{
    std::int64_t value = 0;
    const char* const end = number.data() + number.size();
    const auto read = std::from_chars(number.data(), end, value);
    return read.ec == std::errc() && read.ptr == end;
}

bool plainName(std::string_view name)
{
    return cedar::isIdentifier(name) && !cedar::isReservedWord(name);
}

// `.amount` or `["order-id"]`.
std::string access(std::string_view argument)
{
    return plainName(argument) ? "." + std::string(argument) : "[" + cedar::quoted(argument) + "]";
}

std::string present(std::string_view argument)
{
    return "context.input has " + (plainName(argument) ? std::string(argument) : cedar::quoted(argument))
        + " && context.input" + access(argument);
}

std::string list(const std::vector<std::string>& values)
{
    std::string text = "[";
    for (const std::string& value : values)
        text += (text.size() == 1 ? "" : ", ") + cedar::quoted(value);
    return text + "]";
}

Result<std::string> comparison(const GrantCondition& condition, std::string_view whole, std::string_view decimalMethod)
{
    if (condition.values.size() != 1)
        return badCondition(condition, "A limit is one number.", "Give the number.");
    const std::string& number = condition.values.front();
    if (isWhole(number))
        return present(condition.argument) + " " + std::string(whole) + " " + number;
    if (!cedar::readDecimal(number))
        return badCondition(condition, "\"" + number + "\" is not a number that can be compared exactly.",
            "Write digits with at most four after the point.");
    return present(condition.argument) + "." + std::string(decimalMethod) + "(decimal(" + cedar::quoted(number) + "))";
}

// Minutes after midnight of "08:30"; nothing for other texts.
std::optional<int> minutesOf(std::string_view clock)
{
    if (clock.size() != 5 || clock[2] != ':')
        return std::nullopt;
    int hours = 0;
    int minutes = 0;
    const auto readHours = std::from_chars(clock.data(), clock.data() + 2, hours);
    const auto readMinutes = std::from_chars(clock.data() + 3, clock.data() + 5, minutes);
    const bool read = readHours.ec == std::errc() && readHours.ptr == clock.data() + 2 && readMinutes.ec == std::errc()
        && readMinutes.ptr == clock.data() + 5;
    const bool within = hours >= 0 && minutes >= 0 && minutes < 60 && hours * 60 + minutes <= 24 * 60;
    return read && within ? std::optional(hours * 60 + minutes) : std::nullopt;
}

std::string durationOf(std::string_view clock)
{
    return "duration(\"" + std::string(clock.substr(0, 2)) + "h" + std::string(clock.substr(3, 2)) + "m\")";
}

Result<std::string> hours(const GrantCondition& condition)
{
    const auto from = condition.values.size() == 2 ? minutesOf(condition.values[0]) : std::nullopt;
    const auto until = condition.values.size() == 2 ? minutesOf(condition.values[1]) : std::nullopt;
    if (!from || !until || *from >= *until)
        return badCondition(
            condition, "Hours go from one time of day to a later one.", "Write them as 08:00 and 18:00, in UTC.");
    return "context.now.toTime() >= " + durationOf(condition.values[0]) + " && context.now.toTime() < "
        + durationOf(condition.values[1]);
}

bool wantsArgument(GrantConditionKind kind)
{
    return kind != GrantConditionKind::Hours && kind != GrantConditionKind::Classification;
}

// The texts in quotes inside `text`, in order; nothing when one does not end.
std::optional<std::vector<std::string>> quotedTexts(std::string_view text)
{
    std::vector<std::string> found;
    for (std::size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at)) {
        std::size_t end = at + 1;
        while (end < text.size() && text[end] != '"')
            end += text[end] == '\\' ? 2 : 1;
        if (end >= text.size())
            return std::nullopt;
        auto read = cedar::unescape(text.substr(at + 1, end - at - 1));
        if (!read)
            return std::nullopt;
        found.push_back(std::move(*read));
        at = end + 1;
    }
    return found;
}

std::string argumentOf(std::string_view expression)
{
    constexpr std::string_view has = "context.input has ";
    const std::size_t at = expression.find(has);
    if (at == std::string_view::npos)
        return {};
    std::string_view rest = expression.substr(at + has.size());
    if (rest.starts_with('"')) {
        const auto texts = quotedTexts(rest);
        return texts && !texts->empty() ? texts->front() : std::string();
    }
    return std::string(rest.substr(0, rest.find(' ')));
}

std::string clockOf(std::string_view duration)
{
    return duration.size() == 6 ? std::string(duration.substr(0, 2)) + ":" + std::string(duration.substr(3, 2))
                                : std::string();
}

// What the line may be; conditionFrom writes it again to see whether it is.
GrantCondition guess(std::string_view line)
{
    GrantCondition guess;
    guess.argument = argumentOf(line);
    const auto texts = quotedTexts(line).value_or(std::vector<std::string>());
    if (line.starts_with("context.now.toTime()") && texts.size() == 2) {
        guess.kind = GrantConditionKind::Hours;
        guess.values = {clockOf(texts[0]), clockOf(texts[1])};
    } else if (line.ends_with(".contains(resource.classification)")) {
        guess.kind = GrantConditionKind::Classification;
        guess.values.assign(texts.begin(), texts.end());
    } else if (line.ends_with(" == context.session.person")) {
        guess.kind = GrantConditionKind::OwnOnly;
    } else if (const std::size_t open = line.find("&& ["); open != std::string_view::npos) {
        guess.kind = GrantConditionKind::OneOf;
        const auto values = quotedTexts(line.substr(open, line.find("].contains(", open) - open));
        if (values)
            guess.values.assign(values->begin(), values->end());
    } else {
        const bool most
            = line.find(" <= ") != std::string_view::npos || line.find(".lessThan") != std::string_view::npos;
        guess.kind = most ? GrantConditionKind::AtMost : GrantConditionKind::AtLeast;
        if (line.ends_with("\"))") && !texts.empty())
            guess.values = {texts.back()};
        else
            guess.values = {std::string(line.substr(line.rfind(' ') + 1))};
    }
    return guess;
}

std::string joinedValues(const GrantCondition& condition)
{
    std::string text;
    for (const std::string& value : condition.values)
        text += (text.empty() ? "" : ", ") + value;
    return text;
}

bool tighterNumber(const GrantCondition& before, const GrantCondition& after)
{
    const auto number = [](const GrantCondition& condition) {
        return condition.values.size() == 1
            ? cedar::readDecimal(isWhole(condition.values.front()) ? condition.values.front() + ".0"
                                                                   : std::string(condition.values.front()))
            : std::nullopt;
    };
    const auto left = number(before);
    const auto right = number(after);
    if (!left || !right)
        return false;
    return before.kind == GrantConditionKind::AtLeast ? *right >= *left : *right <= *left;
}

bool implies(const GrantCondition& after, const GrantCondition& before)
{
    if (after == before)
        return true;
    if (after.kind != before.kind || after.argument != before.argument)
        return false;
    if (after.kind == GrantConditionKind::OneOf || after.kind == GrantConditionKind::Classification)
        return std::ranges::all_of(after.values,
            [&](const std::string& value) { return std::ranges::find(before.values, value) != before.values.end(); });
    const bool number = after.kind == GrantConditionKind::AtMost || after.kind == GrantConditionKind::AtLeast
        || after.kind == GrantConditionKind::AskAbove;
    return number && tighterNumber(before, after);
}

}

Result<std::string> expressionOf(const GrantCondition& condition)
{
    if (wantsArgument(condition.kind) == condition.argument.empty())
        return badCondition(condition,
            condition.argument.empty() ? "The condition names no argument." : "The condition has no argument.",
            condition.argument.empty() ? "Choose one of the tool's arguments." : "Leave the argument out.");
    switch (condition.kind) {
    case GrantConditionKind::AtMost:
    case GrantConditionKind::AskAbove:
        return comparison(condition, "<=", "lessThanOrEqual");
    case GrantConditionKind::AtLeast:
        return comparison(condition, ">=", "greaterThanOrEqual");
    case GrantConditionKind::OwnOnly:
        if (!condition.values.empty())
            return badCondition(condition, "\"Only the person's own\" has no values.", "Leave the values out.");
        return present(condition.argument) + " == context.session.person";
    case GrantConditionKind::Hours:
        return hours(condition);
    case GrantConditionKind::OneOf:
    case GrantConditionKind::Classification:
        break;
    }
    if (condition.values.empty())
        return badCondition(condition, "The condition admits nothing.", "Give at least one value.");
    if (condition.kind == GrantConditionKind::Classification)
        return list(condition.values) + ".contains(resource.classification)";
    const std::string input = "context.input";
    return input + " has "
        + (plainName(condition.argument) ? std::string(condition.argument) : cedar::quoted(condition.argument)) + " && "
        + list(condition.values) + ".contains(" + input + access(condition.argument) + ")";
}

std::optional<GrantCondition> conditionFrom(std::string_view expression)
{
    GrantCondition condition = guess(expression);
    const auto written = expressionOf(condition);
    return written && *written == expression ? std::optional(std::move(condition)) : std::nullopt;
}

std::string inWords(const GrantCondition& condition)
{
    const std::string values = joinedValues(condition);
    switch (condition.kind) {
    case GrantConditionKind::AtMost:
        return condition.argument + " at most " + values;
    case GrantConditionKind::AtLeast:
        return condition.argument + " at least " + values;
    case GrantConditionKind::OneOf:
        return condition.argument + " one of " + values;
    case GrantConditionKind::OwnOnly:
        return "only the person's own " + condition.argument;
    case GrantConditionKind::Hours:
        return "from " + (condition.values.empty() ? std::string() : condition.values.front()) + " to "
            + (condition.values.empty() ? std::string() : condition.values.back()) + " UTC";
    case GrantConditionKind::Classification:
        return "data that is " + values;
    case GrantConditionKind::AskAbove:
        return "asks when " + condition.argument + " is above " + values;
    }
    return {};
}

bool isNoLooser(const List<GrantCondition, 16>& before, const List<GrantCondition, 16>& after)
{
    return std::ranges::all_of(before, [&](const GrantCondition& wanted) {
        return std::ranges::any_of(after, [&](const GrantCondition& each) { return implies(each, wanted); });
    });
}

}
