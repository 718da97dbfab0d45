#pragma once

#include "core/domain/principal.h"
#include "core/domain/type.h"

#include <span>
#include <string_view>

namespace ephor {

enum class Effect {
    Read, ///< on a snapshot; not recorded
    Write, ///< one transaction, one ledger entry
    Disclose, ///< a read that opens sealed data: recorded
};
BOOST_DESCRIBE_ENUM(Effect, Read, Write, Disclose)

/// The declaration of one act. The local call, the HTTP endpoint, the verb, the OpenAPI document, the permission
/// catalogue and the ledger entry follow from it and from the types of request and response.
struct Operation {
    std::string_view name; ///< "prompts.save"; also the verb: `ephor prompts save`
    Permission permission;
    Effect effect;
    std::string_view summary; ///< one imperative phrase
};

/// An operation with the tables of its two halves, as catalogues list it.
struct OperationType {
    const Operation* operation;
    const Type& (*request)();
    const Type& (*response)();
};

/// Every operation there is, in order of name. Filled by catalogue.cpp alone; the dispatcher refuses to open when one
/// of them has no handler.
std::span<const OperationType> operationCatalogue();

/// The operation of that name, or null.
const OperationType* findOperation(std::string_view name);

/// For operations without arguments or without an answer.
struct Empty {
    bool operator==(const Empty&) const = default;
};
BOOST_DESCRIBE_STRUCT(Empty, (), ())

}
