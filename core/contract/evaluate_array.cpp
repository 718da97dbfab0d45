#include "core/contract/schema_evaluator.h"

#include "core/contract/json_equality.h"

#include <fmt/format.h>

namespace ephor::contract {

namespace {

// Below this, comparing every pair is faster than hashing.
constexpr std::size_t pairwiseItems = 8;

}

bool SchemaEvaluator::checkArray(const SchemaNode& node, const Frame& frame)
{
    const ArrayRules& rules = *node.array;
    const std::size_t count = frame.instance.size();
    bool ok = true;
    if (count < rules.minimumItems
        && !goOn(ok,
            collecting()
                && report(
                    node, frame, "minItems", fmt::format("The list must have at least {} items.", rules.minimumItems))))
        return false;
    if (count > rules.maximumItems
        && !goOn(ok,
            collecting()
                && report(
                    node, frame, "maxItems", fmt::format("The list must have at most {} items.", rules.maximumItems))))
        return false;
    if (rules.uniqueItems && !goOn(ok, checkUnique(node, frame)))
        return false;
    if ((!rules.prefixItems.empty() || rules.items != nullptr) && !goOn(ok, checkItems(node, frame)))
        return false;
    if (rules.contains != nullptr)
        goOn(ok, checkContains(node, frame));
    return ok;
}

bool SchemaEvaluator::checkItems(const SchemaNode& node, const Frame& frame)
{
    const ArrayRules& rules = *node.array;
    const std::size_t count = frame.instance.size();
    const std::size_t prefix = std::min(count, rules.prefixItems.size());
    bool ok = true;
    for (std::size_t i = 0; i < prefix; ++i) {
        const InstanceStep step{frame.path, nullptr, i};
        if (!goOn(ok, applyToChild(*rules.prefixItems[i], frame.instance[i], step, frame)))
            return false;
    }
    if (rules.items == nullptr || count == prefix) {
        if (frame.evaluated != nullptr)
            frame.evaluated->addFirstItems(prefix);
        return ok;
    }
    if (frame.evaluated != nullptr)
        frame.evaluated->addAll();
    if (rules.items->kind == NodeKind::AlwaysTrue)
        return ok;
    if (rules.items->kind == NodeKind::AlwaysFalse)
        return collecting()
            && report(node, frame, "items", fmt::format("The list may have no more than {} items.", prefix));
    for (std::size_t i = prefix; i < count; ++i) {
        const InstanceStep step{frame.path, nullptr, i};
        if (!goOn(ok, applyToChild(*rules.items, frame.instance[i], step, frame)))
            return false;
    }
    return ok;
}

bool SchemaEvaluator::checkContains(const SchemaNode& node, const Frame& frame)
{
    const ArrayRules& rules = *node.array;
    std::size_t found = 0;
    for (std::size_t i = 0; i < frame.instance.size(); ++i) {
        const InstanceStep step{frame.path, nullptr, i};
        const Frame child{frame.instance[i], &step, frame.scope, nullptr};
        if (!applyQuietly(*rules.contains, child)) {
            if (m_undecided)
                return false;
            continue;
        }
        ++found;
        if (frame.evaluated != nullptr)
            frame.evaluated->add(frame.instance[i]);
        else if (found > rules.maximumContains
            || (found >= rules.minimumContains && rules.maximumContains == unboundedCount))
            break;
    }
    if (found < rules.minimumContains) {
        const bool single = rules.minimumContains == 1;
        return collecting()
            && report(node, frame, single ? "contains" : "minContains",
                fmt::format("The list must contain at least {} matching items.", rules.minimumContains));
    }
    if (found > rules.maximumContains)
        return collecting()
            && report(node, frame, "maxContains",
                fmt::format("The list must contain at most {} matching items.", rules.maximumContains));
    return true;
}

bool SchemaEvaluator::checkUnique(const SchemaNode& node, const Frame& frame)
{
    if (frame.instance.size() < 2)
        return true;
    std::size_t parts = 0;
    if (!measureJson(frame.instance, m_plan.limits.instanceDepth, parts)) {
        stop("schema.instance-depth", "The value is nested more deeply than the limit allows.");
        return false;
    }
    if (!spend(parts))
        return false;
    if (isUnique(frame.instance))
        return true;
    return report(node, frame, "uniqueItems", "Two items of the list are equal.");
}

bool SchemaEvaluator::isUnique(const Json& array)
{
    if (array.size() <= pairwiseItems) {
        for (std::size_t i = 1; i < array.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (equalJson(array[i], array[j]))
                    return false;
            }
        }
        return true;
    }
    std::vector<std::pair<std::size_t, std::size_t>> hashes;
    hashes.reserve(array.size());
    for (std::size_t i = 0; i < array.size(); ++i)
        hashes.emplace_back(hashJson(array[i]), i);
    std::sort(hashes.begin(), hashes.end());
    // Different items with one hash have to be compared with each other: an attacker's choice, so each costs a step.
    for (std::size_t i = 1; i < hashes.size(); ++i) {
        for (std::size_t j = i; j-- > 0 && hashes[j].first == hashes[i].first;) {
            if (!spend(1) || equalJson(array[hashes[i].second], array[hashes[j].second]))
                return false;
        }
    }
    return true;
}

bool SchemaEvaluator::checkUnevaluatedItems(const SchemaNode& node, const Frame& frame, const EvaluatedParts& evaluated)
{
    if (evaluated.holdsAll())
        return true;
    bool ok = true;
    for (std::size_t i = evaluated.firstItems(); i < frame.instance.size(); ++i) {
        if (evaluated.holds(frame.instance[i]))
            continue;
        const InstanceStep step{frame.path, nullptr, i};
        const Frame child{frame.instance[i], &step, frame.scope, nullptr};
        const bool held = node.unevaluatedItems->kind == NodeKind::AlwaysFalse
            ? report(node, child, "unevaluatedItems", "The list may not have this item.")
            : apply(*node.unevaluatedItems, child);
        if (!goOn(ok, held))
            return false;
    }
    return ok;
}

}
