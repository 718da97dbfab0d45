#include "core/proof/body_check.h"

#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/proof/leaf.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::proof {

namespace {

Error entryFailure(const char* code, std::string message, std::uint64_t index)
{
    return Error(ErrorKind::CheckFailed, code, std::move(message)).with("entry", std::to_string(index));
}

Result<Json> readCanonical(std::uint64_t index, std::string_view entry)
{
    JsonLimits limits;
    limits.bytes = maxBlobBytes;
    Result<Json> envelope = parseJson(entry, limits);
    if (!envelope)
        return fail(
            entryFailure("export.body.json", "An entry is not JSON.", index).with("cause", envelope.error().code));
    const Result<std::string> canonical = canonicalJson(*envelope);
    if (!canonical || *canonical != entry)
        return fail(
            entryFailure("export.body.canonical", "An entry's JSON is not in canonical form (RFC 8785).", index));
    if (!envelope->is_object())
        return fail(entryFailure("export.body.object", "An entry is not a JSON object.", index));
    return envelope;
}

const std::string* textMember(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() ? found->get_ptr<const std::string*>() : nullptr;
}

void keepFirst(std::optional<Error>& slot, Error error)
{
    if (!slot)
        slot = std::move(error);
}

}

void BodyCheck::add(std::uint64_t index, std::string_view entry)
{
    Result<Json> envelope = readCanonical(index, entry);
    if (!envelope) {
        keepFirst(m_badBody, std::move(envelope).error());
        return;
    }
    addIdentity(index, *envelope);
    addTime(index, *envelope);
}

void BodyCheck::addIdentity(std::uint64_t index, const Json& envelope)
{
    const std::string* id = textMember(envelope, "id");
    if (id == nullptr || id->empty()) {
        keepFirst(m_badBody, entryFailure("export.body.id", "An entry has no id.", index));
        return;
    }
    const Digest digest = sha256(*id);
    Identity identity{{}, index};
    std::copy_n(digest.begin(), identity.hash.size(), identity.hash.begin());
    m_identities.push_back(identity);
    const auto place = envelope.find("idx");
    if (place != envelope.end() && *place != index)
        keepFirst(m_badPlace,
            entryFailure("export.order.index", "An entry states another place than the one it stands at.", index)
                .with("stated", compactJson(*place)));
}

void BodyCheck::addTime(std::uint64_t index, const Json& envelope)
{
    const std::string* clock = textMember(envelope, "clock");
    m_simulated = m_simulated || (clock != nullptr && *clock == "simulated");
    const std::string* at = textMember(envelope, "at");
    if (at == nullptr)
        return;
    const Result<Instant> instant = parseInstant(*at);
    if (!instant) {
        keepFirst(m_badBody, entryFailure("export.body.time", "An entry's time is not an RFC 3339 time.", index));
        return;
    }
    const std::int64_t microseconds = instant->time_since_epoch().count();
    if (m_previousMicroseconds && microseconds < *m_previousMicroseconds)
        keepFirst(m_oddTime,
            entryFailure("export.clock.stepped-back",
                "An entry's time is before that of the entry it follows; the order is the index.", index));
    m_previousMicroseconds = microseconds;
    judgeTime(index, microseconds / 1'000'000);
}

void BodyCheck::judgeTime(std::uint64_t index, std::int64_t seconds)
{
    constexpr auto tolerance = static_cast<std::int64_t>(clockToleranceSeconds);
    if (m_bounds.witnessedAt && seconds - tolerance > static_cast<std::int64_t>(*m_bounds.witnessedAt))
        keepFirst(m_badTime,
            entryFailure(
                "export.clock.ahead-of-witness", "An entry claims a time after a witness had already seen it.", index));
    if (m_bounds.earlierWitnessedAt && index >= m_bounds.earlierSize
        && seconds + tolerance < static_cast<std::int64_t>(*m_bounds.earlierWitnessedAt))
        keepFirst(m_oddTime,
            entryFailure("export.clock.behind-witness",
                "An entry claims a time before a witness saw the log without it.", index));
}

std::optional<Error> BodyCheck::findDuplicate()
{
    std::ranges::sort(m_identities, {}, [](const Identity& each) { return std::tie(each.hash, each.index); });
    const Identity* second = nullptr;
    const Identity* first = nullptr;
    for (std::size_t i = 1; i < m_identities.size(); ++i) {
        const bool same = m_identities[i].hash == m_identities[i - 1].hash;
        if (same && (second == nullptr || m_identities[i].index < second->index)) {
            second = &m_identities[i];
            first = &m_identities[i - 1];
        }
    }
    if (second == nullptr)
        return std::nullopt;
    return entryFailure("export.order.duplicate-id", "Two entries have one id.", second->index)
        .with("same-as", std::to_string(first->index));
}

void BodyCheck::report(Report& report, Coverage coverage)
{
    const CheckState clean = coverage == Coverage::AllEntries ? CheckState::Held : CheckState::NotReached;
    if (m_badBody)
        report.addFailure("bodies", *m_badBody);
    else
        report.add("bodies", clean, "canonical JSON, each with an id");
    const std::optional<Error> duplicate = findDuplicate();
    if (m_badPlace)
        report.addFailure("order", *m_badPlace);
    else if (duplicate)
        report.addFailure("order", *duplicate);
    else
        report.add("order", clean, "every id once, every entry at its place");
    report.simulatedClock = report.simulatedClock || m_simulated;
    if (report.simulatedClock)
        report.addWarning("clock",
            Error(ErrorKind::CheckFailed, "export.clock.simulated", "clock: simulated",
                "The times are made up: this is a demonstration's log, not a record of real events."));
    else if (m_badTime)
        report.addFailure("clock", *m_badTime);
    else if (m_oddTime)
        report.addWarning("clock", *m_oddTime);
    else
        report.add("clock", clean, "times do not run backwards");
}

}
