#include "core/trust/cedar/type_relations.h"

#include <algorithm>
#include <vector>

namespace ephor::cedar {

namespace {

bool sameAttributeNames(const Type& left, const Type& right)
{
    return std::ranges::equal(left.attributes, right.attributes,
        [](const AttributeType& a, const AttributeType& b) { return a.name == b.name && a.required == b.required; });
}

const Type* uniteRecords(Arena& arena, const Type& left, const Type& right)
{
    if (!sameAttributeNames(left, right))
        return nullptr;
    std::vector<AttributeType> attributes(left.attributes.begin(), left.attributes.end());
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        attributes[i].type = unite(arena, *left.attributes[i].type, *right.attributes[i].type);
        if (attributes[i].type == nullptr)
            return nullptr;
    }
    return makeRecordType(arena, attributes);
}

}

const Type* unite(Arena& arena, const Type& left, const Type& right)
{
    if (left.kind == TypeKind::Never || sameType(left, right))
        return &right;
    if (right.kind == TypeKind::Never)
        return &left;
    if (left.isBoolean() && right.isBoolean())
        return &simpleType(TypeKind::Boolean);
    if (left.kind != right.kind)
        return nullptr;
    if (left.kind == TypeKind::Record)
        return uniteRecords(arena, left, right);
    if (left.kind != TypeKind::Set)
        return nullptr;
    const Type* const element = unite(arena, *left.element, *right.element);
    return element == nullptr ? nullptr : makeSetType(arena, element);
}

}
