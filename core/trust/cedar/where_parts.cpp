#include "core/trust/cedar/where_parts.h"

namespace ephor::cedar {

namespace {

bool isRequestVariable(NodeKind kind)
{
    return kind == NodeKind::Principal || kind == NodeKind::Action || kind == NodeKind::Resource
        || kind == NodeKind::Context;
}

// As deep as the reader let the expression nest.
template <class Test> bool readsAny(const Node& node, const Test& test)
{
    if (test(node.kind))
        return true;
    for (const Node* child : node.children) {
        if (readsAny(*child, test))
            return true;
    }
    return false;
}

void flatten(const Node& node, std::vector<const Node*>& parts)
{
    if (node.kind != NodeKind::And) {
        parts.push_back(&node);
        return;
    }
    for (const Node* child : node.children)
        flatten(*child, parts);
}

bool isEqualityOfBoth(const Node& node)
{
    if (node.kind != NodeKind::Equal)
        return false;
    const Node& left = *node.children[0];
    const Node& right = *node.children[1];
    const auto apart = [](const Node& event, const Node& request) {
        return readsEvent(event) && !readsRequest(event) && readsRequest(request) && !readsEvent(request);
    };
    return apart(left, right) || apart(right, left);
}

}

bool readsEvent(const Node& node)
{
    return readsAny(node, [](NodeKind kind) { return kind == NodeKind::Event; });
}

bool readsRequest(const Node& node)
{
    return readsAny(node, isRequestVariable);
}

EqualitySides sidesOf(const Node& equality)
{
    const Node* const left = equality.children[0];
    const Node* const right = equality.children[1];
    return readsEvent(*left) ? EqualitySides{left, right} : EqualitySides{right, left};
}

WhereParts partsOf(const Node& where)
{
    std::vector<const Node*> all;
    flatten(where, all);
    WhereParts parts;
    for (const Node* part : all) {
        if (!readsRequest(*part))
            parts.event.push_back(part);
        else if (!readsEvent(*part))
            parts.request.push_back(part);
        else if (isEqualityOfBoth(*part))
            parts.equalities.push_back(part);
        else
            parts.rest.push_back(part);
    }
    return parts;
}

std::vector<const Node*> WhereParts::inOrder() const
{
    std::vector<const Node*> all = request;
    for (const std::vector<const Node*>* more : {&event, &equalities, &rest})
        all.insert(all.end(), more->begin(), more->end());
    return all;
}

}
