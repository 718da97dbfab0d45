#pragma once

#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>

namespace ephor::cedar::tests {

/// Policies and contexts about the people of desk.h, the same for the same seed. Conditions are mostly well typed, so
/// that they hold, fail and err in turn.
class Generator {
public:
    explicit Generator(unsigned seed)
        : m_random(seed)
    {
    }

    std::size_t below(std::size_t count) { return m_random() % count; }
    bool chance(std::size_t oneIn) { return below(oneIn) == 0; }
    template <std::size_t N> std::string pick(const std::array<std::string_view, N>& choices)
    {
        return std::string(choices[below(N)]);
    }

    std::string policy()
    {
        std::string text;
        if (chance(4))
            text += "@reason(\"because \\\"so\\\"\\n\") ";
        if (chance(6))
            text += "@flag ";
        text += chance(3) ? "forbid" : "permit";
        text += "(" + pick(principals) + ", " + pick(actions) + ", " + pick(resources) + ")";
        for (std::size_t i = below(3); i > 0; --i)
            text += (chance(4) ? " unless { " : " when { ") + boolean(3) + " }";
        return text + ";";
    }

    std::string policies(std::size_t count)
    {
        std::string text;
        for (std::size_t i = 0; i < count; ++i)
            text += policy() + "\n";
        return text;
    }

    /// An expression that is mostly a Boolean.
    std::string boolean(std::size_t depth)
    {
        if (depth == 0)
            return atom();
        switch (below(9)) {
        case 0:
            return boolean(depth - 1) + " && " + boolean(depth - 1);
        case 1:
            return "(" + boolean(depth - 1) + " || " + boolean(depth - 1) + ") && " + boolean(depth - 1);
        case 2:
            return "!(" + boolean(depth - 1) + ")";
        case 3:
            return "(if " + boolean(depth - 1) + " then " + boolean(depth - 1) + " else " + boolean(depth - 1) + ")";
        case 4:
            return boolean(depth - 1) + " || " + boolean(depth - 1);
        default:
            return atom();
        }
    }

    Json request()
    {
        Json context = Json::object();
        if (!chance(4))
            context["mfa"] = chance(2);
        if (!chance(5))
            context["count"] = below(12);
        if (!chance(4))
            context["labels"] = chance(2) ? Json::array({"internal"}) : Json::array({"internal", "untrusted"});
        Json input = {{"amount", below(2000)}, {"currency", chance(2) ? "EUR" : "USD"}};
        if (!chance(5))
            context["input"] = std::move(input);
        return {{"principal", pick(users)}, {"action", pick(requestActions)}, {"resource", pick(docs)},
            {"context", std::move(context)}};
    }

private:
    std::string number(std::size_t depth)
    {
        switch (depth == 0 ? below(5) : below(8)) {
        case 0:
            return "context.count";
        case 1:
            return "context.input.amount";
        case 2:
            return "principal.age";
        case 3:
            return "-" + std::to_string(below(20));
        case 5:
            return number(depth - 1) + " + " + number(0);
        case 6:
            return number(0) + " - (" + number(depth - 1) + " + 1)";
        case 7:
            return "-(" + number(0) + ") * 2";
        default:
            return std::to_string(below(2000));
        }
    }

    std::string atom()
    {
        switch (below(10)) {
        case 0:
        case 1:
        case 2:
            return number(1) + pick(relations) + number(1);
        case 3:
            return "context.labels.contains(" + std::string(chance(2) ? "\"untrusted\"" : "\"a\\\"*b\"") + ")";
        case 4:
            return "principal in " + pick(groups);
        case 5:
            return chance(2) ? "context.input.currency == \"EUR\"" : "principal.name like \"A*\\*?\"";
        case 6:
            return "(" + pick(presences) + " && " + number(0) + " <= " + number(0) + ")";
        case 7:
            return chance(2) ? "principal is User in Group::\"staff\"" : "!!context.mfa";
        case 8:
            return pick(oddities);
        default:
            return "context.mfa";
        }
    }

    static constexpr std::array<std::string_view, 6> principals{"principal", "principal == User::\"ann\"",
        "principal in Group::\"staff\"", "principal is User", "principal is User in Group::\"desk\"",
        "principal in Group::\"board\""};
    static constexpr std::array<std::string_view, 5> actions{"action", "action == Action::\"read\"",
        "action in [Action::\"read\", Action::\"write\"]", "action in Action::\"any\"", "action in []"};
    static constexpr std::array<std::string_view, 4> resources{
        "resource", "resource == Doc::\"plan\"", "resource in Folder::\"top\"", "resource is Doc"};
    static constexpr std::array<std::string_view, 6> relations{" < ", " <= ", " > ", " >= ", " == ", " != "};
    static constexpr std::array<std::string_view, 3> groups{
        "Group::\"staff\"", "[Group::\"board\", User::\"bob\"]", "Group::\"board\""};
    static constexpr std::array<std::string_view, 4> presences{
        "context has count", "context has input.amount", "principal has age", "context has \"no such\""};
    static constexpr std::array<std::string_view, 8> oddities{"ip(\"10.0.0.1\").isInRange(ip(\"10.0.0.0/8\"))",
        "{\"if\": 1, plain: [2, 3]} == {plain: [3, 2], \"if\": 1}", "{\"if\": 1}[\"if\"] < 2",
        "decimal(\"1.50\").lessThan(decimal(\"2.0\"))", "datetime(\"2026-11-22\") < datetime(\"2026-11-23\")",
        "principal.hasTag(\"site\") && principal.getTag(\"site\") == \"oslo\"", "[1, 2].containsAny([context.count])",
        "context.labels.isEmpty()"};
    static constexpr std::array<std::string_view, 3> users{"User::\"ann\"", "User::\"bob\"", "User::\"new\""};
    static constexpr std::array<std::string_view, 2> requestActions{"Action::\"read\"", "Action::\"write\""};
    static constexpr std::array<std::string_view, 2> docs{"Doc::\"plan\"", "Doc::\"other\""};

    std::mt19937 m_random;
};

}
