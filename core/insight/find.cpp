#include "core/insight/find.h"

#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/domain/short_id.h"
#include "core/insight/agent_facts.h"
#include "core/insight/change_record.h"
#include "core/insight/run_record.h"
#include "core/insight/words.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace ephor::insight {

namespace {

constexpr std::size_t mostHits = 20;
constexpr std::int64_t hitsOfOneKind = 8; // so that one kind does not crowd out the others
constexpr std::size_t shortestHex = 6;
constexpr std::size_t digestHex = 64;
constexpr std::string_view digestPrefix = "sha256:";

// One search: what is asked, who asks, and what was found so far.
struct Search {
    const Services& services;
    const store::Snapshot& snapshot;
    const Call& call;
    std::string text;
    std::vector<ChangedItem> hits;

    bool mayView(const std::string& team) const { return call.holds(Permission::View, {team, services.environment}); }
    void add(ChangedItem hit)
    {
        const bool known = std::ranges::any_of(
            hits, [&](const ChangedItem& other) { return other.kind == hit.kind && other.route == hit.route; });
        if (!known && hits.size() < mostHits)
            hits.push_back(std::move(hit));
    }
};

bool isHexPrefix(std::string_view text)
{
    return text.size() >= shortestHex && text.find_first_not_of("0123456789abcdef-") == std::string_view::npos;
}

std::optional<std::int64_t> numberFrom(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= 0 ? std::optional(number)
                                                                                   : std::nullopt;
}

std::string titleOr(std::string title, const std::string& name)
{
    return title.empty() ? name : std::move(title);
}

ChangedItem runHit(const RunSummary& run)
{
    std::string detail = titleOr(run.agentTitle, run.agent) + ", " + stateWords(wordOf(run.state));
    if (!run.decision.reference.empty())
        detail += ", " + run.decision.reference;
    return {run.startedAt, "run", "Run " + shortId(run.id), detail, "activity/runs/" + run.id};
}

Result<void> addEntry(Search& search, std::int64_t index)
{
    return search.snapshot.query("SELECT at, operation, outcome, subject FROM leaf WHERE idx = ?", {index},
        [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(const Instant at, parseInstant(row.text(0)));
            const std::string number = std::to_string(index);
            search.add({at, "entry", "Entry #" + number, row.string(1) + ", " + row.string(2) + ", " + row.string(3),
                "assurance/record/" + number});
            return {};
        });
}

Result<void> findEntry(Search& search)
{
    if (!search.call.holds(Permission::ReadRecord, {}))
        return {};
    if (const std::string id = pastedId(search.text); isUuid(id)) {
        EPHOR_TRY(
            const auto index, search.snapshot.integer("SELECT idx FROM entry WHERE id = ?", {std::string_view(id)}));
        return index ? addEntry(search, *index) : Result<void>{};
    }
    if (!search.text.starts_with('#'))
        return {};
    const auto index = numberFrom(trim(std::string_view(search.text).substr(1)));
    return index ? addEntry(search, *index) : Result<void>{};
}

Result<void> findVerdict(Search& search)
{
    constexpr std::string_view prefix = "vd-";
    const std::string id = lowerAscii(search.text);
    const std::size_t dash = id.rfind('-');
    if (!id.starts_with(prefix) || dash <= prefix.size())
        return {};
    const std::string run = id.substr(prefix.size(), dash - prefix.size());
    EPHOR_TRY(const auto runs, runsByPrefix(search.snapshot, run, 1));
    if (runs.empty() || runs.front().id != run || !search.mayView(runs.front().team))
        return {};
    return search.snapshot.query(
        "SELECT body FROM leaf WHERE idx IN (SELECT idx FROM entry WHERE ref_run = ?) ORDER BY idx",
        {std::string_view(run)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(const Json body, parseJson(row.text(0)));
            const Json verdicts = body.value(Json::json_pointer("/data/verdicts"), Json::array());
            for (const Json& each : verdicts) {
                EPHOR_TRY(const Verdict verdict, fromJson<Verdict>(each, UnknownMembers::Ignore));
                if (verdict.id == id)
                    search.add({runs.front().startedAt, "verdict", verdict.gate + ": " + wordOf(verdict.word),
                        verdict.reason, "activity/runs/" + run});
            }
            return {};
        });
}

Result<void> findChange(Search& search)
{
    const std::string id = lowerAscii(search.text);
    if (!id.starts_with("ch-") || !numberFrom(id.substr(3)))
        return {};
    EPHOR_TRY(const auto record, findChangeRecord(search.snapshot, "CH-" + id.substr(3)));
    if (!record || !search.mayView(record->change.summary.team))
        return {};
    const ChangeSummary& change = record->change.summary;
    search.add({change.movedAt, "change", change.id + ", " + change.title,
        titleOr(change.agentTitle, change.agent) + ", " + stateWords(wordOf(change.state)), "changes/" + change.id});
    return {};
}

Result<void> findRuns(Search& search)
{
    const std::string id = lowerAscii(pastedId(search.text));
    std::vector<RunSummary> runs;
    if (isHexPrefix(id)) {
        EPHOR_TRY(runs, runsByPrefix(search.snapshot, id, hitsOfOneKind));
    }
    if (isShortId(id)) {
        EPHOR_TRY(const auto shortened, runsByShortId(search.snapshot, id, hitsOfOneKind));
        runs.insert(runs.end(), shortened.begin(), shortened.end());
    }
    EPHOR_TRY(const auto referred, runsByReference(search.snapshot, search.text, hitsOfOneKind));
    runs.insert(runs.end(), referred.begin(), referred.end());
    for (const RunSummary& run : runs) {
        if (search.mayView(run.team))
            search.add(runHit(run));
    }
    return {};
}

Result<void> findApprovals(Search& search)
{
    const std::string id = lowerAscii(pastedId(search.text));
    const std::string_view bare = id.starts_with("ap-") ? std::string_view(id).substr(3) : std::string_view(id);
    if (!isHexPrefix(bare))
        return {};
    const std::string end = id + "~";
    return search.snapshot.query("SELECT body FROM approval WHERE id >= ?1 AND id < ?2"
                                 " OR length(?1) = 8 AND substr(id, -8) = ?1 ORDER BY id DESC LIMIT ?3",
        {std::string_view(id), std::string_view(end), hitsOfOneKind}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(const Json json, parseJson(row.text(0)));
            EPHOR_TRY(const ApprovalRequest request, fromJson<ApprovalRequest>(json, UnknownMembers::Ignore));
            if (search.mayView(request.team))
                search.add({request.requestedAt, "approval", "Request for " + request.tool,
                    titleOr(request.agentTitle, request.agent) + ", " + stateWords(wordOf(request.state)),
                    "inbox/" + request.id});
            return {};
        });
}

Result<void> findReleases(Search& search, const AgentNames& names)
{
    std::string digest = lowerAscii(search.text);
    if (digest.starts_with(digestPrefix))
        digest.erase(0, digestPrefix.size());
    if (!isHexPrefix(digest) || digest.size() > digestHex)
        return {};
    const std::string begin = std::string(digestPrefix) + digest;
    const std::string end = begin + "~";
    return search.snapshot.query(
        "SELECT agent, number, at, id FROM release WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
        {std::string_view(begin), std::string_view(end), hitsOfOneKind}, [&](const store::Row& row) -> Result<void> {
            const std::string agent = row.string(0);
            const auto known = names.find(agent);
            if (known != names.end() && search.mayView(known->second.team))
                search.add({Instant(Duration(row.integer(2))), "release",
                    known->second.title + " v" + std::to_string(row.integer(1)), row.string(3), "agents/" + agent});
            return {};
        });
}

std::string definitionRoute(const std::string& kind, const std::string& name)
{
    return kind == "agent" ? "agents/" + name : "library/" + kind + "s/" + name;
}

Result<void> findDefinitions(Search& search)
{
    // Agents before their parts, and names that begin with the text before those that hold it somewhere.
    return search.snapshot.query(
        "SELECT kind, name, title, team, created_at, (SELECT title FROM team WHERE team.name = definition.team)"
        " FROM definition WHERE instr(name, lower(?1)) > 0"
        " OR instr(lower(title), lower(?1)) > 0"
        " ORDER BY kind <> 'agent', instr(name, lower(?1)) <> 1 AND instr(lower(title), lower(?1)) <> 1, name",
        {std::string_view(search.text)}, [&](const store::Row& row) -> Result<void> {
            const std::string kind = row.string(0);
            const std::string name = row.string(1);
            if (search.mayView(row.string(3)))
                search.add({Instant(Duration(row.integer(4))), kind, titleOr(row.string(2), name),
                    kind + " " + name + ", team " + titleOr(row.string(5), row.string(3)),
                    definitionRoute(kind, name)});
            return {};
        });
}

Result<void> findPeople(Search& search)
{
    return search.snapshot.query(
        "SELECT id, name, title, login, created_at FROM person WHERE instr(lower(name), lower(?1))"
        " > 0 OR instr(login, lower(?1)) > 0 ORDER BY name LIMIT ?2",
        {std::string_view(search.text), hitsOfOneKind}, [&](const store::Row& row) -> Result<void> {
            search.add({Instant(Duration(row.integer(4))), "person", row.string(1),
                titleOr(row.string(2), row.string(3)), "settings/people/" + row.string(0)});
            return {};
        });
}

}

Result<FindAnything::Response> findAnything(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const FindAnything::Request& request)
{
    Search search{services, snapshot, call, std::string(trim(request.text)), {}};
    if (search.text.empty())
        return FindAnything::Response{};
    EPHOR_TRY(const AgentNames names, agentNames(snapshot));
    EPHOR_TRY_VOID(findEntry(search));
    EPHOR_TRY_VOID(findVerdict(search));
    EPHOR_TRY_VOID(findChange(search));
    EPHOR_TRY_VOID(findApprovals(search));
    EPHOR_TRY_VOID(findRuns(search));
    EPHOR_TRY_VOID(findReleases(search, names));
    EPHOR_TRY_VOID(findDefinitions(search));
    EPHOR_TRY_VOID(findPeople(search));
    return FindAnything::Response{std::move(search.hits)};
}

}
