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

// A caller who names nobody owns nothing, not even what belongs to nobody.
constexpr std::string_view ownTail = " == context.session.person && context.session.person != \"\"";

std::optional<std::int64_t> wholeNumber(std::string_view number)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    return error == std::errc() && end == number.data() + number.size() ? std::optional(value) : std::nullopt;
}

bool isWhole(std::string_view number)
{
    return wholeNumber(number).has_value();
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
    const auto hours = wholeNumber(clock.substr(0, 2));
    const auto minutes = wholeNumber(clock.substr(3));
    if (!hours || !minutes || *hours < 0 || *minutes < 0 || *minutes >= 60 || *hours * 60 + *minutes > 24 * 60)
        return std::nullopt;
    return int(*hours * 60 + *minutes);
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

/// Takes a line apart from its beginning.
class LineReader {
public:
    explicit LineReader(std::string_view line)
        : m_rest(line)
    {
    }

    std::string_view rest() const { return m_rest; }

    bool take(std::string_view text)
    {
        const bool found = m_rest.starts_with(text);
        m_rest.remove_prefix(found ? text.size() : 0);
        return found;
    }

    /// What stands in quotes; empty where nothing does.
    std::string text()
    {
        std::size_t end = 1;
        while (m_rest.starts_with('"') && end < m_rest.size() && m_rest[end] != '"')
            end += m_rest[end] == '\\' ? 2 : 1;
        if (!m_rest.starts_with('"') || end >= m_rest.size())
            return {};
        auto read = cedar::unescape(m_rest.substr(1, end - 1));
        m_rest.remove_prefix(end + 1);
        return read ? std::move(*read) : std::string();
    }

    std::vector<std::string> list()
    {
        std::vector<std::string> texts;
        take("[");
        while (m_rest.starts_with('"')) {
            texts.push_back(text());
            take(", ");
        }
        return texts;
    }

    std::string name()
    {
        if (m_rest.starts_with('"'))
            return text();
        const std::string_view word = m_rest.substr(0, m_rest.find(' '));
        m_rest.remove_prefix(word.size());
        return std::string(word);
    }

private:
    std::string_view m_rest;
};

std::string clockOf(const std::string& duration)
{
    return duration.size() == 6 ? duration.substr(0, 2) + ":" + duration.substr(3, 2) : std::string();
}

void guessComparison(LineReader& reader, GrantCondition& guess)
{
    reader.take("context.input" + access(guess.argument));
    if (reader.rest() == ownTail) {
        guess.kind = GrantConditionKind::OwnOnly;
        return;
    }
    const bool whole = reader.rest().starts_with(' ');
    const bool most = whole ? reader.take(" <= ") : reader.take(".lessThanOrEqual(decimal(");
    if (!most)
        reader.take(whole ? " >= " : ".greaterThanOrEqual(decimal(");
    guess.kind = most ? GrantConditionKind::AtMost : GrantConditionKind::AtLeast;
    guess.values = {whole ? std::string(reader.rest()) : reader.text()};
}

// What the line may be; conditionFrom writes it again to see whether it is.
GrantCondition guess(std::string_view line)
{
    GrantCondition guess;
    LineReader reader(line);
    if (reader.take("context.now.toTime() >= duration(")) {
        guess.kind = GrantConditionKind::Hours;
        guess.values = {clockOf(reader.text())};
        reader.take(") && context.now.toTime() < duration(");
        guess.values.push_back(clockOf(reader.text()));
        return guess;
    }
    if (!reader.take("context.input has ")) {
        guess.kind = GrantConditionKind::Classification;
        const auto values = reader.list();
        guess.values.assign(values.begin(), values.end());
        return guess;
    }
    guess.argument = reader.name();
    reader.take(" && ");
    if (!reader.rest().starts_with('[')) {
        guessComparison(reader, guess);
        return guess;
    }
    guess.kind = GrantConditionKind::OneOf;
    const auto values = reader.list();
    guess.values.assign(values.begin(), values.end());
    return guess;
}

std::string joinedValues(const GrantCondition& condition)
{
    std::string text;
    for (const std::string& value : condition.values)
        text += (text.empty() ? "" : ", ") + value;
    return text;
}

// A whole number is compared with whole arguments and one with a point with decimals: a limit of the one kind says
// nothing about a limit of the other.
bool tighterNumber(const GrantCondition& before, const GrantCondition& after)
{
    if (before.values.size() != 1 || after.values.size() != 1)
        return false;
    const std::string& from = before.values.front();
    const std::string& to = after.values.front();
    if (isWhole(from) != isWhole(to))
        return false;
    const auto left = isWhole(from) ? wholeNumber(from) : cedar::readDecimal(from);
    const auto right = isWhole(to) ? wholeNumber(to) : cedar::readDecimal(to);
    if (!left || !right)
        return false;
    return before.kind == GrantConditionKind::AtLeast ? *right >= *left : *right <= *left;
}

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
        return present(condition.argument) + std::string(ownTail);
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
