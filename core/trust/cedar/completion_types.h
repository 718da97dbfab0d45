#pragma once

#include "core/trust/cedar/completion_place.h"
#include "core/trust/cedar/schema.h"

#include <vector>

namespace ephor::cedar {

/// What is known of the types of an unfinished policy's parts: each part has all types that the actions of its scope
/// leave open, none when nothing is known. One thread at a time.
class CompletionTypes {
public:
    using Types = std::vector<const Type*>;

    /// Both must outlive it; the schema may be null.
    CompletionTypes(const Schema* schema, const CompletionPlace& place);

    /// The actions that the scope names, all when it names none.
    const std::vector<const SchemaAction*>& actions() const { return m_actions; }
    /// The types of entities that may be principal (slot 0) or resource (slot 2).
    std::vector<Text> entityTypes(std::size_t slot) const;
    /// Of the operand that ends before a token.
    Types operandBefore(std::size_t end) { return operand(end, 0); }
    /// Of a record or of an entity's type.
    std::span<const AttributeType> attributesOf(const Type& type) const;
    const Type* tagsOf(const Type& type) const;
    /// `Bank::Agent`, read backwards from before a token; empty when there stands none. `begin` is its first token.
    std::string nameBefore(std::size_t end, std::size_t& begin) const;

private:
    /// The tokens of a part of the scope.
    struct Slot {
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    const Token& token(std::size_t at) const { return m_place.tokens[at]; }
    std::vector<Slot> slots() const;
    void readActions(const Slot& slot);
    void readType(const Slot& slot, std::string& type) const;
    Types variable(std::string_view word);
    Types operand(std::size_t end, std::size_t depth);
    Types call(std::size_t end, std::size_t depth);
    Types attribute(const Types& targets, std::string_view name) const;
    Types entityType(std::string_view name);

    const Schema* m_schema;
    const CompletionPlace& m_place;
    Arena m_arena;
    std::vector<const SchemaAction*> m_actions;
    std::string m_principal;
    std::string m_resource;
};

}
