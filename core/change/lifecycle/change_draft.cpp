#include "core/change/lifecycle/basis.h"
#include "core/change/lifecycle/grant_edits.h"
#include "core/change/lifecycle/operation_parts.h"
#include "core/definition/tags.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::lifecycle {

namespace {

Document draftData(const Change& change)
{
    Json items = Json::array();
    for (const ChangeItem& item : change.items)
        items.push_back(toJson(item));
    Json grants = Json::array();
    for (const GrantEdit& edit : change.grants) {
        grants.push_back(Json{{"tool", edit.after.tool}, {"before", inWords(edit.before)},
            {"after", inWords(edit.after)}, {"loosens", edit.loosens}});
    }
    return documentOf(Json{{"items", items}, {"grants", grants}});
}

Result<StoredChange> draftOf(const store::Snapshot& snapshot, const CreateChange::Request& request, const Basis& basis,
    const Principal& author, Instant now)
{
    StoredChange stored;
    Change& change = stored.change;
    ChangeSummary& summary = change.summary;
    summary.title = request.title;
    summary.agent = request.agent;
    summary.agentTitle = basis.agent.title;
    summary.team = basis.agent.team;
    summary.author = author.id;
    summary.authorName = author.name;
    summary.createdAt = now;
    summary.movedAt = now;
    change.description = request.description;
    EPHOR_TRY(change.items, completedItems(request.items, basis.parts));
    EPHOR_TRY(const auto tightenings, readTightenings(snapshot));
    const std::vector<GrantRule> none;
    EPHOR_TRY(change.grants,
        editsFor(request.grants, basis.parts.base ? basis.parts.base->grants : none, tightenings, request.agent,
            basis.parts.tools, now));
    if (change.items.empty() && change.grants.empty())
        return fail(Error(ErrorKind::Invalid, "change.no-effect", "The change alters nothing that is in production.",
            "Name a newer version, or a grant to alter.")
                .with("agent", request.agent));
    EPHOR_TRY(const ChangeRisk risk, readRisk(snapshot, basis, change.items, change.grants));
    summary.approvalsNeeded = approvalsNeeded(risk);
    EPHOR_TRY(change.digest, changeDigest(change));
    EPHOR_TRY(const auto authors, authorsOf(snapshot, change.items, author.id));
    stored.authors.assign(authors.begin(), authors.end());
    return stored;
}

Result<CreateChange::Response> draftChange(const Services& services, store::Transaction& transaction, const Call& call,
    const CreateChange::Request& request, Note& note)
{
    const Instant now = services.clock.now();
    EPHOR_TRY(const Basis basis, readBasis(transaction, request.agent, services.environment, request.items));
    EPHOR_TRY_VOID(call.allow({basis.agent.team, services.environment}));
    EPHOR_TRY(StoredChange stored, draftOf(transaction, request, basis, call.principal(), now));
    stored.change.summary.environment = services.environment;
    EPHOR_TRY_VOID(addChange(transaction, stored));
    EPHOR_TRY_VOID(definition::setChange(
        transaction, versionsOf(stored.change.items), stored.change.summary.id, stored.change.summary.state, now));
    noteChange(note, stored, {});
    note.data = draftData(stored.change);
    return CreateChange::Response{std::move(stored.change.summary)};
}

Result<WithdrawChange::Response> withdrawChange(const Services& services, store::Transaction& transaction,
    const Call& call, const WithdrawChange::Request& request, Note& note)
{
    EPHOR_TRY(StoredChange stored, openChange(transaction, call, request.id));
    EPHOR_TRY_VOID(moveChange(transaction, stored, ChangeAct::Withdraw, services.clock.now()));
    noteChange(note, stored, request.reason);
    return WithdrawChange::Response{std::move(stored.change.summary)};
}

}

void addDraftHandlers(HandlerTable& table, const ServicesPointer& services)
{
    table.write<CreateChange>(
        [services](store::Transaction& transaction, const Call& call, const CreateChange::Request& request,
            Note& note) { return draftChange(*services, transaction, call, request, note); });
    table.write<WithdrawChange>(
        [services](store::Transaction& transaction, const Call& call, const WithdrawChange::Request& request,
            Note& note) { return withdrawChange(*services, transaction, call, request, note); });
}

}
