#pragma once

#include "core/base/json.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace ephor::contract {

/// Documents that schemas may refer to, by address. They are handed in: nothing is ever fetched.
/// Fill it, then share it: reading is thread-safe, adding is not.
class SchemaRegistry {
public:
    /// Codes: schema.registry-uri (empty, or with a fragment), schema.registry-duplicate.
    Result<void> add(std::string_view uri, Json document);

    /// Null when nothing is known under that address. `uri` is compared in normal form and without its fragment.
    std::shared_ptr<const Json> find(std::string_view uri) const;

private:
    std::map<std::string, std::shared_ptr<const Json>, std::less<>> m_documents;
};

/// The meta-schemas of draft 2020-12 under their own addresses; null for any other.
std::shared_ptr<const Json> standardMetaschema(std::string_view uri);

}
