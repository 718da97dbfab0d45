#pragma once

#include "core/base/json.h"
#include "core/contract/pattern.h"
#include "core/contract/schema_registry.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ephor::contract {

/// What `format` does: by default it only describes, as draft 2020-12 says; a schema whose meta-schema names the
/// format-assertion vocabulary asserts in either case.
enum class Format { Annotate, Assert };

/// What a schema and one validation may cost. Reaching a limit is an error, never "valid".
struct SchemaLimits {
    std::size_t schemaDepth
        = 256; ///< nesting of a schema document: a recursive walk of it stays far from the end of the stack
    std::size_t subschemas = 50'000; ///< in all documents a schema reaches
    std::size_t evaluationDepth
        = 1'000; ///< schemas applied inside one another; ends references that lead back to themselves
    std::size_t evaluationSteps = 20'000'000; ///< schema applications, members and elements visited: about a second
    std::size_t instanceDepth = 512; ///< nesting of a value that uniqueItems has to compare
    std::size_t violations = 100; ///< reported at most; the verdict does not depend on it
    PatternLimits pattern; ///< of each regular expression and each match
};

struct SchemaOptions {
    Format format = Format::Annotate;
    SchemaLimits limits;
    const SchemaRegistry* remotes = nullptr; ///< only read while compiling
    std::string baseUri; ///< where the schema was found, for relative references; its own $id comes first
};

/// One thing that does not hold.
struct Violation {
    std::string instancePath; ///< JSON Pointer into the instance; "" is the whole of it
    std::string schemaPath; ///< the keyword's place: "#/properties/age/minimum", with the document's URI before "#" in
                            ///< a remote one
    std::string keyword; ///< "minimum"; "false schema" for the boolean schema; "" when a limit ended the validation
    std::string message; ///< one English sentence; names members of the instance, never their values
    bool operator==(const Violation&) const = default;
};

/// The verdict on one instance. `valid` is true only when every keyword was evaluated and held.
struct Validation {
    bool valid = false;
    std::vector<Violation> errors; ///< never empty when not valid
    /// Set when a limit was reached: then `valid` is false though the instance may conform.
    /// Codes: schema.budget-steps, schema.budget-depth, schema.budget-pattern, schema.instance-depth.
    std::optional<Error> undecided;
};

struct SchemaPlan;

/// A JSON Schema (draft 2020-12), compiled once to an immutable plan. Cheap to copy; every member is thread-safe and
/// takes no lock.
class Schema {
public:
    /// Checks the schema as its meta-schema would, resolves every reference, compiles every pattern. References are
    /// looked up in the document, in `options.remotes` and among the standard meta-schemas; nothing is ever fetched.
    /// Codes: schema.not-a-schema, schema.invalid-keyword, schema.unresolved-reference, schema.duplicate-identifier,
    /// schema.unknown-dialect, schema.unknown-vocabulary, schema.pattern-syntax, schema.pattern-unsupported,
    /// schema.pattern-length, schema.too-deep, schema.too-many-subschemas; the place is in field `location`.
    static Result<Schema> compile(const Json& document, const SchemaOptions& options = {});

    Validation validate(const Json& instance) const;

private:
    explicit Schema(std::shared_ptr<const SchemaPlan> plan);
    std::shared_ptr<const SchemaPlan> m_plan;
};

}
