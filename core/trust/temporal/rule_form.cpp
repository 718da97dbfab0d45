#include "core/trust/temporal/rule_form.h"

#include "core/trust/cedar/decimal.h"
#include "core/trust/cedar/escape.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/policy_set.h"
#include "core/trust/cedar/shape_table.h"
#include "core/trust/temporal/rule_text.h"
#include "core/trust/temporal/window_text.h"

#include <algorithm>

namespace ephor::temporal {

namespace {

using cedar::ActionConstraint;
using cedar::Node;
using cedar::NodeKind;
using cedar::Policy;
using cedar::PolicySet;
using cedar::ScopeConstraint;
using cedar::TemporalOperation;
using cedar::TemporalOperator;

std::unexpected<Error> formFault(std::string message)
{
    return fail(ErrorKind::Invalid, "temporal.form", std::move(message));
}

std::string attributeText(const std::string& target, const std::string& name)
{
    const bool plain = cedar::isIdentifier(name) && !cedar::isReservedWord(name);
    return plain ? target + "." + name : target + "[" + cedar::quoted(name) + "]";
}

std::string atMostText(const RuleForm& form, const std::string& within)
{
    const std::string event = (form.action.empty() ? "any" : form.action) + "::request";
    if (form.argument.empty())
        return "when temporal { count" + within + event + " >= " + form.most + " }";
    const std::string argument = attributeText("input", form.argument);
    const std::string sum = "sum" + within + event + " of event." + argument
        + (form.decimal ? " plus context." : " + context.") + argument;
    if (form.decimal)
        return "when temporal { (" + sum + ").greaterThan(decimal(" + cedar::quoted(form.most) + ")) }";
    return "when temporal { " + sum + " > " + form.most + " }";
}

std::string afterText(const RuleForm& form, const std::string& within)
{
    std::string text = (form.kind == RuleKind::OnlyAfter ? "unless" : "when") + std::string(" temporal { formerly")
        + within + form.event;
    if (!form.sameArgument.empty()) {
        const std::string argument = attributeText("input", form.sameArgument);
        text += " where { event." + argument + " == context." + argument + " }";
    }
    return text + " }";
}

std::string textOf(const RuleForm& form)
{
    const std::string within = " within " + windowText(form.window) + " ";
    return "forbid(principal" + (form.principal.empty() ? std::string() : " == " + form.principal) + ", action"
        + (form.action.empty() ? std::string() : (form.isGroup ? " in " : " == ") + form.action) + ", resource)\n"
        + (form.kind == RuleKind::AtMost ? atMostText(form, within) : afterText(form, within)) + ";";
}

std::shared_ptr<const PolicySet> ruleIn(std::string_view text)
{
    const auto read = PolicySet::fromText(text, {}, cedar::Grammar::Temporal);
    const bool one = read && (*read)->policies().size() == 1 && (*read)->templates().empty();
    return one ? *read : nullptr;
}

bool sameScope(const ScopeConstraint& left, const ScopeConstraint& right)
{
    if (left.form != right.form || left.type != right.type)
        return false;
    return left.entity == right.entity
        || (left.entity != nullptr && right.entity != nullptr && *left.entity == *right.entity);
}

bool sameRule(const Policy& left, const Policy& right)
{
    const bool scopes = left.effect == right.effect && sameScope(left.principal, right.principal)
        && sameScope(left.resource, right.resource) && left.action.form == right.action.form
        && std::ranges::equal(left.action.entities, right.action.entities,
            [](const auto* one, const auto* other) { return *one == *other; });
    if (!scopes || left.conditions.size() != right.conditions.size())
        return false;
    cedar::ShapeTable shapes;
    return std::ranges::equal(
        left.conditions, right.conditions, [&](const cedar::Condition& one, const cedar::Condition& other) {
            return one.kind == other.kind && one.temporal == other.temporal
                && shapes.of(*one.body) == shapes.of(*other.body);
        });
}

const TemporalOperation* operationIn(const Node& node)
{
    if (node.kind == NodeKind::Temporal)
        return node.temporal;
    for (const Node* child : node.children) {
        if (const TemporalOperation* const found = operationIn(*child))
            return found;
    }
    return nullptr;
}

/// What the rule's most is compared with: the constant on the right.
void readMost(const Node& body, RuleForm& form)
{
    if (body.children.size() != 2 || !body.children[1]->folded)
        return;
    const cedar::Value& value = body.children[1]->value;
    form.decimal = value.kind == cedar::Kind::Decimal;
    form.most = form.decimal ? cedar::decimalText(value.number) : std::to_string(value.number);
}

/// The last name of `event.input.NAME`.
std::string argumentOf(const Node* node)
{
    return node != nullptr && node->kind == NodeKind::Attribute ? std::string(node->names.front().view) : "";
}

RuleForm guessedForm(const Policy& policy, const TemporalOperation& operation)
{
    RuleForm form;
    const cedar::Condition& condition = policy.conditions.front();
    if (policy.principal.entity != nullptr)
        form.principal = toText(*policy.principal.entity);
    if (policy.action.entities.size() == 1)
        form.action = toText(*policy.action.entities.front());
    form.isGroup = policy.action.form == ActionConstraint::Form::In;
    form.window = operation.window;
    if (operation.kind != TemporalOperator::Formerly) {
        readMost(*condition.body, form);
        form.argument = argumentOf(operation.of);
        return form;
    }
    const bool unless = condition.kind == cedar::ConditionKind::Unless;
    form.kind = unless ? RuleKind::OnlyAfter : RuleKind::NeverAfter;
    form.event = actionsText(operation.event.actions) + "::" + std::string(nameOf(operation.event.kind));
    if (const Node* const where = operation.event.where; where != nullptr && where->kind == NodeKind::Equal)
        form.sameArgument = argumentOf(where->children.front());
    return form;
}

bool isNumber(const std::string& text)
{
    return !text.empty() && text.size() < 19
        && std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '9'; });
}

}

Result<std::string> formText(const RuleForm& form)
{
    EPHOR_TRY_VOID(readWindow(windowText(form.window)));
    if (form.kind != RuleKind::AtMost && form.event.empty())
        return formFault("The rule names no event that comes before.");
    if (form.kind == RuleKind::AtMost) {
        const bool decimal = form.decimal && !form.argument.empty();
        if (decimal ? !cedar::readDecimal(form.most) : !isNumber(form.most))
            return formFault("The rule names no number that calls may reach.");
    }
    std::string text = textOf(form);
    EPHOR_TRY(const auto policies, PolicySet::fromText(text, {}, cedar::Grammar::Temporal));
    // A part that says more than its field is for would change the rule.
    if (!formOf(text))
        return formFault("A part of the rule is more than its field is for.");
    return text;
}

std::optional<RuleForm> formOf(std::string_view text)
{
    const std::shared_ptr<const PolicySet> read = ruleIn(text);
    if (read == nullptr || read->temporalOperations().size() != 1)
        return std::nullopt;
    const Policy& policy = read->policies().front();
    const bool annotated = std::ranges::any_of(policy.annotations,
        [](const cedar::Annotation& annotation) { return annotation.name != "id" && annotation.name != "reason"; });
    if (annotated || policy.conditions.size() != 1)
        return std::nullopt;
    const TemporalOperation* const operation = operationIn(*policy.conditions.front().body);
    if (operation == nullptr)
        return std::nullopt;
    RuleForm form = guessedForm(policy, *operation);
    const std::shared_ptr<const PolicySet> written = ruleIn(textOf(form));
    if (written == nullptr || !sameRule(policy, written->policies().front()))
        return std::nullopt;
    return form;
}

}
