#include "core/insight/recorded_acts.h"

#include "core/domain/reflect.h"
#include "core/insight/change_record.h"
#include "core/trust/identity/people.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace ephor::insight {

namespace {

struct ChangeWord {
    std::string_view operation;
    std::string_view word;
};
constexpr std::array changeWords{ChangeWord{"changes.create", "drafted"},
    ChangeWord{"changes.submit", "submitted for approval"}, ChangeWord{"changes.approve", "approved"},
    ChangeWord{"changes.reject", "rejected"}, ChangeWord{"changes.ratify", "ratified"},
    ChangeWord{"changes.withdraw", "withdrawn"}};
constexpr std::array otherOperations{std::string_view("stops.set"), std::string_view("stops.lift"),
    std::string_view("grants.tighten"), std::string_view("approvals.decide"), std::string_view("approvals.confirm"),
    std::string_view("people.save")};

// Some of what is found belongs to teams the caller may not view.
constexpr std::size_t candidatesForOne = 4;

struct Act {
    std::uint64_t index = 0;
    Instant at;
    std::string operation;
    std::string subject;
    std::string outcome;
    std::string reason;
    std::string by; ///< name
    std::map<std::string, std::string> refs;

    std::string ref(const std::string& name) const
    {
        const auto found = refs.find(name);
        return found == refs.end() ? std::string() : found->second;
    }
    std::string byWords() const { return reason.empty() ? "By " + by : "By " + by + ": " + reason; }
    std::string recordRoute() const { return "assurance/record/" + std::to_string(index); }
};

using Item = std::optional<ChangedItem>;

std::string afterColon(const std::string& subject)
{
    const std::size_t colon = subject.find(':');
    return colon == std::string::npos ? subject : subject.substr(colon + 1);
}

Result<std::vector<std::int64_t>> indexesSince(const store::Snapshot& snapshot, Instant since, std::size_t limit)
{
    const std::string from = formatInstant(since);
    EPHOR_TRY(const auto first,
        snapshot.integer("SELECT idx, at FROM entry WHERE at >= ? ORDER BY at LIMIT 1", {std::string_view(from)}));
    std::vector<std::int64_t> indexes;
    if (!first)
        return indexes;
    const auto gather = [&](std::string_view operation) {
        return snapshot.query("SELECT idx FROM entry WHERE operation = ? AND idx >= ? ORDER BY idx DESC LIMIT ?",
            {operation, *first, std::int64_t(limit)}, [&](const store::Row& row) -> Result<void> {
                indexes.push_back(row.integer(0));
                return {};
            });
    };
    for (const ChangeWord& word : changeWords)
        EPHOR_TRY_VOID(gather(word.operation));
    for (const std::string_view operation : otherOperations)
        EPHOR_TRY_VOID(gather(operation));
    std::ranges::sort(indexes, std::greater());
    if (indexes.size() > limit)
        indexes.resize(limit);
    return indexes;
}

// Nothing for an attempt that was refused: it changed nothing.
Result<std::optional<Act>> readAct(const store::Snapshot& snapshot, std::int64_t index)
{
    EPHOR_TRY(const auto body, snapshot.text("SELECT body FROM leaf WHERE idx = ?", {index}));
    EPHOR_TRY(const Json json, parseJson(body.value_or("null")));
    const auto member = [&](const char* name) {
        const auto found = json.find(name);
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    Act act{
        std::uint64_t(index), {}, member("operation"), member("subject"), member("outcome"), member("reason"), {}, {}};
    if (member("kind") == "operation" && act.outcome != "done")
        return std::nullopt;
    EPHOR_TRY(act.at, parseInstant(member("at")));
    EPHOR_TRY(act.by, identity::displayName(snapshot, member("actor")));
    if (const auto refs = json.find("refs"); refs != json.end() && refs->is_object()) {
        for (const auto& [name, value] : refs->items()) {
            if (value.is_string())
                act.refs.emplace(name, value.get<std::string>());
        }
    }
    return act;
}

Result<Item> changeItem(const store::Snapshot& snapshot, const AgentNames& names, const Act& act, std::string_view word)
{
    const std::string id = act.refs.contains("change") ? act.ref("change") : afterColon(act.subject);
    EPHOR_TRY(const auto record, findChangeRecord(snapshot, id));
    if (!record || !names.contains(record->change.summary.agent))
        return Item();
    const ChangeSummary& change = record->change.summary;
    return Item({act.at, "change", id + " " + std::string(word) + ": " + change.title,
        names.find(change.agent)->second.title + ". " + act.byWords(), "changes/" + id});
}

Result<Item> approvalItem(const store::Snapshot& snapshot, const AgentNames& names, const Act& act)
{
    const std::string id = act.refs.contains("approval") ? act.ref("approval") : afterColon(act.subject);
    std::string agent;
    std::string tool;
    EPHOR_TRY_VOID(snapshot.query("SELECT approval.agent, coalesce(nullif(definition.title, ''), approval.tool)"
                                  " FROM approval LEFT JOIN definition ON definition.kind = 'tool'"
                                  " AND definition.name = approval.tool WHERE approval.id = ?",
        {std::string_view(id)}, [&](const store::Row& row) -> Result<void> {
            agent = row.string(0);
            tool = row.string(1);
            return {};
        }));
    const auto known = names.find(agent);
    if (known == names.end())
        return Item();
    const std::string word = act.outcome == "approved" ? "Approved: "
        : act.outcome == "confirmed"                   ? "Confirmed: "
                                                       : "Denied: ";
    // As of a change: what was done, then for whom and by whom, so that a narrow list shows the first whole.
    return Item({act.at, "approval", word + tool, known->second.title + ". " + act.byWords(), "inbox/" + id});
}

// What a stop was about; a lifted one is only in the record any more.
Result<std::map<std::string, std::string>> stopRefs(const store::Snapshot& snapshot, const Act& act)
{
    if (act.operation == "stops.set")
        return act.refs;
    EPHOR_TRY(const auto set,
        snapshot.integer("SELECT idx FROM entry WHERE subject = ? AND operation = 'stops.set' LIMIT 1",
            {std::string_view(act.subject)}));
    if (!set)
        return std::map<std::string, std::string>();
    EPHOR_TRY(auto found, readAct(snapshot, *set));
    return found ? found->refs : std::map<std::string, std::string>();
}

Result<Item> stopItem(const store::Snapshot& snapshot, const AgentNames& names, const Act& act)
{
    EPHOR_TRY(auto refs, stopRefs(snapshot, act));
    const std::string agent = refs["agent"];
    const auto known = names.find(agent);
    if (!agent.empty() && known == names.end())
        return Item();
    const bool isLifted = act.operation == "stops.lift";
    std::string what = !agent.empty() ? known->second.title : isLifted ? "every agent" : "Every agent";
    if (!refs["tool"].empty())
        what = refs["tool"] + (agent.empty() ? "" : " of " + what);
    std::string title;
    if (isLifted)
        title = "Stop lifted: " + what;
    else if (refs["mode"] == wordOf(StopMode::NoWrites))
        title = what + ": no writes";
    else if (refs["mode"] == wordOf(StopMode::NoNewRuns))
        title = what + ": no new runs";
    else
        title = what + " stopped";
    return Item({act.at, isLifted ? "lift" : "stop", title, act.byWords(),
        agent.empty() ? act.recordRoute() : "agents/" + agent});
}

Item grantItem(const AgentNames& names, const Act& act)
{
    const auto agent = names.find(act.ref("agent"));
    if (agent == names.end())
        return Item();
    const std::string word = act.ref("access") == wordOf(Access::Ask) ? " now asks before " : " may no longer use ";
    return Item(
        {act.at, "grant", agent->second.title + word + act.ref("tool"), act.byWords(), "agents/" + act.ref("agent")});
}

Result<Item> personItem(const store::Snapshot& snapshot, const Act& act)
{
    EPHOR_TRY(const std::string who, identity::displayName(snapshot, act.ref("person")));
    const std::string word = act.ref("act") == "added" ? " added" : " changed";
    return Item({act.at, "person", who + word, act.byWords(), act.recordRoute()});
}

Result<Item> itemOf(const store::Snapshot& snapshot, const AgentNames& names, const Act& act)
{
    const auto word = std::ranges::find(changeWords, act.operation, &ChangeWord::operation);
    if (word != changeWords.end())
        return changeItem(snapshot, names, act, word->word);
    if (act.operation == "approvals.decide" || act.operation == "approvals.confirm")
        return approvalItem(snapshot, names, act);
    if (act.operation == "grants.tighten")
        return grantItem(names, act);
    if (act.operation == "people.save")
        return personItem(snapshot, act);
    return stopItem(snapshot, names, act);
}

}

Result<std::vector<ChangedItem>> recordedActs(
    const store::Snapshot& snapshot, const AgentNames& names, Instant since, std::size_t limit)
{
    std::vector<ChangedItem> items;
    EPHOR_TRY(const auto indexes, indexesSince(snapshot, since, limit * candidatesForOne));
    for (const std::int64_t index : indexes) {
        if (items.size() == limit)
            break;
        EPHOR_TRY(const auto act, readAct(snapshot, index));
        if (!act || act->at < since)
            continue;
        EPHOR_TRY(auto item, itemOf(snapshot, names, *act));
        if (item)
            items.push_back(std::move(*item));
    }
    return items;
}

}
