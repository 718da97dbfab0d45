#include "core/trust/ledger/envelope_text.h"

#include "core/base/canonical_text.h"
#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/store/json_members.h"

#include <algorithm>

namespace ephor::ledger {

namespace {

// Everything but the texts of the entry itself, roughly.
constexpr std::size_t fixedBytes = 400;

// RFC 8785, section 3.2.2.2.
void appendEscaped(std::string& text, char c)
{
    constexpr std::string_view plain = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    constexpr std::string_view digits = "0123456789abcdef";
    if (const std::size_t at = plain.find(c); at != plain.npos) {
        text += '\\';
        text += letters[at];
    } else {
        text += "\\u00";
        text += digits[std::size_t(c) >> 4];
        text += digits[std::size_t(c) & 15];
    }
}

bool isEscaped(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void appendText(std::string& text, std::string_view value)
{
    text += '"';
    auto from = value.begin();
    while (true) {
        const auto at = std::find_if(from, value.end(), isEscaped);
        text.append(from, at);
        if (at == value.end())
            break;
        appendEscaped(text, *at);
        from = at + 1;
    }
    text += '"';
}

void appendMember(std::string& text, std::string_view opening, std::string_view value)
{
    text += opening;
    appendText(text, value);
}

// Names of which the order is that of their bytes, and which stand in a text and in a path as they are.
bool isPlainName(std::string_view name)
{
    return std::ranges::none_of(
        name, [](char c) { return isEscaped(c) || static_cast<unsigned char>(c) >= 0x80 || c == '/' || c == '~'; });
}

bool appendRefs(std::string& text, const std::map<std::string, std::string>& refs)
{
    text += R"(,"refs":{)";
    bool first = true;
    for (const auto& [name, value] : refs) {
        if (!isPlainName(name) || !isUtf8(value))
            return false;
        if (!std::exchange(first, false))
            text += ',';
        appendText(text, name);
        text += ':';
        appendText(text, value);
    }
    text += '}';
    return true;
}

// The commitments by the member that each is to be, in order; nothing where one has not a place of its own.
std::optional<std::vector<store::JsonMember>> placesOf(std::span<const PreparedSeal> seals)
{
    std::vector<store::JsonMember> places;
    for (const PreparedSeal& seal : seals) {
        const std::string_view path = seal.path;
        if (!path.starts_with('/') || !isPlainName(path.substr(1)))
            return std::nullopt;
        places.push_back({path.substr(1), seal.commitment});
    }
    std::ranges::sort(places, {}, &store::JsonMember::name);
    const bool doubled = std::ranges::adjacent_find(places, {}, &store::JsonMember::name) != places.end();
    return doubled ? std::nullopt : std::optional(std::move(places));
}

bool appendData(std::string& text, std::string_view data, std::span<const PreparedSeal> seals)
{
    const auto places = placesOf(seals);
    if (data.empty())
        data = "{}";
    if (!places || !isPlainlyCanonical(data) || mayHoldCommitment(data))
        return false;
    const auto members = store::membersOf(data);
    if (!members)
        return false;
    auto place = places->begin();
    char before = '{';
    const auto placeUntil = [&](auto isReached) {
        for (; place != places->end() && !isReached(place->name); ++place) {
            text += std::exchange(before, ',');
            appendText(text, place->name);
            text += R"(:{"c":")";
            text += place->value;
            text += "\"}";
        }
    };
    text += R"(,"data":)";
    for (const store::JsonMember& member : *members) {
        placeUntil([&](std::string_view name) { return name >= member.name; });
        if (place != places->end() && place->name == member.name)
            return false;
        text += std::exchange(before, ',');
        text += '"';
        text += member.name;
        text += "\":";
        text += member.value;
    }
    placeUntil([](std::string_view) { return false; });
    if (before == '{')
        text += '{';
    text += '}';
    return true;
}

}

std::optional<EnvelopeText> plainTextOfEnvelope(
    const NewEntry& entry, std::span<const PreparedSeal> seals, const EntryStamp& stamp)
{
    if (entry.actor.empty() || entry.operation.empty() || entry.outcome.empty())
        return std::nullopt;
    for (const std::string* text :
        {&entry.actor, &entry.onBehalfOf, &entry.operation, &entry.subject, &entry.outcome, &entry.reason}) {
        if (!isUtf8(*text))
            return std::nullopt;
    }
    EnvelopeText text;
    appendMember(text.beforeTime, R"({"actor":)", entry.actor);
    text.beforeTime += R"(,"at":")";
    text.beforeId.reserve(fixedBytes + entry.data.text.size());
    text.beforeId = stamp.simulated ? R"(","clock":"simulated")" : R"(","clock":"system")";
    if (!appendData(text.beforeId, entry.data.text, seals))
        return std::nullopt;
    text.beforeId += R"(,"id":")";
    std::string& rest = text.afterIndex;
    rest.reserve(fixedBytes + entry.reason.size());
    appendMember(rest, R"(,"kind":)", wordOf(entry.kind));
    appendMember(rest, R"(,"onBehalfOf":)", entry.onBehalfOf);
    appendMember(rest, R"(,"operation":)", entry.operation);
    appendMember(rest, R"(,"outcome":)", entry.outcome);
    appendMember(rest, R"(,"reason":)", entry.reason);
    if (!appendRefs(rest, entry.refs))
        return std::nullopt;
    appendMember(rest, R"(,"subject":)", entry.subject);
    rest += R"(,"v":)" + std::to_string(envelopeVersion) + '}';
    return text;
}

}
