#include "core/contract/schema_evaluator.h"

#include "core/contract/json_pointer.h"

#include <algorithm>
#include <limits>

namespace ephor::contract {

namespace {

// Most matches take a few hundred steps. One that takes more is charged for the whole of what it then may use, so that
// many slow matches end at the limit of evaluation steps and not after minutes.
constexpr std::uint32_t ordinaryMatchSteps = 20'000;
constexpr std::size_t bytesPerStep = 64;

}

SchemaEvaluator::SchemaEvaluator(const SchemaPlan& plan)
    : m_plan(plan)
    , m_stepsLeft(plan.limits.evaluationSteps)
{
}

Validation SchemaEvaluator::run(const Json& instance)
{
    const DynamicScope scope{nullptr, m_plan.root->resource};
    const Frame frame{instance, nullptr, &scope, nullptr};
    Validation result;
    result.valid = apply(*m_plan.root, frame);
    if (m_undecided) {
        result.valid = false;
        result.errors.push_back({"", m_plan.root->location, "", m_undecided->message});
        result.undecided = std::move(m_undecided);
        return result;
    }
    if (!result.valid)
        result.errors = collectViolations(frame);
    return result;
}

// The verdict stands: a limit met here only shortens the list.
std::vector<Violation> SchemaEvaluator::collectViolations(const Frame& frame)
{
    m_pass = Pass::Collect;
    m_stepsLeft = m_plan.limits.evaluationSteps;
    apply(*m_plan.root, frame);
    m_undecided.reset();
    if (m_violations.empty())
        m_violations.push_back(
            {"", m_plan.root->location, "", "The value does not conform; a limit cut the reasons short."});
    return std::move(m_violations);
}

void SchemaEvaluator::stop(const char* code, const char* message)
{
    if (!m_undecided)
        m_undecided = Error(ErrorKind::Exhausted, code, message, "Simplify the schema or send a smaller value.");
}

bool SchemaEvaluator::spend(std::size_t steps)
{
    if (steps > m_stepsLeft) {
        m_stepsLeft = 0;
        stop("schema.budget-steps", "The validation took more steps than the limit allows.");
        return false;
    }
    m_stepsLeft -= steps;
    return !m_undecided;
}

bool SchemaEvaluator::matches(const Pattern& pattern, const std::string& text)
{
    if (!spend(1 + text.size() / bytesPerStep))
        return false;
    PatternMatch match = pattern.match(text, ordinaryMatchSteps);
    if (match == PatternMatch::Exhausted && pattern.stepLimit() > ordinaryMatchSteps) {
        if (!spend(pattern.stepLimit()))
            return false;
        match = pattern.match(text, pattern.stepLimit());
    }
    if (match == PatternMatch::Exhausted)
        stop("schema.budget-pattern", "A regular expression took more steps than the limit allows.");
    return match == PatternMatch::Yes;
}

bool SchemaEvaluator::report(const SchemaNode& node, const Frame& frame, std::string_view keyword, const char* message)
{
    return collecting() ? report(node, frame, keyword, std::string(message)) : false;
}

bool SchemaEvaluator::report(const SchemaNode& node, const Frame& frame, std::string_view keyword, std::string message)
{
    if (!collecting() || m_undecided)
        return false;
    std::string path;
    std::vector<const InstanceStep*> steps;
    for (const InstanceStep* step = frame.path; step != nullptr; step = step->parent)
        steps.push_back(step);
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        path += "/" + ((*step)->name != nullptr ? escapePointerToken(*(*step)->name) : std::to_string((*step)->index));
    m_violations.push_back(
        {std::move(path), node.location + "/" + std::string(keyword), std::string(keyword), std::move(message)});
    if (m_violations.size() >= m_plan.limits.violations)
        m_pass = Pass::Decide;
    return false;
}

bool SchemaEvaluator::apply(const SchemaNode& node, const Frame& frame)
{
    if (node.kind == NodeKind::AlwaysTrue)
        return true;
    if (node.kind == NodeKind::AlwaysFalse)
        return report(node, frame, "false schema", "Nothing is allowed here.");
    if (!spend(1))
        return false;
    if (m_depth >= m_plan.limits.evaluationDepth) {
        stop("schema.budget-depth", "Schemas refer to one another more deeply than the limit allows.");
        return false;
    }
    ++m_depth;
    const DynamicScope inner{frame.scope, node.resource};
    const Frame here{
        frame.instance, frame.path, node.resource == frame.scope->resource ? frame.scope : &inner, frame.evaluated};
    const bool tracked = (node.unevaluatedItems != nullptr && frame.instance.is_array())
        || (node.unevaluatedProperties != nullptr && frame.instance.is_object());
    const bool ok = tracked ? applyTracked(node, here) : applyRules(node, here);
    --m_depth;
    return ok && !m_undecided;
}

bool SchemaEvaluator::applyRules(const SchemaNode& node, const Frame& frame)
{
    bool ok = true;
    if (node.types != 0 && !goOn(ok, checkType(node, frame)))
        return false;
    if ((node.constant != nullptr || node.enumeration != nullptr) && !goOn(ok, checkConstant(node, frame)))
        return false;
    switch (frame.instance.type()) {
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
        if (node.number && !goOn(ok, checkNumber(node, frame)))
            return false;
        break;
    case Json::value_t::string:
        if (node.text && !goOn(ok, checkString(node, frame)))
            return false;
        break;
    case Json::value_t::array:
        if (node.array && !goOn(ok, checkArray(node, frame)))
            return false;
        break;
    case Json::value_t::object:
        if (node.object && !goOn(ok, checkObject(node, frame)))
            return false;
        break;
    default:
        break;
    }
    if (node.inPlace)
        goOn(ok, applyInPlace(node, frame));
    return ok;
}

// unevaluated* sees only what this schema and those inside it have evaluated, never what stands beside or around it.
bool SchemaEvaluator::applyTracked(const SchemaNode& node, const Frame& frame)
{
    EvaluatedParts evaluated;
    const Frame tracked{frame.instance, frame.path, frame.scope, &evaluated};
    if (!applyRules(node, tracked))
        return false;
    evaluated.sort();
    const bool ok = frame.instance.is_array() ? checkUnevaluatedItems(node, frame, evaluated)
                                              : checkUnevaluatedProperties(node, frame, evaluated);
    if (ok && frame.evaluated != nullptr)
        frame.evaluated->addAll();
    return ok;
}

bool SchemaEvaluator::applyToChild(
    const SchemaNode& node, const Json& child, const InstanceStep& step, const Frame& frame)
{
    return apply(node, {child, &step, frame.scope, nullptr});
}

// For what is asked and not demanded: nothing is reported.
bool SchemaEvaluator::applyQuietly(const SchemaNode& node, const Frame& frame)
{
    const Pass before = m_pass;
    m_pass = Pass::Decide;
    const bool ok = apply(node, frame);
    m_pass = before;
    return ok;
}

}
