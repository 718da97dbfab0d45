#pragma once

#include "core/base/json.h"
#include "core/definition/checks.h"

namespace ephor::definition {

/// A problem at a JSON pointer of the body.
Problem problemAt(std::string at, std::string code, std::string message, std::string hint);

/// Compiles the schema, if there is one. Adds what is wrong with it, at `at`.
void checkSchema(const Document& schema, const std::string& at, std::vector<Problem>& problems);

/// An absolute http or https address with a host and without a password. Adds what is wrong with it, at `at`.
void checkUrl(std::string_view url, const std::string& at, std::vector<Problem>& problems);

/// True when the schema says that an object has a member of that dotted path, or does not say which members it has.
bool declares(const Json& schema, std::string_view path);

/// True for text of the shape that providers give their keys ("sk-…", "ghp_…", "AKIA…").
bool looksLikeSecret(std::string_view text);

}
