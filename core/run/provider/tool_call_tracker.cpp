#include "core/run/provider/tool_call_tracker.h"

#include "core/base/text.h"

namespace ephor::provider {

namespace {

const Json* fragmentMember(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string fragmentText(const Json& object, const char* name)
{
    const Json* value = fragmentMember(object, name);
    if (!value)
        return {};
    if (value->is_string())
        return value->get<std::string>();
    return value->is_object() || value->is_array() || value->is_number() ? compactJson(*value) : std::string();
}

bool adoptsName(const std::string& known, const std::string& argumentsText, const std::string& name)
{
    return name.empty() || known.empty() || known == name || argumentsText.empty();
}

}

std::optional<ToolCallFragment> readToolCallFragment(const Json& entry)
{
    if (!entry.is_object())
        return std::nullopt;
    ToolCallFragment fragment;
    if (const Json* index = fragmentMember(entry, "index"); index && index->is_number_integer())
        fragment.index = index->get<std::int64_t>();
    fragment.id = fragmentText(entry, "id");
    const Json* function = fragmentMember(entry, "function");
    const Json* custom = fragmentMember(entry, "custom");
    if (function && function->is_object()) {
        fragment.name = fragmentText(*function, "name");
        fragment.arguments = fragmentText(*function, "arguments");
    } else if (custom && custom->is_object()) {
        fragment.name = fragmentText(*custom, "name");
        fragment.arguments = fragmentText(*custom, "input");
        fragment.freeText = true;
    } else if (!function) {
        fragment.name = fragmentText(entry, "name");
        fragment.arguments = fragmentText(entry, "arguments");
    }
    return fragment;
}

std::optional<std::size_t> ToolCallTracker::findByIndex(const ToolCallFragment& fragment) const
{
    const auto found = m_byIndex.find(*fragment.index);
    if (found != m_byIndex.end())
        return found->second;
    // The call began without an index and the provider starts counting only now.
    if (fragment.name.empty() && m_latest && !m_calls[*m_latest].index)
        return m_latest;
    return std::nullopt;
}

std::optional<std::size_t> ToolCallTracker::find(const ToolCallFragment& fragment) const
{
    if (!fragment.id.empty()) {
        if (const auto found = m_byId.find(fragment.id); found != m_byId.end())
            return found->second;
        // An unknown id begins a call. Without a name it does not: some servers make up a new id for every fragment.
        return fragment.name.empty() && fragment.index ? findByIndex(fragment) : std::nullopt;
    }
    if (fragment.index) {
        const auto position = findByIndex(fragment);
        if (!position)
            return std::nullopt;
        // Servers that number every call 0 and send no ids are told apart by the name of the next call.
        const ToolCall& call = m_calls[*position].call;
        return adoptsName(call.name, call.argumentsText, fragment.name) ? position : std::nullopt;
    }
    return fragment.name.empty() ? m_latest : std::nullopt;
}

std::size_t ToolCallTracker::begin(const ToolCallFragment& fragment)
{
    Open open;
    open.index = fragment.index;
    open.freeText = fragment.freeText;
    m_calls.push_back(std::move(open));
    return m_calls.size() - 1;
}

ToolCallDelta ToolCallTracker::append(std::size_t position, const ToolCallFragment& fragment)
{
    Open& open = m_calls[position];
    ToolCallDelta delta;
    delta.index = position;
    if (open.call.id.empty() && !fragment.id.empty()) {
        open.call.id = fragment.id;
        delta.id = fragment.id;
        m_byId.emplace(fragment.id, position);
    }
    const bool nameMayGrow = open.call.name.empty() || open.call.argumentsText.empty();
    if (!fragment.name.empty() && fragment.name != open.call.name && nameMayGrow) {
        open.call.name += fragment.name;
        delta.name = fragment.name;
    }
    if (fragment.index) {
        open.index = fragment.index;
        m_byIndex[*fragment.index] = position;
    }
    open.call.argumentsText += fragment.arguments;
    delta.arguments = fragment.arguments;
    m_latest = position;
    return delta;
}

ToolCallDelta ToolCallTracker::add(const ToolCallFragment& fragment)
{
    const auto found = find(fragment);
    return append(found ? *found : begin(fragment), fragment);
}

ToolCallDelta ToolCallTracker::addWhole(const ToolCallFragment& fragment)
{
    return append(begin(fragment), fragment);
}

ToolCallDelta ToolCallTracker::addLegacy(const ToolCallFragment& fragment)
{
    if (!m_legacy)
        m_legacy = begin(fragment);
    return append(*m_legacy, fragment);
}

std::vector<ToolCall> ToolCallTracker::take()
{
    std::vector<ToolCall> calls;
    calls.reserve(m_calls.size());
    for (Open& open : m_calls) {
        if (open.freeText)
            open.call.argumentsError = "The tool takes free text, not JSON.";
        else
            readToolArguments(open.call);
        calls.push_back(std::move(open.call));
    }
    *this = ToolCallTracker();
    return calls;
}

void readToolArguments(ToolCall& call)
{
    if (trim(call.argumentsText).empty()) {
        call.arguments = Json::object();
        return;
    }
    auto parsed = parseJson(call.argumentsText);
    if (!parsed)
        call.argumentsError = parsed.error().message;
    else if (parsed->is_null())
        call.arguments = Json::object();
    else if (parsed->is_object())
        call.arguments = std::move(*parsed);
    else
        call.argumentsError = "The arguments are JSON, but not an object.";
}

}
