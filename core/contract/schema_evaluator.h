#pragma once

#include "core/contract/evaluated_parts.h"
#include "core/contract/schema_plan.h"

#include <string_view>

namespace ephor::contract {

/// Applies a plan to one instance. Lives on the stack of one call of Schema::validate.
///
/// The first pass only decides, and stops at the first thing that does not hold; nothing is allocated unless a schema
/// uses unevaluated*. A second pass over an invalid instance collects what is reported.
class SchemaEvaluator {
public:
    explicit SchemaEvaluator(const SchemaPlan& plan);

    Validation run(const Json& instance);

private:
    struct InstanceStep {
        const InstanceStep* parent;
        const std::string* name; // null for an element
        std::size_t index;
    };
    struct DynamicScope {
        const DynamicScope* outer;
        std::uint32_t resource;
    };
    /// What a schema is applied to, and what its caller wants to know.
    struct Frame {
        const Json& instance;
        const InstanceStep* path;
        const DynamicScope* scope;
        EvaluatedParts* evaluated; // null when nobody asks
    };
    enum class Pass { Decide, Collect };

    std::vector<Violation> collectViolations(const Frame& frame);
    bool apply(const SchemaNode& node, const Frame& frame);
    bool applyRules(const SchemaNode& node, const Frame& frame);
    bool applyTracked(const SchemaNode& node, const Frame& frame);
    bool applyToChild(const SchemaNode& node, const Json& child, const InstanceStep& step, const Frame& frame);
    bool applyInPlace(const SchemaNode& node, const Frame& frame);
    bool applyQuietly(const SchemaNode& node, const Frame& frame);

    bool checkReferences(const SchemaNode& node, const Frame& frame);
    bool checkAllOf(const SchemaNode& node, const Frame& frame);
    bool checkAnyOf(const SchemaNode& node, const Frame& frame);
    bool checkOneOf(const SchemaNode& node, const Frame& frame);
    bool checkNot(const SchemaNode& node, const Frame& frame);
    bool checkCondition(const SchemaNode& node, const Frame& frame);
    const SchemaNode& dynamicTarget(const SchemaReference& reference, const Frame& frame) const;

    bool checkType(const SchemaNode& node, const Frame& frame);
    bool checkConstant(const SchemaNode& node, const Frame& frame);
    bool checkNumber(const SchemaNode& node, const Frame& frame);
    bool checkString(const SchemaNode& node, const Frame& frame);
    bool checkLength(const SchemaNode& node, const Frame& frame, const std::string& text);
    bool checkArray(const SchemaNode& node, const Frame& frame);
    bool checkItems(const SchemaNode& node, const Frame& frame);
    bool checkContains(const SchemaNode& node, const Frame& frame);
    bool checkUnique(const SchemaNode& node, const Frame& frame);
    bool isUnique(const Json& array);
    bool checkObject(const SchemaNode& node, const Frame& frame);
    bool checkRequired(const SchemaNode& node, const Frame& frame);
    bool checkMembers(const SchemaNode& node, const Frame& frame);
    bool checkMember(const SchemaNode& node, const Frame& frame, const std::string& name, const Json& member,
        const SchemaNode* declared);
    bool checkNames(const SchemaNode& node, const Frame& frame);
    bool checkDependents(const SchemaNode& node, const Frame& frame);
    bool checkUnevaluatedItems(const SchemaNode& node, const Frame& frame, const EvaluatedParts& evaluated);
    bool checkUnevaluatedProperties(const SchemaNode& node, const Frame& frame, const EvaluatedParts& evaluated);

    bool matches(const Pattern& pattern, const std::string& text);
    bool spend(std::size_t steps);
    void stop(const char* code, const char* message);

    bool collecting() const { return m_pass == Pass::Collect; }
    /// Joins one more result into `ok`; false when there is no point in going on.
    bool goOn(bool& ok, bool held) const
    {
        ok = ok && held;
        return (ok || collecting()) && !m_undecided;
    }
    /// Always false, so that a check can end with it.
    bool report(const SchemaNode& node, const Frame& frame, std::string_view keyword, std::string message);
    bool report(const SchemaNode& node, const Frame& frame, std::string_view keyword, const char* message);

    const SchemaPlan& m_plan;
    Pass m_pass = Pass::Decide;
    std::size_t m_stepsLeft;
    std::size_t m_depth = 0;
    std::vector<Violation> m_violations;
    std::optional<Error> m_undecided;
};

}
