#include "core/contract/schema_registry.h"

#include "core/contract/uri.h"

#include <nlohmann/json.hpp>

namespace ephor::contract {

Result<void> SchemaRegistry::add(std::string_view uri, Json document)
{
    const UriParts parts = splitUri(uri);
    if (uri.empty() || (parts.hasFragment && !parts.fragment.empty()))
        return fail(Error(ErrorKind::Invalid, "schema.registry-uri",
            "A schema document needs an address without a fragment.", "Register the document under an absolute URI.")
                .with("uri", std::string(uri)));
    auto held = std::make_shared<const Json>(std::move(document));
    if (!m_documents.emplace(normalizeUri(uri), std::move(held)).second)
        return fail(Error(ErrorKind::Conflict, "schema.registry-duplicate",
            "Another document has this address already.", "Register each document once.")
                .with("uri", std::string(uri)));
    return {};
}

std::shared_ptr<const Json> SchemaRegistry::find(std::string_view uri) const
{
    const auto found = m_documents.find(normalizeUri(uri));
    return found == m_documents.end() ? nullptr : found->second;
}

}
