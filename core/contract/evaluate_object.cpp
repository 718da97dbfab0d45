#include "core/contract/schema_evaluator.h"

#include <fmt/format.h>

namespace ephor::contract {

namespace {

// Walking past a member costs less than applying a schema to it.
constexpr std::size_t visitsPerStep = 4;

const Json::object_t& membersOf(const Json& object)
{
    return object.get_ref<const Json::object_t&>();
}

}

bool SchemaEvaluator::checkObject(const SchemaNode& node, const Frame& frame)
{
    const ObjectRules& rules = *node.object;
    const std::size_t count = frame.instance.size();
    bool ok = true;
    if (count < rules.minimumProperties
        && !goOn(ok,
            collecting()
                && report(node, frame, "minProperties",
                    fmt::format("The object must have at least {} members.", rules.minimumProperties))))
        return false;
    if (count > rules.maximumProperties
        && !goOn(ok,
            collecting()
                && report(node, frame, "maxProperties",
                    fmt::format("The object must have at most {} members.", rules.maximumProperties))))
        return false;
    if (!rules.required.empty() && !goOn(ok, checkRequired(node, frame)))
        return false;
    const bool members = !rules.properties.empty() || !rules.patterns.empty() || rules.additional != nullptr;
    if (members && !goOn(ok, checkMembers(node, frame)))
        return false;
    if (rules.names != nullptr && !goOn(ok, checkNames(node, frame)))
        return false;
    if (!rules.dependentNames.empty() || !rules.dependentSchemas.empty())
        goOn(ok, checkDependents(node, frame));
    return ok;
}

bool SchemaEvaluator::checkRequired(const SchemaNode& node, const Frame& frame)
{
    const auto& members = membersOf(frame.instance);
    bool ok = spend(node.object->required.size() / visitsPerStep);
    for (const std::string& name : node.object->required) {
        if (members.contains(name))
            continue;
        if (!goOn(ok,
                collecting() && report(node, frame, "required", fmt::format("The member \"{}\" is missing.", name))))
            return false;
    }
    return ok;
}

// Members and declared properties are both sorted by name: one walk over the two.
bool SchemaEvaluator::checkMembers(const SchemaNode& node, const Frame& frame)
{
    const auto& properties = node.object->properties;
    if (!spend((frame.instance.size() + properties.size()) / visitsPerStep))
        return false;
    auto declared = properties.begin();
    bool ok = true;
    for (const auto& [name, member] : membersOf(frame.instance)) {
        int order = -1;
        while (declared != properties.end() && (order = declared->name.compare(name)) < 0)
            ++declared;
        const bool found = declared != properties.end() && order == 0;
        if (!goOn(ok, checkMember(node, frame, name, member, found ? declared->schema : nullptr)))
            return false;
    }
    return ok;
}

bool SchemaEvaluator::checkMember(
    const SchemaNode& node, const Frame& frame, const std::string& name, const Json& member, const SchemaNode* declared)
{
    const ObjectRules& rules = *node.object;
    const InstanceStep step{frame.path, &name, 0};
    bool applied = declared != nullptr;
    bool ok = true;
    if (declared != nullptr && !goOn(ok, applyToChild(*declared, member, step, frame)))
        return false;
    for (const PatternRule& rule : rules.patterns) {
        if (!matches(rule.pattern, name)) {
            if (m_undecided)
                return false;
            continue;
        }
        applied = true;
        if (!goOn(ok, applyToChild(*rule.schema, member, step, frame)))
            return false;
    }
    if (!applied && rules.additional != nullptr) {
        applied = true;
        if (rules.additional->kind == NodeKind::AlwaysFalse)
            ok = collecting()
                && report(node, frame, "additionalProperties", fmt::format("The member \"{}\" is not allowed.", name));
        else
            ok = applyToChild(*rules.additional, member, step, frame);
    }
    if (applied && frame.evaluated != nullptr)
        frame.evaluated->add(member);
    return ok;
}

bool SchemaEvaluator::checkNames(const SchemaNode& node, const Frame& frame)
{
    const SchemaNode& names = *node.object->names;
    bool ok = true;
    for (const auto& [name, member] : membersOf(frame.instance)) {
        const Json text(name);
        const Frame asked{text, frame.path, frame.scope, nullptr};
        if (applyQuietly(names, asked))
            continue;
        if (!goOn(ok,
                collecting()
                    && report(
                        node, frame, "propertyNames", fmt::format("The member name \"{}\" is not allowed.", name))))
            return false;
    }
    return ok;
}

bool SchemaEvaluator::checkDependents(const SchemaNode& node, const Frame& frame)
{
    const auto& members = membersOf(frame.instance);
    bool ok = true;
    for (const DependentNames& rule : node.object->dependentNames) {
        if (!members.contains(rule.name))
            continue;
        for (const std::string& name : rule.required) {
            if (members.contains(name))
                continue;
            if (!goOn(ok,
                    collecting()
                        && report(node, frame, rule.keyword,
                            fmt::format("The member \"{}\" is missing, which \"{}\" requires.", name, rule.name))))
                return false;
        }
    }
    for (const DependentSchema& rule : node.object->dependentSchemas) {
        if (members.contains(rule.name) && !goOn(ok, apply(*rule.schema, frame)))
            return false;
    }
    return ok;
}

bool SchemaEvaluator::checkUnevaluatedProperties(
    const SchemaNode& node, const Frame& frame, const EvaluatedParts& evaluated)
{
    if (evaluated.holdsAll())
        return true;
    bool ok = true;
    for (const auto& [name, member] : membersOf(frame.instance)) {
        if (evaluated.holds(member))
            continue;
        const InstanceStep step{frame.path, &name, 0};
        const Frame child{member, &step, frame.scope, nullptr};
        const bool held = node.unevaluatedProperties->kind == NodeKind::AlwaysFalse
            ? collecting()
                && report(node, frame, "unevaluatedProperties", fmt::format("The member \"{}\" is not allowed.", name))
            : apply(*node.unevaluatedProperties, child);
        if (!goOn(ok, held))
            return false;
    }
    return ok;
}

}
