#pragma once

#include <string>

namespace ephor::http {

/// The OpenAPI 3.1 document of this server: one path for each operation of the catalogue, with the schemas of its
/// types, and the endpoints that are no operations. Costs some milliseconds: keep what it returns.
std::string openApiDocument(const std::string& version);

}
