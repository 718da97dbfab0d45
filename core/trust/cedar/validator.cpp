#include "core/trust/cedar/validator.h"

#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/type_checker.h"

#include <algorithm>
#include <set>

namespace ephor::cedar {

namespace {

/// Validates one policy.
class PolicyValidator {
public:
    PolicyValidator(const Schema& schema, const Policy& policy, Validation& result)
        : m_schema(schema)
        , m_policy(policy)
        , m_result(result)
    {
    }

    void run()
    {
        checkNames();
        bool possible = false;
        for (const SchemaAction& action : m_schema.actions())
            possible = typeUnder(action) || possible;
        if (m_work > maximumTypedNodes)
            return tell(
                m_policy.offset, "cedar.too-large", "The policy takes too long to validate against this schema.");
        if (!appliesAnywhere())
            warn("cedar.no-applicable-action",
                "No action of the schema applies to what the scope of this policy names.");
        else if (!possible)
            warn("cedar.impossible", "The policy can never apply: it is false for every request the schema allows.");
    }

private:
    void tell(std::uint32_t offset, std::string code, std::string message)
    {
        if (m_told.emplace(offset, code).second && m_result.errors.size() < maximumFindings)
            m_result.errors.push_back({&m_policy, std::move(code), std::move(message), offset});
    }

    void warn(std::string code, std::string message)
    {
        if (m_result.warnings.size() < maximumFindings)
            m_result.warnings.push_back({&m_policy, std::move(code), std::move(message), m_policy.offset});
    }

    void checkNames();
    void checkEntity(const EntityUid& uid, std::uint32_t offset);
    void checkType(const Text& type, std::uint32_t offset);
    void checkNode(const Node& node);
    void checkOperation(const TemporalOperation& operation, std::vector<const Node*>& open);
    bool appliesAnywhere() const;
    bool matchesAction(const SchemaAction& action) const;
    bool admits(const ScopeConstraint& constraint, const Text& type) const;
    bool typeUnder(const SchemaAction& action);
    bool typeUnder(const SchemaAction& action, const Text& principal, const Text& resource);
    Typing typeScope(const ScopeConstraint& constraint, const Text& type) const;
    Typing typeAction(const SchemaAction& action);
    Typing typeConditions(TypeChecker& checker);

    const Schema& m_schema;
    const Policy& m_policy;
    Validation& m_result;
    std::set<std::pair<std::uint32_t, std::string>> m_told;
    ShapeTable m_shapes;
    std::size_t m_work = 0;
};

void PolicyValidator::checkType(const Text& type, std::uint32_t offset)
{
    if (!isActionType(type.view) && m_schema.findType(type) == nullptr)
        tell(offset, "cedar.unknown-type",
            "The schema declares no type of entities called " + std::string(type.view) + ".");
}

void PolicyValidator::checkEntity(const EntityUid& uid, std::uint32_t offset)
{
    if (isActionType(uid.type.view)) {
        if (m_schema.findAction(uid) == nullptr)
            tell(offset, "cedar.unknown-action", "The schema declares no action " + toText(uid) + ".");
        return;
    }
    checkType(uid.type, offset);
    const SchemaEntityType* const type = m_schema.findType(uid.type);
    if (type != nullptr && !type->allows(uid.id))
        tell(offset, "cedar.unknown-id",
            "The type " + std::string(uid.type.view) + " does not enumerate " + toText(uid) + ".");
}

void PolicyValidator::checkOperation(const TemporalOperation& operation, std::vector<const Node*>& open)
{
    for (const EventPattern* pattern : {&operation.event, &operation.ever}) {
        for (const EntityUid* action : pattern->actions)
            checkEntity(*action, pattern->offset);
    }
    for (const Node* part : {operation.event.where, operation.ever.where, operation.of, operation.plus}) {
        if (part != nullptr)
            open.push_back(part);
    }
}

void PolicyValidator::checkNode(const Node& node)
{
    std::vector<const Node*> open{&node};
    while (!open.empty()) {
        const Node* const at = open.back();
        open.pop_back();
        if (at->kind == NodeKind::Literal && at->value.kind == Kind::Entity)
            checkEntity(*at->value.entity, at->offset);
        if (at->kind == NodeKind::Is)
            checkType(at->names.front(), at->offset);
        if (at->kind == NodeKind::Temporal)
            checkOperation(*at->temporal, open);
        open.insert(open.end(), at->children.begin(), at->children.end());
    }
}

// Also where a condition is never reached: a name the schema does not know is a mistake anywhere.
void PolicyValidator::checkNames()
{
    for (const ScopeConstraint* constraint : {&m_policy.principal, &m_policy.resource}) {
        if (constraint->entity != nullptr)
            checkEntity(*constraint->entity, m_policy.offset);
        if (!constraint->type.view.empty())
            checkType(constraint->type, m_policy.offset);
    }
    for (const EntityUid* action : m_policy.action.entities)
        checkEntity(*action, m_policy.offset);
    for (const Condition& condition : m_policy.conditions)
        checkNode(*condition.body);
}

bool PolicyValidator::matchesAction(const SchemaAction& action) const
{
    using Form = ActionConstraint::Form;
    const auto& entities = m_policy.action.entities;
    if (m_policy.action.form == Form::Any)
        return true;
    if (m_policy.action.form == Form::Equal)
        return *action.uid == *entities.front();
    const bool known
        = std::ranges::all_of(entities, [&](const EntityUid* uid) { return m_schema.findAction(*uid) != nullptr; });
    return known && std::ranges::any_of(entities, [&](const EntityUid* uid) { return action.isIn(*uid); });
}

bool PolicyValidator::admits(const ScopeConstraint& constraint, const Text& type) const
{
    using Form = ScopeConstraint::Form;
    const bool typed = constraint.form == Form::Is || constraint.form == Form::IsIn;
    if (typed && type != constraint.type)
        return false;
    if (constraint.entity == nullptr)
        return true;
    return constraint.form == Form::Equal ? type == constraint.entity->type
                                          : TypeChecker::mayBeIn(m_schema, type, constraint.entity->type);
}

bool PolicyValidator::appliesAnywhere() const
{
    return std::ranges::any_of(m_schema.actions(), [&](const SchemaAction& action) {
        const auto fits = [&](const ScopeConstraint& constraint, const std::vector<Text>& types) {
            return std::ranges::any_of(types, [&](const Text& type) { return admits(constraint, type); });
        };
        return matchesAction(action) && fits(m_policy.principal, action.principals)
            && fits(m_policy.resource, action.resources);
    });
}

Typing PolicyValidator::typeScope(const ScopeConstraint& constraint, const Text& type) const
{
    using Form = ScopeConstraint::Form;
    if (!admits(constraint, type))
        return {&simpleType(TypeKind::False), {}};
    const bool sure = constraint.form == Form::Any || constraint.form == Form::Is;
    return {&simpleType(sure ? TypeKind::True : TypeKind::Boolean), {}};
}

// A list of actions is typed like a set: not empty, and of one type.
Typing PolicyValidator::typeAction(const SchemaAction& action)
{
    const auto& entities = m_policy.action.entities;
    if (m_policy.action.form == ActionConstraint::Form::InAny) {
        if (entities.empty())
            return tell(m_policy.offset, "cedar.empty-set", "The list of actions is empty."), Typing{};
        for (const EntityUid* uid : entities) {
            if (uid->type != entities.front()->type)
                return tell(m_policy.offset, "cedar.incompatible-types", "The actions are of different namespaces."),
                       Typing{};
        }
    }
    return {&simpleType(matchesAction(action) ? TypeKind::True : TypeKind::False), {}};
}

Typing PolicyValidator::typeConditions(TypeChecker& checker)
{
    Typing all{&simpleType(TypeKind::True), {}};
    std::vector<std::unique_ptr<Assumption>> proven;
    for (const Condition& condition : m_policy.conditions) {
        Typing typing = checker.typeCondition(*condition.body);
        if (condition.kind == ConditionKind::Unless)
            typing = TypeChecker::negated(std::move(typing));
        proven.push_back(std::make_unique<Assumption>(checker.known(), typing.capabilities));
        all = TypeChecker::both(all, typing);
        if (all.type == nullptr || all.type->kind == TypeKind::False)
            return all;
    }
    return all;
}

bool PolicyValidator::typeUnder(const SchemaAction& action)
{
    bool possible = false;
    for (const Text& principal : action.principals) {
        for (const Text& resource : action.resources) {
            if (++m_work > maximumTypedNodes)
                return possible;
            possible = typeUnder(action, principal, resource) || possible;
        }
    }
    return possible;
}

/// Whether the policy may apply to such a request, as far as its types tell.
bool PolicyValidator::typeUnder(const SchemaAction& action, const Text& principal, const Text& resource)
{
    const auto isFalse
        = [](const Typing& typing) { return typing.type != nullptr && typing.type->kind == TypeKind::False; };
    if (isFalse(typeScope(m_policy.principal, principal)))
        return false;
    const Typing scope = typeAction(action);
    if (isFalse(scope) || isFalse(typeScope(m_policy.resource, resource)))
        return false;
    Arena arena;
    const RequestKind kind{&action, makeEntityType(arena, principal), makeEntityType(arena, resource)};
    TypeChecker checker(
        m_schema, kind, m_shapes, arena, [this](const Node& node, std::string code, std::string message) {
            tell(node.offset, std::move(code), std::move(message));
        });
    const Typing conditions = typeConditions(checker);
    m_work += checker.work();
    return !isFalse(conditions);
}

}

Validation validate(const PolicySet& policies, const Schema& schema)
{
    Validation result;
    for (const std::span<const Policy> list : {policies.policies(), policies.templates()}) {
        for (const Policy& policy : list)
            PolicyValidator(schema, policy, result).run();
    }
    return result;
}

}
