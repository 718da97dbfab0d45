#pragma once

#include "core/base/text.h"
#include "core/trust/guard/protection.h"

#include <QtGlobal>
#include <initializer_list>
#include <string>

namespace ephor::guard::testing {

inline const std::string card = "4111 1111 1111 1111";
inline const std::string mail = "anna.berg@example.com";

inline ProtectionKeys keys()
{
    ProtectionKeys made;
    made.values.fill(7);
    made.exceptions.fill(9);
    return made;
}

inline ProtectionRule ruleOf(std::string what, ProtectAction action, std::vector<TextSurface> surfaces = {})
{
    ProtectionRule rule;
    rule.what.push_back(std::move(what));
    rule.action = action;
    rule.surfaces.assign(surfaces.begin(), surfaces.end());
    return rule;
}

inline std::shared_ptr<const Protection> made(const ProtectionBody& body)
{
    auto protection = Protection::compile("house", body, keys());
    if (!protection)
        qFatal("%s", protection.error().message.c_str());
    return *protection;
}

inline std::shared_ptr<const Protection> withRules(std::initializer_list<ProtectionRule> rules)
{
    ProtectionBody body;
    body.rules.assign(rules.begin(), rules.end());
    return made(body);
}

inline Inspection look(const Protection& protection, const std::string& text, TextSurface surface = TextSurface::Input,
    const std::string& tool = {})
{
    auto inspection = protection.inspect(text, surface, tool);
    if (!inspection)
        qFatal("%s", inspection.error().message.c_str());
    return *inspection;
}

}
