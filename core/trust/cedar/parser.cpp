#include "core/trust/cedar/parser.h"

#include "core/base/text.h"
#include "core/trust/cedar/expression_reader.h"
#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/name.h"

#include <algorithm>
#include <set>

namespace ephor::cedar {

namespace {

/// Reads the frame of policies: annotations, effect, scope and the conditions' braces.
class PolicyReader {
public:
    PolicyReader(std::string_view source, Arena& arena, TemporalOperations* operations)
        : m_reader(source, Dialect::Policies)
        , m_expressions(m_reader, arena, operations)
        , m_arena(arena)
        , m_grammar(operations == nullptr ? Grammar::Cedar : Grammar::Temporal)
    {
    }
    Result<std::vector<Policy>> readAll();

private:
    bool readPolicy(Policy& policy);
    bool readAnnotations(Policy& policy);
    bool readEffect(Policy& policy);
    bool readScope(Policy& policy);
    bool readVariable(std::string_view name);
    bool readConstraint(ScopeConstraint& constraint, std::string_view slot);
    bool readReference(ScopeConstraint& constraint, std::string_view slot);
    bool readAction(ActionConstraint& constraint);
    bool readActionList(std::vector<const EntityUid*>& entities);
    bool readActionEntity(std::vector<const EntityUid*>& entities);
    bool readConditions(Policy& policy);
    bool scopeFault(std::size_t offset, std::string message, std::string hint = {});

    TokenReader m_reader;
    ExpressionReader m_expressions;
    Arena& m_arena;
    Grammar m_grammar;
};

bool PolicyReader::scopeFault(std::size_t offset, std::string message, std::string hint)
{
    return m_reader.fault(offset, "cedar.scope", std::move(message), std::move(hint));
}

Result<std::vector<Policy>> PolicyReader::readAll()
{
    std::vector<Policy> policies;
    while (m_reader.token().kind != TokenKind::End) {
        Policy policy;
        policy.source = m_reader.source();
        policy.offset = m_reader.token().offset;
        if (policies.size() == maximumPolicies)
            return fail(ErrorKind::TooLarge, "cedar.too-large", "There are more than 200,000 policies in one text.");
        if (!readPolicy(policy))
            return fail(m_reader.error());
        policies.push_back(policy);
    }
    return policies;
}

bool PolicyReader::readPolicy(Policy& policy)
{
    if (!readAnnotations(policy) || !readEffect(policy) || !readScope(policy) || !readConditions(policy))
        return false;
    policy.length = m_reader.token().offset + 1 - policy.offset;
    return m_reader.expect(";", "at the end of a policy");
}

bool PolicyReader::readAnnotations(Policy& policy)
{
    std::vector<Annotation> annotations;
    std::set<std::string_view> seen;
    while (m_reader.take("@")) {
        const Token name = m_reader.token();
        if (name.kind != TokenKind::Identifier)
            return m_reader.unexpected("an annotation's name");
        m_reader.advance();
        std::string value;
        if (m_reader.take("(") && (!m_reader.readString(value) || !m_reader.expect(")", "after an annotation's text")))
            return false;
        if (!seen.insert(name.text).second)
            return m_reader.fault(
                name.offset, "cedar.syntax", "The policy has the annotation " + std::string(name.text) + " twice.");
        annotations.push_back({m_arena.copy(name.text), m_arena.copy(value)});
    }
    policy.annotations = m_arena.copy(std::span<const Annotation>(annotations));
    return true;
}

bool PolicyReader::readEffect(Policy& policy)
{
    if (m_reader.takeWord("permit")) {
        policy.effect = Effect::Permit;
        return true;
    }
    policy.effect = Effect::Forbid;
    return m_reader.takeWord("forbid") || m_reader.unexpected("permit or forbid");
}

bool PolicyReader::readScope(Policy& policy)
{
    if (!m_reader.expect("(", "before the scope"))
        return false;
    if (!readVariable("principal") || !readConstraint(policy.principal, "?principal")
        || !m_reader.expect(",", "between principal and action"))
        return false;
    if (!readVariable("action") || !readAction(policy.action) || !m_reader.expect(",", "between action and resource"))
        return false;
    if (!readVariable("resource") || !readConstraint(policy.resource, "?resource"))
        return false;
    m_reader.take(",");
    return m_reader.expect(")", "after the scope of principal, action and resource");
}

bool PolicyReader::readVariable(std::string_view name)
{
    const Token token = m_reader.token();
    if (!m_reader.takeWord(name))
        return scopeFault(token.offset, "The scope wants the variable " + std::string(name) + " here.",
            "A scope is (principal, action, resource), in this order.");
    if (m_reader.token().is(":"))
        return scopeFault(m_reader.token().offset, "A type is not given with a colon.", "Write principal is Type.");
    return true;
}

bool PolicyReader::readConstraint(ScopeConstraint& constraint, std::string_view slot)
{
    using Form = ScopeConstraint::Form;
    if (m_reader.takeWord("is")) {
        std::string type;
        if (!m_expressions.readName(type))
            return false;
        constraint.type = m_arena.text(type);
        constraint.form = Form::Is;
        if (!m_reader.takeWord("in"))
            return true;
        constraint.form = Form::IsIn;
        return readReference(constraint, slot);
    }
    if (m_reader.take("==")) {
        constraint.form = Form::Equal;
        return readReference(constraint, slot);
    }
    if (!m_reader.takeWord("in"))
        return true;
    constraint.form = Form::In;
    return readReference(constraint, slot);
}

bool PolicyReader::readReference(ScopeConstraint& constraint, std::string_view slot)
{
    const Token token = m_reader.token();
    if (token.kind == TokenKind::Slot) {
        if (token.text != slot)
            return scopeFault(token.offset, "The slot " + std::string(token.text) + " cannot stand here.",
                "Write " + std::string(slot) + ".");
        m_reader.advance();
        constraint.slot = true;
        return true;
    }
    constraint.entity = m_expressions.readEntity();
    return constraint.entity != nullptr;
}

bool PolicyReader::readActionEntity(std::vector<const EntityUid*>& entities)
{
    const std::uint32_t offset = m_reader.token().offset;
    const EntityUid* const uid = m_expressions.readEntity();
    if (uid == nullptr)
        return false;
    if (!isActionType(uid->type.view))
        return scopeFault(offset, "The entity " + toText(*uid) + " is no action.",
            "An action's type is Action, or ends with ::Action.");
    entities.push_back(uid);
    return true;
}

bool PolicyReader::readActionList(std::vector<const EntityUid*>& entities)
{
    while (!m_reader.token().is("]")) {
        if (!readActionEntity(entities))
            return false;
        if (!m_reader.take(","))
            break;
    }
    return m_reader.expect("]", "after the actions");
}

bool PolicyReader::readAction(ActionConstraint& constraint)
{
    using Form = ActionConstraint::Form;
    std::vector<const EntityUid*> entities;
    if (m_reader.take("==")) {
        constraint.form = Form::Equal;
        if (!readActionEntity(entities))
            return false;
    } else if (m_reader.takeWord("in")) {
        constraint.form = m_reader.token().is("[") ? Form::InAny : Form::In;
        if (!(m_reader.take("[") ? readActionList(entities) : readActionEntity(entities)))
            return false;
    }
    constraint.entities = m_arena.copy(std::span<const EntityUid* const>(entities));
    return true;
}

bool PolicyReader::readConditions(Policy& policy)
{
    std::vector<Condition> conditions;
    while (m_reader.token().kind == TokenKind::Identifier) {
        Condition condition;
        if (m_reader.takeWord("unless"))
            condition.kind = ConditionKind::Unless;
        else if (!m_reader.takeWord("when"))
            return m_reader.unexpected("when, unless or \";\"");
        condition.temporal = m_grammar == Grammar::Temporal && m_reader.takeWord("temporal");
        if (!m_reader.expect("{", "before a condition"))
            return false;
        condition.body = condition.temporal ? m_expressions.readTemporal() : m_expressions.readExpression();
        if (condition.body == nullptr || !m_reader.expect("}", "after a condition"))
            return false;
        conditions.push_back(condition);
    }
    policy.conditions = m_arena.copy(std::span<const Condition>(conditions));
    return true;
}

}

const Annotation* Policy::annotation(std::string_view name) const
{
    const auto found = std::ranges::find(annotations, name, &Annotation::name);
    return found == annotations.end() ? nullptr : &*found;
}

Result<std::vector<Policy>> readPolicies(std::string_view source, Arena& arena, TemporalOperations* operations)
{
    if (source.size() > maximumTextBytes)
        return fail(ErrorKind::TooLarge, "cedar.too-large", "The text of policies is longer than 16 MiB.");
    if (!isUtf8(source))
        return fail(ErrorKind::Invalid, "cedar.utf8", "The text of policies is not UTF-8.");
    return PolicyReader(source, arena, operations).readAll();
}

}
