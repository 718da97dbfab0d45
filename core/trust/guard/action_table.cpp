#include "core/trust/guard/action_table.h"

#include <algorithm>

namespace ephor::guard {

namespace {

constexpr std::string_view instructionWord = "instruction";

bool covers(const ProtectionRule& rule, TextSurface surface)
{
    return rule.surfaces.empty() || std::ranges::find(rule.surfaces, surface) != rule.surfaces.end();
}

bool namesWord(const ProtectionRule& rule, std::string_view word)
{
    return std::ranges::find(rule.what, word) != rule.what.end();
}

Ruling harder(const Ruling& left, const ProtectionRule& right)
{
    const Ruling other{right.action, double(right.atLeast) / 100};
    if (other.action == left.action)
        return {left.action, std::min(left.atLeast, other.atLeast)};
    return other.action > left.action ? other : left;
}

}

ActionTable::ActionTable(std::span<const ProtectionRule> rules, std::span<const detect::Entity> entities)
    : m_rules(rules.begin(), rules.end())
    , m_rows(entities.size() + 1)
{
    for (const ProtectionRule& rule : m_rules) {
        for (const TextSurface surface : rule.surfaces)
            m_named[std::size_t(surface)] = true;
        for (std::size_t s = 0; s < surfaceCount; ++s)
            m_acting[s] = m_acting[s] || (rule.action != ProtectAction::Observe && covers(rule, TextSurface(s)));
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const std::string_view name = i < entities.size() ? std::string_view(entities[i].name) : instructionWord;
        const std::string_view general = i < entities.size() ? classWord(entities[i].entityClass) : instructionWord;
        const bool isNamed
            = std::ranges::any_of(m_rules, [&](const ProtectionRule& rule) { return namesWord(rule, name); });
        for (std::size_t s = 0; s < surfaceCount; ++s) {
            const auto surface = TextSurface(s);
            const bool namedHere = isNamed && std::ranges::any_of(m_rules, [&](const ProtectionRule& rule) {
                return rule.tools.empty() && covers(rule, surface) && namesWord(rule, name);
            });
            for (const ProtectionRule& rule : m_rules) {
                if (rule.tools.empty() && covers(rule, surface) && namesWord(rule, namedHere ? name : general))
                    m_rows[i].general[s] = harder(m_rows[i].general[s], rule);
            }
        }
        for (const ProtectionRule& rule : m_rules) {
            if (!rule.tools.empty() && (namesWord(rule, name) || namesWord(rule, general)))
                m_rows[i].forTools.push_back(&rule);
        }
    }
}

Ruling ActionTable::ofRow(const Row& row, TextSurface surface, std::string_view tool) const
{
    Ruling ruling = row.general[std::size_t(surface)];
    for (const ProtectionRule* const rule : row.forTools) {
        if (covers(*rule, surface) && std::ranges::find(rule->tools, tool) != rule->tools.end())
            ruling = harder(ruling, *rule);
    }
    return ruling;
}

Ruling ActionTable::of(std::size_t entity, TextSurface surface, std::string_view tool) const
{
    return ofRow(m_rows[entity], surface, tool);
}

Ruling ActionTable::ofInstructions(TextSurface surface, std::string_view tool) const
{
    return ofRow(m_rows.back(), surface, tool);
}

std::string_view classWord(detect::EntityClass entityClass)
{
    switch (entityClass) {
    case detect::EntityClass::Personal:
        return "personal";
    case detect::EntityClass::Financial:
        return "financial";
    case detect::EntityClass::Secret:
        return "secret";
    case detect::EntityClass::Technical:
        return "technical";
    case detect::EntityClass::Custom:
        break;
    }
    return "custom";
}

}
