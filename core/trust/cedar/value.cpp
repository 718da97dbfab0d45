#include "core/trust/cedar/value.h"

#include "core/trust/cedar/decimal.h"
#include "core/trust/cedar/escape.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

// A message names a value to recognise it, not to copy it.
constexpr std::size_t shownMembers = 5;

bool fieldBefore(const Field& field, const Text& name)
{
    return field.name.hash != name.hash ? field.name.hash < name.hash : field.name.view < name.view;
}

bool equalRecords(const RecordValue& left, const RecordValue& right)
{
    return std::ranges::equal(left.fields, right.fields,
        [](const Field& a, const Field& b) { return a.name == b.name && equal(a.value, b.value); });
}

bool equalSets(const SetValue& left, const SetValue& right)
{
    return left.hash == right.hash && left.members.size() == right.members.size() && left.containsAll(right);
}

std::uint64_t hashOfFields(std::span<const Field> fields)
{
    std::uint64_t hash = fields.size();
    for (const Field& field : fields)
        hash = mixed(hash, mixed(field.name.hash, hashOf(field.value)));
    return hash;
}

std::string setText(const SetValue& set)
{
    std::string text = "[";
    for (std::size_t i = 0; i < set.members.size(); ++i) {
        if (i == shownMembers)
            return text + ", …]";
        text += (i == 0 ? "" : ", ") + toText(set.members[i].value);
    }
    return text + "]";
}

std::string recordText(const RecordValue& record)
{
    std::string text = "{";
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        if (i == shownMembers)
            return text + ", …}";
        text += (i == 0 ? "" : ", ") + quoted(record.fields[i].name.view) + ": " + toText(record.fields[i].value);
    }
    return text + "}";
}

}

std::string_view nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Boolean:
        return "bool";
    case Kind::Long:
        return "long";
    case Kind::String:
        return "string";
    case Kind::Entity:
        return "entity";
    case Kind::Set:
        return "set";
    case Kind::Record:
        return "record";
    case Kind::Decimal:
        return "decimal";
    case Kind::Ip:
        return "ipaddr";
    case Kind::Datetime:
        return "datetime";
    case Kind::Duration:
        return "duration";
    }
    return "value";
}

std::string toText(const EntityUid& uid)
{
    return std::string(uid.type.view) + "::" + quoted(uid.id.view);
}

bool SetValue::contains(const Value& value) const
{
    return contains(value, hashOf(value));
}

bool SetValue::contains(const Value& value, std::uint64_t valueHash) const
{
    auto found = std::ranges::lower_bound(members, valueHash, {}, &SetMember::hash);
    for (; found != members.end() && found->hash == valueHash; ++found) {
        if (equal(found->value, value))
            return true;
    }
    return false;
}

bool SetValue::containsAll(const SetValue& other) const
{
    return std::ranges::all_of(
        other.members, [this](const SetMember& member) { return contains(member.value, member.hash); });
}

bool SetValue::containsAny(const SetValue& other) const
{
    return std::ranges::any_of(
        other.members, [this](const SetMember& member) { return contains(member.value, member.hash); });
}

const Value* RecordValue::find(const Text& name) const
{
    // Records of a few fields are the rule, where a scan over the hashes beats halving.
    constexpr std::size_t scanned = 8;
    if (fields.size() <= scanned) {
        for (const Field& field : fields) {
            if (field.name == name)
                return &field.value;
        }
        return nullptr;
    }
    const auto found = std::lower_bound(fields.begin(), fields.end(), name, fieldBefore);
    return found != fields.end() && found->name == name ? &found->value : nullptr;
}

bool equal(const Value& left, const Value& right)
{
    if (left.kind != right.kind)
        return false;
    switch (left.kind) {
    case Kind::Boolean:
        return left.boolean == right.boolean;
    case Kind::String:
        return left.text == right.text || *left.text == *right.text;
    case Kind::Entity:
        return left.entity == right.entity || *left.entity == *right.entity;
    case Kind::Set:
        return left.set == right.set || equalSets(*left.set, *right.set);
    case Kind::Record:
        return left.record == right.record || equalRecords(*left.record, *right.record);
    case Kind::Ip:
        return *left.ip == *right.ip;
    case Kind::Long:
    case Kind::Decimal:
    case Kind::Datetime:
    case Kind::Duration:
        return left.number == right.number;
    }
    return false;
}

std::uint64_t hashOf(const Value& value)
{
    const auto tagged = [&](std::uint64_t hash) { return mixed(hash, std::uint64_t(value.kind)); };
    switch (value.kind) {
    case Kind::Boolean:
        return tagged(value.boolean ? 1 : 2);
    case Kind::String:
        return tagged(value.text->hash);
    case Kind::Entity:
        return tagged(value.entity->hash);
    case Kind::Set:
        return tagged(value.set->hash);
    case Kind::Record:
        return tagged(hashOfFields(value.record->fields));
    case Kind::Ip:
        return tagged(value.ip->hash());
    case Kind::Long:
    case Kind::Decimal:
    case Kind::Datetime:
    case Kind::Duration:
        return tagged(std::uint64_t(value.number));
    }
    return 0;
}

std::string toText(const Value& value)
{
    switch (value.kind) {
    case Kind::Boolean:
        return value.boolean ? "true" : "false";
    case Kind::Long:
        return std::to_string(value.number);
    case Kind::String:
        return quoted(value.text->view);
    case Kind::Entity:
        return toText(*value.entity);
    case Kind::Set:
        return setText(*value.set);
    case Kind::Record:
        return recordText(*value.record);
    case Kind::Decimal:
        return "decimal(\"" + decimalText(value.number) + "\")";
    case Kind::Ip:
        return "ip(\"" + toText(*value.ip) + "\")";
    case Kind::Datetime:
        return "datetime(\"1970-01-01\").offset(duration(\"" + std::to_string(value.number) + "ms\"))";
    case Kind::Duration:
        return "duration(\"" + std::to_string(value.number) + "ms\")";
    }
    return {};
}

}
