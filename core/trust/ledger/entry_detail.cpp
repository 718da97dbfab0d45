#include "core/trust/ledger/entry_detail.h"

#include "core/base/json.h"
#include "core/domain/short_id.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace ephor::ledger {

namespace {

std::string textIn(const Json& object, const char* name)
{
    if (!object.is_object())
        return {};
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Json objectIn(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_object() ? *found : Json::object();
}

std::string joined(std::initializer_list<std::string> parts)
{
    std::string all;
    for (const std::string& part : parts) {
        if (!part.empty())
            all += (all.empty() ? "" : ", ") + part;
    }
    return all;
}

// One entry, taken apart once.
struct Envelope {
    std::string operation;
    std::string outcome;
    std::string reason;
    std::string subjectKind; ///< "prompt" of "prompt:refunds"
    std::string subject; ///< "refunds", or all of it where it has no kind
    Json refs;
    Json data;

    std::string ref(const char* name) const { return textIn(refs, name); }
};

Envelope envelopeOf(const Json& body)
{
    Envelope envelope{textIn(body, "operation"), textIn(body, "outcome"), textIn(body, "reason"), {},
        textIn(body, "subject"), objectIn(body, "refs"), objectIn(body, "data")};
    if (const auto colon = envelope.subject.find(':'); colon != std::string::npos) {
        envelope.subjectKind = envelope.subject.substr(0, colon);
        envelope.subject.erase(0, colon + 1);
    }
    return envelope;
}

std::string shareWords(const Json& share)
{
    if (!share.is_number())
        return {};
    // Half a percent is a share people set; more digits are none.
    const auto tenths = std::llround(share.get<double>() * 1'000);
    const std::string rest = tenths % 10 == 0 ? std::string() : "." + std::to_string(tenths % 10);
    return std::to_string(tenths / 10) + rest + " %";
}

std::string rolloutDetail(const Envelope& entry)
{
    const std::string from = shareWords(entry.data.value("from", Json()));
    const std::string to = shareWords(entry.data.value("share", Json()));
    const std::string move = from.empty() || to.empty() || from == to ? to : from + " to " + to;
    return joined({entry.ref("change"), entry.ref("agent"), move});
}

std::string stopDetail(const Envelope& entry)
{
    if (entry.ref("mode").empty())
        return {};
    const std::string what = joined({entry.ref("agent"), entry.ref("tool")});
    return joined({what.empty() ? "everything" : what, entry.ref("mode")});
}

std::string runDetail(const Envelope& entry, const DetailNames& names)
{
    if (entry.operation == "run.end") {
        if (entry.outcome != "done")
            return entry.reason;
        const Json decision = objectIn(entry.data, "decision");
        return joined({textIn(decision, "outcome"), textIn(decision, "amount"), textIn(decision, "reference")});
    }
    if (!entry.ref("tool").empty())
        return entry.ref("tool");
    if (entry.operation == "model.call")
        return entry.ref("model");
    return joined({names.release ? names.release(entry.ref("release")) : std::string(), entry.ref("model")});
}

std::string personDetail(const Envelope& entry, const DetailNames& names)
{
    std::string person = entry.ref("person");
    if (person.empty() && (entry.subjectKind == "person" || entry.subjectKind == "key"))
        person = entry.subjectKind + ":" + entry.subject;
    if (person.empty() || !names.actor)
        return {};
    const std::string name = names.actor(person);
    return name == person ? shortId(person.substr(person.find(':') + 1)) : name;
}

std::string subjectDetail(const Envelope& entry)
{
    return isUuid(entry.subject) ? shortId(entry.subject) : entry.subject;
}

std::string detailOf(const Envelope& entry, const DetailNames& names)
{
    const auto isOf = [&](std::string_view area) { return entry.operation.starts_with(area); };
    if (isOf("rollouts."))
        return rolloutDetail(entry);
    if (isOf("changes."))
        return joined({entry.ref("change").empty() ? entry.subject : entry.ref("change"), entry.ref("agent")});
    if (isOf("stops."))
        return stopDetail(entry);
    if (entry.subjectKind == "run")
        return runDetail(entry, names);
    if (entry.subjectKind == "approval")
        return entry.ref("tool").empty() ? subjectDetail(entry) : entry.ref("tool");
    if (entry.subjectKind == "grant")
        return joined({entry.subject, entry.ref("access")});
    if (const std::string person = personDetail(entry, names); !person.empty())
        return person;
    const std::string version = entry.ref("version");
    return version.empty() ? subjectDetail(entry) : entry.subject + " v" + version;
}

}

std::string entryDetail(std::string_view body, const DetailNames& names)
{
    const auto parsed = parseJson(body);
    if (!parsed || !parsed->is_object())
        return {};
    return detailOf(envelopeOf(*parsed), names);
}

}
