#include "core/trust/detect/batch.h"

#include "core/trust/detect/detector_set.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace ephor::detect {

namespace {

std::unexpected<Error> itemFault(std::string message)
{
    return fail(ErrorKind::Invalid, "scan.item", std::move(message),
        "An item is {\"text\", \"entities\"?, \"profile\"?}: see docs/formats/verbs.md.");
}

/// The built-in detectors of a profile, compiled when they are first asked for.
Result<std::shared_ptr<const DetectorSet>> builtIn(Profile profile)
{
    static const auto ephor = DetectorSet::compile(Profile::Ephor);
    static const auto presidio = DetectorSet::compile(Profile::Presidio);
    return profile == Profile::Ephor ? ephor : presidio;
}

Result<Profile> profileOf(const Json& item)
{
    const auto found = item.find("profile");
    if (found == item.end() || *found == "ephor")
        return Profile::Ephor;
    if (*found == "presidio")
        return Profile::Presidio;
    return itemFault("The member \"profile\" is \"ephor\" or \"presidio\".");
}

Result<std::optional<std::vector<std::string>>> namesOf(const Json& item)
{
    const auto found = item.find("entities");
    if (found == item.end() || found->is_null())
        return std::nullopt;
    if (!found->is_array())
        return itemFault("The member \"entities\" is a list of names.");
    std::vector<std::string> names;
    for (const Json& name : *found) {
        if (!name.is_string())
            return itemFault("The member \"entities\" is a list of names.");
        names.push_back(name.get<std::string>());
    }
    return names;
}

/// Places in bytes to places in code points, asked for in any order near the last one.
class CodePoints {
public:
    explicit CodePoints(std::string_view text)
        : m_text(text)
    {
    }

    std::size_t at(std::size_t byte)
    {
        while (m_byte < byte)
            m_count += startsCharacter(m_byte++) ? 1 : 0;
        while (m_byte > byte)
            m_count -= startsCharacter(--m_byte) ? 1 : 0;
        return m_count;
    }

private:
    bool startsCharacter(std::size_t at) const { return (std::uint8_t(m_text[at]) & 0xC0) != 0x80; }

    std::string_view m_text;
    std::size_t m_byte = 0;
    std::size_t m_count = 0;
};

Result<Json> scanned(const Json& item)
{
    if (!item.is_object())
        return itemFault("An item is a JSON object.");
    const auto text = item.find("text");
    if (text == item.end() || !text->is_string())
        return itemFault("The item has no text \"text\".");
    EPHOR_TRY(const Profile profile, profileOf(item));
    EPHOR_TRY(const auto names, namesOf(item));
    EPHOR_TRY(const auto set, builtIn(profile));
    const auto& source = text->get_ref<const std::string&>();
    EPHOR_TRY(const std::vector<Finding> found, names ? set->scanFor(source, *names) : set->scan(source));
    Json findings = Json::array();
    CodePoints points(source);
    for (const Finding& finding : found) {
        // Scores are sums of hundredths; more digits would only show how they are stored.
        const double score = std::round(finding.score * 1000) / 1000;
        const std::size_t start = points.at(finding.start);
        findings.push_back(
            {{"entity", finding.entity->name}, {"start", start}, {"end", points.at(finding.end)}, {"score", score}});
    }
    return Json{{"findings", std::move(findings)}};
}

}

Json scanItem(const Json& item)
{
    auto answer = scanned(item);
    if (answer)
        return std::move(*answer);
    const Error& error = answer.error();
    Json told{{"code", error.code}, {"message", error.message}};
    if (!error.hint.empty())
        told["hint"] = error.hint;
    for (const auto& [name, value] : error.fields)
        told[name] = value;
    return {{"error", std::move(told)}};
}

}
