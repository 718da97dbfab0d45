#include "core/trust/ledger/operations.h"

#include "core/api/audit.h"
#include "core/api/handlers.h"
#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/domain/short_id.h"
#include "core/proof/leaf.h"
#include "core/proof/merkle.h"
#include "core/proof/proof_file.h"
#include "core/trust/ledger/entry_detail.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/ledger/query.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

namespace ephor::ledger {

namespace {

std::optional<std::uint64_t> indexIn(const Error& error)
{
    for (const auto& [name, value] : error.fields) {
        std::uint64_t index = 0;
        if (name == "entry" && std::from_chars(value.data(), value.data() + value.size(), index).ec == std::errc())
            return index;
    }
    return std::nullopt;
}

}

RecordStatus recordStatusOf(const LedgerStatus& status)
{
    RecordStatus shown;
    shown.size = status.size;
    shown.verified = status.verifiedSize;
    shown.verifiedAt = status.verifiedAt;
    shown.headSize = status.headSize;
    shown.headAt = status.headAt;
    shown.headRoot = status.headRoot;
    shown.origin = status.origin;
    shown.simulatedClock = status.simulatedClock;
    shown.outsideCopy = status.outsideCopySize;
    shown.outsideCopyAt = status.outsideCopyAt.value_or(Instant{});
    if (status.fault) {
        shown.fault = describe(*status.fault);
        shown.faultIndex = indexIn(*status.fault);
    }
    return shown;
}

namespace {

// A run, a change or another thing named as people paste it: whole, short, or by a verdict given in it.
Result<void> takeReference(
    EntryFilter& wanted, const Services& services, const store::Snapshot& snapshot, const std::string& text)
{
    if (text.empty())
        return {};
    const std::string id = pastedId(text);
    wanted.refs = {id};
    if (lowerAscii(trim(text)).starts_with("vd-") && isUuid(id))
        wanted.verdict = lowerAscii(trim(text));
    if (isShortId(id) && services.wholeIds) {
        EPHOR_TRY(const auto whole, services.wholeIds(snapshot, id));
        wanted.refs.insert(wanted.refs.end(), whole.begin(), whole.end());
    }
    return {};
}

Result<EntryFilter> filterOf(const Services& services, const store::Snapshot& snapshot, const RecordFilter& filter)
{
    EntryFilter wanted;
    for (const std::string& kind : filter.kinds) {
        EPHOR_TRY(wanted.kinds.emplace_back(), enumeratorFrom<EntryKind>(kind));
    }
    wanted.actor = filter.actor;
    wanted.operationPrefix = filter.operation;
    wanted.subject = filter.subject;
    wanted.outcome = filter.outcome;
    wanted.tool = filter.tool;
    EPHOR_TRY_VOID(takeReference(wanted, services, snapshot, filter.reference));
    if (filter.range.from != Instant{})
        wanted.from = filter.range.from;
    if (filter.range.to != Instant{})
        wanted.until = filter.range.to;
    return wanted;
}

bool restricts(const RecordFilter& filter)
{
    return filter != RecordFilter{};
}

// Names asked for once a page: its entries are about few agents, people and releases.
class Names {
public:
    Names(const Services& services, const store::Snapshot& snapshot)
        : m_services(services)
        , m_snapshot(snapshot)
    {
    }
    const std::string& actor(const std::string& id)
    {
        const auto [known, fresh] = m_actors.try_emplace(id);
        if (fresh)
            known->second = m_services.nameOf(m_snapshot, id);
        return known->second;
    }
    const std::string& release(const std::string& id)
    {
        const auto [known, fresh] = m_releases.try_emplace(id);
        if (fresh && m_services.releaseName)
            known->second = m_services.releaseName(m_snapshot, id);
        return known->second;
    }

private:
    const Services& m_services;
    const store::Snapshot& m_snapshot;
    std::map<std::string, std::string> m_actors;
    std::map<std::string, std::string> m_releases;
};

RecordRow rowOf(Names& names, const EntryRow& entry)
{
    const DetailNames forDetail{[&](const std::string& actor) { return names.actor(actor); },
        [&](const std::string& release) { return names.release(release); }};
    return {entry.index, entry.id, wordOf(entry.kind), entry.at, entry.actor, names.actor(entry.actor), entry.operation,
        entry.subject, entry.outcome, entry.reason, entryDetail(entry.body, forDetail)};
}

Result<QueryRecord::Response> queryRecord(
    const Services& services, const store::Snapshot& snapshot, const QueryRecord::Request& request)
{
    EPHOR_TRY(const EntryFilter filter, filterOf(services, snapshot, request.filter));
    EntryPage page;
    page.limit = std::clamp<std::uint64_t>(request.limit, 1, maxEntryPage);
    if (request.before != 0)
        page.before = request.before;
    QueryRecord::Response response;
    EPHOR_TRY(const auto entries, findEntries(snapshot, filter, page));
    Names names(services, snapshot);
    for (const EntryRow& entry : entries)
        response.rows.push_back(rowOf(names, entry));
    response.size = services.ledger.status().size;
    if (restricts(request.filter) && request.before == 0) {
        const std::uint64_t most = countedAtMost(filter);
        EPHOR_TRY(response.matches, countEntries(snapshot, filter, most));
        response.exact = *response.matches < most && (filter.tool.empty() || response.size <= countedByReading);
    }
    return response;
}

Result<std::uint64_t> indexOf(const store::Snapshot& snapshot, const GetEntry::Request& request)
{
    if (request.id.empty())
        return request.index;
    EPHOR_TRY(const EntryRow row, entryById(snapshot, request.id));
    return row.index;
}

void collectSealed(const Json& value, const std::string& at, std::vector<std::string>& paths)
{
    if (value.is_object() && value.size() == 1 && value.contains("c") && value["c"].is_string()) {
        paths.push_back(at);
        return;
    }
    if (!value.is_object())
        return;
    for (const auto& [name, member] : value.items())
        collectSealed(member, at + "/" + name, paths);
}

// On a snapshot of its own: proving may have to sign a head first, and that waits for the writer.
Result<GetEntry::Response> showEntry(const Services& services, const GetEntry::Request& request)
{
    GetEntry::Response response;
    std::uint64_t index = 0;
    EPHOR_TRY_VOID(services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(index, indexOf(snapshot, request));
        EntryPage page;
        page.before = index + 1;
        page.limit = 1;
        EPHOR_TRY(const auto rows, findEntries(snapshot, {}, page));
        if (rows.empty() || rows.front().index != index)
            return fail(
                Error(ErrorKind::NotFound, "ledger.no-entry", "There is no such entry.", "The record ends before it.")
                    .with("index", std::to_string(index)));
        Names names(services, snapshot);
        response.row = rowOf(names, rows.front());
        EPHOR_TRY(response.body.text, services.ledger.body(snapshot, index));
        const std::string onBehalfOf = jsonOf(response.body).value("onBehalfOf", std::string());
        response.onBehalfOfName = onBehalfOf.empty() ? onBehalfOf : names.actor(onBehalfOf);
        const auto fields = services.ledger.open(snapshot, index);
        response.erased = !fields && fields.error().code == "ledger.erased";
        return {};
    }));
    response.leafHash = toHex(proof::leafHash(bytesOf(proof::leafFor(response.body.text).body)));
    collectSealed(jsonOf(response.body).value("data", Json::object()), "", response.sealedPaths);
    EPHOR_TRY(const std::string evidence, services.ledger.prove(index));
    EPHOR_TRY(const proof::ProofFile file, proof::parseProofFile(evidence));
    for (const Digest& hash : file.hashes)
        response.path.push_back(toHex(hash));
    response.head = file.checkpoint;
    response.headSize = services.ledger.status().headSize;
    return response;
}

Result<ProveEntry::Response> prove(const Services& services, const ProveEntry::Request& request)
{
    ProveEntry::Response response;
    EPHOR_TRY(response.proof, services.ledger.prove(request.index));
    EPHOR_TRY_VOID(services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(response.body, services.ledger.body(snapshot, request.index));
        return {};
    }));
    response.keys = services.ledger.publicKeys();
    return response;
}

Result<ExportRecord::Response> exportRecord(const Services& services, const ExportRecord::Request& request, Note& note)
{
    note.subject = "record";
    ExportRecord::Response response;
    EPHOR_TRY(response.entries,
        services.ledger.exportTo(request.directory, [](std::uint64_t, std::uint64_t) { return true; }));
    response.root = services.ledger.status().headRoot;
    return response;
}

}

void addHandlers(HandlerTable& table, const Services& services)
{
    table.read<RecordState>(
        [services](const store::Snapshot&, const Call&, const RecordState::Request&) -> Result<RecordState::Response> {
            return recordStatusOf(services.ledger.status());
        });
    table.read<QueryRecord>(
        [services](const store::Snapshot& snapshot, const Call&, const QueryRecord::Request& request) {
            return queryRecord(services, snapshot, request);
        });
    table.direct<GetEntry>(
        [services](const Call&, const GetEntry::Request& request, Note&) { return showEntry(services, request); });
    table.direct<VerifyRecord>(
        [services](const Call&, const VerifyRecord::Request& request, Note&) -> Result<VerifyRecord::Response> {
            EPHOR_TRY(const LedgerStatus status,
                services.ledger.verify(request.from,
                    [&services](std::uint64_t, std::uint64_t) { return !services.goesOn || services.goesOn(); }));
            return recordStatusOf(status);
        });
    table.direct<ProveEntry>(
        [services](const Call&, const ProveEntry::Request& request, Note&) { return prove(services, request); });
    table.direct<SignHead>([services](const Call&, const SignHead::Request&, Note& note) -> Result<SignHead::Response> {
        note.subject = "record";
        EPHOR_TRY(std::string head, services.ledger.checkpoint());
        return SignHead::Response{std::move(head)};
    });
    table.direct<ExportRecord>([services](const Call&, const ExportRecord::Request& request, Note& note) {
        return exportRecord(services, request, note);
    });
}

}
