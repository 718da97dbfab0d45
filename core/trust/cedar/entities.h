#pragma once

#include "core/base/json.h"
#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/uid_table.h"
#include "core/trust/cedar/value.h"

#include <memory>
#include <span>
#include <vector>

namespace ephor::cedar {

class Schema;

/// An entity as policies see it.
struct Entity {
    const EntityUid* uid = nullptr;
    const RecordValue* attributes = nullptr;
    const RecordValue* tags = nullptr;
    std::span<const EntityUid* const> ancestors; ///< all of them, itself not counted, in order of their hashes

    /// Itself counted.
    bool isIn(const EntityUid& other) const;
};

/// Everything policies may look up, loaded once and shared: immutable, thread-safe.
class Entities {
public:
    /// Of a list of {"uid", "attrs", "parents", "tags"?} as the language's JSON form has it; with a schema, references
    /// and extension values may be written without their escapes, everything must conform, and the schema's actions are
    /// added. Codes: cedar.entity, cedar.value, cedar.duplicate-entity, cedar.cycle, cedar.too-large,
    /// cedar.nonconforming.
    static Result<std::shared_ptr<const Entities>> fromJson(const Json& list, const Schema* schema = nullptr);
    static std::shared_ptr<const Entities> none();

    /// Null when there is no such entity.
    const Entity* find(const EntityUid& uid) const;
    std::size_t size() const { return m_entities.size(); }
    std::span<const Entity> all() const { return m_entities; }

private:
    friend class EntitiesBuilder;
    Entities() = default;

    Arena m_arena;
    std::vector<Entity> m_entities;
    UidTable m_places;
};

/// Collects entities, then works out who is in whom.
class EntitiesBuilder {
public:
    EntitiesBuilder();
    /// Where the values of what is added must lie.
    Arena& arena() { return m_entities->m_arena; }
    bool knows(const EntityUid& uid) const { return m_entities->find(uid) != nullptr; }
    /// The same entity twice is fine, a different one of the same uid is cedar.duplicate-entity.
    Result<void> add(const EntityUid* uid, const RecordValue* attributes, const RecordValue* tags,
        std::vector<const EntityUid*> parents);
    /// Codes: cedar.cycle, cedar.too-large. The builder is spent.
    Result<std::shared_ptr<const Entities>> build();

private:
    enum class Mark : std::uint8_t { New, Open, Done };
    Result<void> close(std::uint32_t start);
    Result<void> gather(std::uint32_t place);

    std::shared_ptr<Entities> m_entities;
    std::vector<std::vector<const EntityUid*>> m_parents;
    std::vector<Mark> m_marks;
    std::size_t m_pairs = 0;
};

}
