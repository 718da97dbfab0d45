#include "core/trust/ledger/envelope.h"

#include "core/base/hash.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::ledger {

namespace {

constexpr std::size_t commitmentLength = 44; ///< base64 of 32 bytes

Error entryError(const char* member)
{
    return Error(
        ErrorKind::Internal, "ledger.entry", "An entry lacks what every entry must state.", "This is a fault of Ephor.")
        .with("member", member);
}

bool isCommitment(const Json& value)
{
    if (!value.is_object() || value.size() != 1 || !value.contains("c"))
        return false;
    const auto* text = value["c"].get_ptr<const std::string*>();
    return text && text->size() == commitmentLength && fromBase64(*text).has_value();
}

std::string escapedToken(const std::string& member)
{
    std::string token;
    for (const char c : member)
        token += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return token;
}

// Depth is limited by parseJson.
void collectCommitments(const Json& value, const std::string& path, std::map<std::string, std::string>& found)
{
    if (isCommitment(value)) {
        found[path] = value["c"].get<std::string>();
        return;
    }
    if (value.is_object()) {
        for (const auto& [name, member] : value.items())
            collectCommitments(member, path + "/" + escapedToken(name), found);
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            collectCommitments(value[i], path + "/" + std::to_string(i), found);
    }
}

Result<Json> readData(const Document& document)
{
    if (document.text.empty())
        return Json::object();
    EPHOR_TRY(Json data, parseJson(document.text));
    if (data.is_null())
        return Json::object();
    if (!data.is_object())
        return fail(
            ErrorKind::Internal, "ledger.data", "An entry's data must be an object.", "This is a fault of Ephor.");
    std::map<std::string, std::string> found;
    collectCommitments(data, "", found);
    if (!found.empty())
        return fail(
            Error(ErrorKind::Invalid, "ledger.data", "An entry's data holds something that looks like a sealed value.",
                "An object with the one member \"c\" and 44 characters of base64 is reserved.")
                .with("at", found.begin()->first));
    return data;
}

}

Result<Json> makeEnvelope(const NewEntry& entry, const EntryStamp& stamp)
{
    if (entry.actor.empty())
        return fail(entryError("actor"));
    if (entry.operation.empty())
        return fail(entryError("operation"));
    if (entry.outcome.empty())
        return fail(entryError("outcome"));
    EPHOR_TRY(Json data, readData(entry.data));
    return Json{{"v", envelopeVersion}, {"idx", stamp.index}, {"id", stamp.id}, {"kind", wordOf(entry.kind)},
        {"at", formatInstant(stamp.at)}, {"clock", stamp.simulated ? "simulated" : "system"}, {"actor", entry.actor},
        {"onBehalfOf", entry.onBehalfOf}, {"operation", entry.operation}, {"subject", entry.subject},
        {"outcome", entry.outcome}, {"reason", entry.reason}, {"refs", entry.refs}, {"data", std::move(data)}};
}

EntryStamp unstamped(bool simulated)
{
    return {{}, 0, Instant(), simulated};
}

Result<EnvelopeText> textOfEnvelope(const Json& envelope)
{
    EPHOR_TRY(const std::string text, canonicalJson(envelope));
    // Quotes inside a value are escaped. Before the time stands the actor alone; behind the index, strings and texts
    // by name alone, so neither can look like what is searched for.
    const std::string time = formatInstant(Instant());
    constexpr std::string_view id = R"(,"id":")";
    constexpr std::string_view index = R"(","idx":0)";
    const std::size_t timeAt = text.find(R"(,"at":")" + time + '"');
    const std::size_t idAt = text.rfind(std::string(id) + std::string(index) + R"(,"kind":")");
    if (timeAt == std::string::npos || idAt == std::string::npos || idAt < timeAt)
        return fail(
            ErrorKind::Internal, "ledger.entry", "An entry has not the form of one.", "This is a fault of Ephor.");
    const std::size_t timeFrom = timeAt + 7;
    const std::size_t timeEnd = timeFrom + time.size();
    return EnvelopeText{text.substr(0, timeFrom), text.substr(timeEnd, idAt + id.size() - timeEnd),
        text.substr(idAt + id.size() + index.size())};
}

std::string EnvelopeText::with(const EntryStamp& stamp) const
{
    return beforeTime + formatInstant(stamp.at) + beforeId + stamp.id + R"(","idx":)" + std::to_string(stamp.index)
        + afterIndex;
}

Json makeCommitment(BytesView salt, std::string_view canonicalValue)
{
    return Json{{"c", toBase64(Sha256().add(salt).add(canonicalValue).finish())}};
}

Result<void> placeCommitment(Json& envelope, const std::string& path, Json commitment)
{
    const auto refused = [&] {
        return fail(Error(ErrorKind::Internal, "ledger.sealed-path",
            "A sealed field has no place of its own in the entry's data.", "This is a fault of Ephor.")
                .with("path", path));
    };
    try {
        const Json::json_pointer pointer(path);
        Json& data = envelope["data"];
        if (path.empty() || data.contains(pointer))
            return refused();
        data[pointer] = std::move(commitment);
        // A path through a number or an array's end lands elsewhere than it says.
        return data.is_object() && data.contains(pointer) ? Result<void>() : refused();
    } catch (const Json::exception&) {
        return refused();
    }
}

std::map<std::string, std::string> commitmentsIn(const Json& envelope)
{
    std::map<std::string, std::string> found;
    if (const auto data = envelope.find("data"); data != envelope.end())
        collectCommitments(*data, "", found);
    return found;
}

bool mayHoldCommitment(std::string_view body)
{
    return body.find(R"({"c":")") != std::string_view::npos;
}

}
