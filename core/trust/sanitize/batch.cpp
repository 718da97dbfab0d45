#include "core/trust/sanitize/batch.h"

#include "core/trust/sanitize/sanitizer.h"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <nlohmann/json.hpp>

namespace ephor::sanitize {

namespace {

std::unexpected<Error> sanitizeFault(std::string message)
{
    return fail(ErrorKind::Invalid, "sanitize.item", std::move(message),
        "An item is {\"text\", \"sink\"?, \"allow\"?}: see docs/formats/verbs.md.");
}

/// "TagCharacters" as "tag-characters".
std::string hyphened(const std::string_view name)
{
    std::string word;
    for (const char c : name) {
        const bool capital = c >= 'A' && c <= 'Z';
        if (capital && !word.empty())
            word += '-';
        word += capital ? char(c | 0x20) : c;
    }
    return word;
}

Result<Sink> sinkOf(const Json& item)
{
    const auto given = item.find("sink");
    if (given == item.end())
        return Sink::Model;
    std::string known;
    std::optional<Sink> sink;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Sink>>([&](const auto enumerator) {
        const std::string word = hyphened(enumerator.name);
        known += (known.empty() ? "" : ", ") + word;
        if (given->is_string() && given->template get_ref<const std::string&>() == word)
            sink = enumerator.value;
    });
    if (!sink)
        return sanitizeFault("The member \"sink\" is one of " + known + ".");
    return *sink;
}

Result<AllowedHosts> allowedOf(const Json& item)
{
    AllowedHosts hosts;
    const auto given = item.find("allow");
    if (given == item.end() || given->is_null())
        return hosts;
    if (!given->is_array())
        return sanitizeFault("The member \"allow\" is a list of hosts.");
    for (const Json& host : *given) {
        if (!host.is_string())
            return sanitizeFault("The member \"allow\" is a list of hosts.");
        hosts.push_back(host.get<std::string>());
    }
    return hosts;
}

/// Places in bytes to places in code points, asked for near the last one.
class CodePointPlaces {
public:
    explicit CodePointPlaces(std::string_view text)
        : m_text(text)
    {
    }

    std::size_t of(const std::size_t byte)
    {
        while (m_byte < byte)
            m_count += beginsCharacter(m_byte++) ? 1 : 0;
        while (m_byte > byte)
            m_count -= beginsCharacter(--m_byte) ? 1 : 0;
        return m_count;
    }

private:
    bool beginsCharacter(const std::size_t at) const { return (std::uint8_t(m_text[at]) & 0xC0) != 0x80; }

    std::string_view m_text;
    std::size_t m_byte = 0;
    std::size_t m_count = 0;
};

Result<Json> sanitized(const Json& item)
{
    if (!item.is_object())
        return sanitizeFault("An item is a JSON object.");
    const auto given = item.find("text");
    if (given == item.end() || !given->is_string())
        return sanitizeFault("The item has no text \"text\".");
    EPHOR_TRY(const Sink sink, sinkOf(item));
    EPHOR_TRY(const AllowedHosts allowed, allowedOf(item));
    const auto& raw = given->get_ref<const std::string&>();
    Sanitized result = sanitize(raw, sink, allowed);
    CodePointPlaces places(raw);
    Json removed = Json::array();
    for (const Removal& removal : result.removed) {
        const std::size_t start = places.of(removal.start);
        Json told = {{"kind", hyphened(boost::describe::enum_to_string(removal.kind, ""))}, {"start", start},
            {"end", places.of(removal.end)}};
        if (!removal.revealed.empty())
            told["revealed"] = removal.revealed;
        removed.push_back(std::move(told));
    }
    return Json{{"text", std::move(result.text)}, {"removed", std::move(removed)}};
}

}

Json sanitizeItem(const Json& item)
{
    auto answer = sanitized(item);
    if (answer)
        return std::move(*answer);
    const Error& error = answer.error();
    return {{"error", {{"code", error.code}, {"message", error.message}, {"hint", error.hint}}}};
}

}
