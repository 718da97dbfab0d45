#pragma once

#include "core/trust/cedar/schema.h"
#include "core/trust/cedar/schema_draft.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace ephor::cedar {

/// Looks up the names of a draft and makes the schema. A name without a namespace means the namespace's own first, then
/// the one outside all namespaces, then the language's.
class SchemaBuilder {
public:
    explicit SchemaBuilder(const SchemaDraft& draft)
        : m_draft(draft)
        , m_schema(new Schema)
    {
    }
    /// Codes: cedar.schema, cedar.too-deep, cedar.too-large.
    Result<std::shared_ptr<const Schema>> build();

private:
    struct CommonType {
        const TypeDraft* draft = nullptr;
        const NamespaceDraft* space = nullptr;
        const Type* made = nullptr;
        bool open = false; ///< being made: meeting it again is a cycle
    };

    Result<void> collect();
    Result<void> collectNames(const NamespaceDraft& space);
    Result<void> refuseShadows() const;
    Result<void> makeTypes();
    Result<SchemaEntityType> makeType(const NamespaceDraft& space, const EntityDraft& draft);
    Result<void> makeActions();
    Result<SchemaAction> makeAction(const NamespaceDraft& space, const ActionDraft& draft);
    Result<const EntityUid*> groupOf(const NamespaceDraft& space, const ActionReferenceDraft& draft);
    Result<std::vector<Text>> entityNames(const NamespaceDraft& space, const std::vector<NameDraft>& names);
    Result<const Type*> resolve(const NamespaceDraft& space, const TypeDraft& draft, std::size_t depth);
    Result<const Type*> resolveName(const NamespaceDraft& space, const TypeDraft& draft, std::size_t depth);
    Result<const Type*> resolveRecord(const NamespaceDraft& space, const TypeDraft& draft, std::size_t depth);
    Result<const Type*> resolveCommon(CommonType& common, std::size_t depth);
    void closeTypes();
    Result<void> closeActions();
    std::unexpected<Error> fault(std::uint32_t offset, std::string message) const;

    const SchemaDraft& m_draft;
    std::shared_ptr<Schema> m_schema;
    std::unordered_map<std::string, CommonType> m_common;
    std::unordered_set<std::string> m_entityNames;
    std::unordered_set<std::string> m_actionTypes;
};

}
