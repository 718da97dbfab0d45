#pragma once

#include "core/trust/cedar/authorizer.h"
#include "core/trust/cedar/schema.h"

#include <QByteArray>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace ephor::cedar::tests {

/// What a function gave, or an exception that tells its error: for what a test takes for granted.
template <class T> T take(Result<T> result)
{
    if (!result)
        throw std::runtime_error(describe(result.error()));
    return std::move(*result);
}

inline std::string fieldOf(const Error& error, std::string_view name)
{
    for (const auto& [field, value] : error.fields) {
        if (field == name)
            return value;
    }
    return {};
}

/// A user with attributes, tags and groups two levels deep.
inline Json people()
{
    return take(parseJson(R"([
        {"uid":{"type":"User","id":"ann"},"parents":[{"type":"Group","id":"desk"}],"tags":{"site":"oslo"},
         "attrs":{"age":41,"name":"Ann","active":true,"manager":{"__entity":{"type":"User","id":"bob"}},
                  "address":{"__extn":{"fn":"ip","arg":"10.1.2.3"}},"home":{"city":"Oslo","floors":[1,2]}}},
        {"uid":{"type":"User","id":"bob"},"parents":[],"attrs":{"age":50,"name":"Bob","active":false}},
        {"uid":{"type":"Group","id":"desk"},"parents":[{"type":"Group","id":"staff"}],"attrs":{}},
        {"uid":{"type":"Doc","id":"plan"},"parents":[{"type":"Folder","id":"top"}],"attrs":{"size":7}}])"));
}

inline Json annReadsPlan()
{
    return {{"principal", "User::\"ann\""}, {"action", "Action::\"read\""}, {"resource", "Doc::\"plan\""},
        {"context", {{"mfa", true}, {"count", 3}}}};
}

/// The verdict of some policies on Ann reading the plan.
inline Verdict verdictOf(const PolicySet& policies, Mode mode = Mode::Cedar)
{
    return decide(policies, *take(Entities::fromJson(people())), take(Request::fromJson(annReadsPlan())), mode);
}

/// "true", "false", or "error: …" for a condition about Ann reading the plan.
inline QByteArray valueOf(const QByteArray& condition)
{
    const std::string text = "permit(principal, action, resource) when { " + condition.toStdString() + " };";
    const auto policies = PolicySet::fromText(text);
    if (!policies)
        return QByteArray::fromStdString("refused: " + policies.error().code);
    const Verdict verdict = verdictOf(**policies);
    if (!verdict.errors.empty())
        return QByteArray::fromStdString("error: " + verdict.errors.front().message);
    return verdict.decision == Decision::Allow ? "true" : "false";
}

}
