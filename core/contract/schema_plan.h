#pragma once

#include "core/base/json.h"
#include "core/contract/format.h"
#include "core/contract/json_number.h"
#include "core/contract/pattern.h"
#include "core/contract/schema.h"

#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What a compiled schema is made of. Only the compiler writes it, only the evaluator reads it.
namespace ephor::contract {

struct SchemaNode;

/// One bit a type of `type`; integer is a number that has no fraction.
enum TypeBit : std::uint8_t {
    NullBit = 1,
    BooleanBit = 2,
    ObjectBit = 4,
    ArrayBit = 8,
    StringBit = 16,
    NumberBit = 32,
    IntegerBit = 64,
};

constexpr std::size_t unboundedCount = std::numeric_limits<std::size_t>::max();

struct NumberRules {
    std::optional<WideNumber> minimum;
    std::optional<WideNumber> exclusiveMinimum;
    std::optional<WideNumber> maximum;
    std::optional<WideNumber> exclusiveMaximum;
    const Json* multipleOf = nullptr; // in one of the plan's documents
};

struct StringRules {
    std::size_t minimumLength = 0;
    std::size_t maximumLength = unboundedCount;
    std::optional<Pattern> pattern;
    FormatCheck format = nullptr;
    std::string formatName;
};

struct ArrayRules {
    std::size_t minimumItems = 0;
    std::size_t maximumItems = unboundedCount;
    bool uniqueItems = false;
    std::vector<const SchemaNode*> prefixItems;
    const SchemaNode* items = nullptr;
    const SchemaNode* contains = nullptr;
    std::size_t minimumContains = 1;
    std::size_t maximumContains = unboundedCount;
};

struct PropertyRule {
    std::string name;
    const SchemaNode* schema = nullptr;
};

struct PatternRule {
    Pattern pattern;
    const SchemaNode* schema = nullptr;
};

struct DependentNames {
    std::string name;
    std::vector<std::string> required;
    const char* keyword;
};

struct DependentSchema {
    std::string name;
    const SchemaNode* schema = nullptr;
    const char* keyword;
};

struct ObjectRules {
    std::size_t minimumProperties = 0;
    std::size_t maximumProperties = unboundedCount;
    std::vector<std::string> required;
    std::vector<PropertyRule> properties; // sorted by name, as objects are
    std::vector<PatternRule> patterns;
    const SchemaNode* additional = nullptr;
    const SchemaNode* names = nullptr;
    std::vector<DependentNames> dependentNames;
    std::vector<DependentSchema> dependentSchemas;
};

/// $ref, or $dynamicRef; `dynamicName` is set when the target depends on the dynamic scope.
struct SchemaReference {
    const SchemaNode* target = nullptr;
    std::optional<std::uint32_t> dynamicName;
};

/// Keywords that apply schemas to the instance itself.
struct InPlaceRules {
    std::vector<SchemaReference> references;
    std::vector<const SchemaNode*> allOf;
    std::vector<const SchemaNode*> anyOf;
    std::vector<const SchemaNode*> oneOf;
    const SchemaNode* negated = nullptr;
    const SchemaNode* condition = nullptr;
    const SchemaNode* consequence = nullptr;
    const SchemaNode* alternative = nullptr;
};

enum class NodeKind : std::uint8_t { Rules, AlwaysTrue, AlwaysFalse };

/// One compiled schema object. Groups that the schema does not use are null, so that a value costs only what its type
/// asks.
struct SchemaNode {
    NodeKind kind = NodeKind::Rules;
    std::uint8_t types = 0; // TypeBit; 0 means any
    std::uint32_t resource = 0;
    const Json* constant = nullptr; // these two in one of the plan's documents
    const Json* enumeration = nullptr;
    std::unique_ptr<NumberRules> number;
    std::unique_ptr<StringRules> text;
    std::unique_ptr<ArrayRules> array;
    std::unique_ptr<ObjectRules> object;
    std::unique_ptr<InPlaceRules> inPlace;
    const SchemaNode* unevaluatedItems = nullptr;
    const SchemaNode* unevaluatedProperties = nullptr;
    std::string location; // "#/properties/age"
};

/// A schema resource: what shares one base URI. Only its $dynamicAnchors matter after compiling.
struct PlanResource {
    std::vector<std::pair<std::uint32_t, const SchemaNode*>> dynamicAnchors;
};

struct SchemaPlan {
    std::vector<std::shared_ptr<const Json>> documents;
    std::deque<SchemaNode> nodes;
    std::vector<PlanResource> resources;
    const SchemaNode* root = nullptr;
    SchemaLimits limits;
};

}
