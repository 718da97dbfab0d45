// links: core_trust_policy
#include "core/trust/cedar/schema.h"
#include "core/trust/policy/argument_shape.h"
#include "core/trust/policy/vocabulary.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

using namespace ephor;

namespace {

bool isOf(const cedar::Value& value, const Json& type);

// Members that could not be said exactly are left out; what is there was declared.
bool isRecordOf(const cedar::RecordValue& record, const Json& type)
{
    for (const cedar::Field& field : record.fields) {
        const auto declared = type["attributes"].find(std::string(field.name.view));
        if (declared == type["attributes"].end() || !isOf(field.value, *declared))
            return false;
    }
    return true;
}

bool isOf(const cedar::Value& value, const Json& type)
{
    const std::string& word = type["type"].get_ref<const std::string&>();
    switch (value.kind) {
    case cedar::Kind::Long:
    case cedar::Kind::String:
    case cedar::Kind::Boolean:
        return word
            == (value.kind == cedar::Kind::Long         ? "Long"
                    : value.kind == cedar::Kind::String ? "String"
                                                        : "Boolean");
    case cedar::Kind::Decimal:
        return word == "Extension" && type["name"] == "decimal";
    case cedar::Kind::Set:
        return word == "Set" && std::ranges::all_of(value.set->members, [&](const cedar::SetMember& member) {
            return isOf(member.value, type["element"]);
        });
    case cedar::Kind::Record:
        return word == "Record" && isRecordOf(*value.record, type);
    default:
        return false;
    }
}

}

/// A schema of a tool's input, a line, and arguments. Whatever the schema says, rules have a type to be checked
/// against, and arguments are read as that type.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t line = text.find('\n');
    if (size > 64 * 1024 || line == std::string_view::npos)
        return 0;
    const auto schema = parseJson(text.substr(0, line));
    if (!schema)
        return 0;
    const policy::ArgumentShape shape = policy::ArgumentShape::of(*schema);
    policy::ToolWords tool;
    tool.name = "tool";
    tool.asset = "asset";
    tool.input.text = std::string(text.substr(0, line));
    if (!policy::schemaOf(std::span(&tool, 1)))
        std::abort();
    const auto arguments = parseJson(text.substr(line + 1));
    cedar::Arena arena;
    if (arguments && !isRecordOf(*shape.read(*arguments, arena), shape.type()))
        std::abort();
    return 0;
}
