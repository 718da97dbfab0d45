#pragma once

#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/value_builder.h"

#include <string_view>
#include <vector>

namespace ephor::cedar {

/// Puts entities together for a program that knows them by type and id. What was added once may be named again: the
/// first word counts.
class EntityDesk {
public:
    const EntityUid* uid(std::string_view type, std::string_view id) { return makeUid(m_builder.arena(), type, id); }
    Value text(std::string_view value) { return makeString(m_builder.arena(), value); }
    Field field(std::string_view name, std::string_view value) { return {m_builder.arena().text(name), text(value)}; }
    Field field(std::string_view name, const Value& value) { return {m_builder.arena().text(name), value}; }
    Arena& arena() { return m_builder.arena(); }

    /// Codes: those of EntitiesBuilder::add.
    Result<void> add(
        const EntityUid* entity, std::vector<Field> fields = {}, std::vector<const EntityUid*> parents = {})
    {
        if (m_builder.knows(*entity))
            return {};
        const RecordValue* const attributes = makeRecord(m_builder.arena(), fields).record;
        const RecordValue* const none = makeRecord(m_builder.arena(), {}).record;
        return m_builder.add(entity, attributes, none, std::move(parents));
    }

    /// Codes: those of EntitiesBuilder::build. The desk is spent.
    Result<std::shared_ptr<const Entities>> build() { return m_builder.build(); }

private:
    EntitiesBuilder m_builder;
};

}
