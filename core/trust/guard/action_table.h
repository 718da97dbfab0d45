#pragma once

#include "core/domain/protection.h"
#include "core/trust/detect/candidate/finding.h"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace ephor::guard {

/// What becomes of a finding, and which rule says so.
struct Ruling {
    ProtectAction action = ProtectAction::Observe;
    double atLeast = 0; ///< a weaker finding is only counted
};

inline constexpr std::size_t surfaceCount = 5; ///< of TextSurface

/// The rules of a protection, looked up once for every entity and surface. Immutable.
class ActionTable {
public:
    /// A rule that names the entity outranks one that names its class; among equals the harder action holds.
    ActionTable(std::span<const ProtectionRule> rules, std::span<const detect::Entity> entities);
    ActionTable(const ActionTable&) = delete;
    ActionTable& operator=(const ActionTable&) = delete;

    /// `entity` is one of the entities that the table was made for. Of rules about certain tools those count that name
    /// `tool`.
    Ruling of(std::size_t entity, TextSurface surface, std::string_view tool) const;
    /// Of signs of injected instructions.
    Ruling ofInstructions(TextSurface surface, std::string_view tool) const;
    /// Whether a rule names this surface itself, so that its texts may fare otherwise than where they came from.
    bool names(TextSurface surface) const { return m_named[std::size_t(surface)]; }
    /// Whether anything at all is changed, asked about or denied there.
    bool acts(TextSurface surface) const { return m_acting[std::size_t(surface)]; }

private:
    struct Row {
        std::array<Ruling, surfaceCount> general;
        std::vector<const ProtectionRule*> forTools; ///< about certain tools
    };
    Ruling ofRow(const Row& row, TextSurface surface, std::string_view tool) const;

    std::vector<ProtectionRule> m_rules;
    std::vector<Row> m_rows; ///< of the entities, and one more for instructions
    std::array<bool, surfaceCount> m_named{};
    std::array<bool, surfaceCount> m_acting{};
};

/// The word of rules for a class: "personal".
std::string_view classWord(detect::EntityClass entityClass);

}
