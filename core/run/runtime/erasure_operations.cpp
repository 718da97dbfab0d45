#include "core/run/runtime/erasure_operations.h"

#include "core/api/handlers.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/run/runtime/erasure.h"
#include "core/run/runtime/operations.h"
#include "core/run/runtime/routing.h"
#include "core/run/runtime/runtime.h"
#include "core/store/log_emptying.h"
#include "core/trust/guard/protection.h"
#include "core/trust/ledger/ledger.h"

#include <algorithm>

namespace ephor::runtime {

namespace {

// A person's runs may be anywhere, and what is erased is erased for everybody.
const Scope everywhere{"*", "*"};

struct Sought {
    KnownPerson person;
    std::string digest; ///< what a wish is kept under, and what the record names; not the hash that lists show
};

Result<Sought> soughtAs(const OperationServices& services, const store::Snapshot& snapshot, const std::string& person)
{
    EPHOR_TRY(const auto protection, services.routing.parts().protection({}, nullptr));
    Sought sought;
    EPHOR_TRY(sought.person, knownPerson(snapshot, *protection, person));
    // By the hash, so that whoever confirms may name the person by the other of the two.
    sought.digest = protection->hiddenName("to be erased\n" + sought.person.hidden);
    return sought;
}

std::string sentenceOf(const ErasureReach& reach)
{
    if (reach.runs == 0 && !reach.sealed)
        return "Nothing is known of this person, or it was erased before.";
    std::string sentence = "Erasing takes what was said in " + countWords(reach.runs, "run")
        + " for good, and the name out of their list. The record keeps what was decided, and its proofs.";
    if (reach.underWay > 0)
        sentence += " First " + countWords(reach.underWay, "run") + " must end.";
    if (reach.namedOpenly > 0)
        sentence += " The conversation or reference of " + countWords(reach.namedOpenly, "run")
            + " holds the name: where it stands in the record, it stays.";
    return sentence;
}

Result<void> refuseNobody(const ErasureReach& reach)
{
    if (reach.runs > 0 || reach.sealed)
        return {};
    return fail(ErrorKind::NotFound, "erasure.nobody", "Nothing is known of this person, or it was erased before.",
        "Name the person exactly as callers do, or by the hash that the list of runs shows.");
}

// The reason stays in the record.
Result<void> refuseNaming(const std::string& reason, const KnownPerson& person)
{
    const std::string said = lowerAscii(reason);
    if (std::ranges::none_of(
            person.names, [&](const std::string& name) { return said.find(lowerAscii(name)) != said.npos; }))
        return {};
    return fail(ErrorKind::Invalid, "erasure.reason-names", "The reason holds the name that is to be erased.",
        "Say it without the name: the reason stays in the record.");
}

Result<PreviewErasure::Response> previewErasure(const OperationServices& services, const store::Snapshot& snapshot,
    const Call& call, const PreviewErasure::Request& request)
{
    EPHOR_TRY_VOID(call.allow(everywhere));
    EPHOR_TRY(const Sought sought, soughtAs(services, snapshot, request.person));
    PreviewErasure::Response response;
    EPHOR_TRY(response.reach, reachOf(snapshot, sought.person));
    EPHOR_TRY(response.wish, wishFor(snapshot, sought.digest, services.clock.now()));
    response.sentence = sentenceOf(response.reach);
    return response;
}

struct AskedErasure {
    Sought sought;
    ErasureReach reach;
};

// Looking through every run is not for the writer's thread where nothing hangs on it yet.
Result<AskedErasure> lookUp(const OperationServices& services, const Call& call, const AskErasure::Request& request)
{
    EPHOR_TRY_VOID(call.allow(everywhere));
    AskedErasure asked;
    EPHOR_TRY_VOID(services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(asked.sought, soughtAs(services, snapshot, request.person));
        EPHOR_TRY(asked.reach, reachOf(snapshot, asked.sought.person));
        return {};
    }));
    EPHOR_TRY_VOID(refuseNaming(request.reason, asked.sought.person));
    EPHOR_TRY_VOID(refuseNobody(asked.reach));
    return asked;
}

Result<AskErasure::Response> askErasure(const OperationServices& services, store::Transaction& transaction,
    const Call& call, const AskErasure::Request& request, const AskedErasure& asked, Note& note)
{
    EPHOR_TRY_VOID(call.allow(everywhere));
    const Sought& sought = asked.sought;
    AskErasure::Response response;
    response.reach = asked.reach;
    EPHOR_TRY(const auto wish, wishFor(transaction, sought.digest, services.clock.now()));
    if (wish && wish->by != call.principal().id)
        return fail(ErrorKind::Conflict, "erasure.asked", wish->byName + " has asked for it already.",
            "Look at what it takes, and confirm it if you may.");
    EPHOR_TRY_VOID(keepWish(transaction, sought.digest,
        {call.principal().id, call.principal().name, services.clock.now(), request.reason}));
    note.subject = "erasure:" + sought.digest;
    note.reason = request.reason;
    response.sentence = "A second person has to confirm it within 14 days. " + sentenceOf(response.reach);
    return response;
}

// What is in memory of ended runs follows once nothing can bring them back.
void forgetWhenErased(store::Transaction& transaction, Runtime& runtime, std::vector<RunSummary> runs)
{
    transaction.onOutcome([&runtime, runs = std::move(runs)](bool committed) {
        if (committed)
            runtime.forget(runs);
    });
}

Result<void> destroy(const OperationServices& services, store::Transaction& transaction, const KnownPerson& person,
    const std::string& actor, const std::string& reason)
{
    for (const std::string& subject : person.subjects) {
        const auto erased = services.ledger.erase(transaction, subject, actor, reason);
        if (!erased && erased.error().code != "ledger.no-subject")
            return erased;
    }
    return {};
}

Result<ConfirmErasure::Response> confirmErasure(const OperationServices& services, store::Transaction& transaction,
    const Call& call, const ConfirmErasure::Request& request, Note& note)
{
    EPHOR_TRY_VOID(call.allow(everywhere));
    EPHOR_TRY(const Sought sought, soughtAs(services, transaction, request.person));
    EPHOR_TRY_VOID(refuseNaming(request.reason, sought.person));
    ConfirmErasure::Response response;
    EPHOR_TRY(response.erased, reachOf(transaction, sought.person));
    EPHOR_TRY_VOID(refuseNobody(response.erased));
    EPHOR_TRY(const auto wish, wishFor(transaction, sought.digest, services.clock.now()));
    if (!wish)
        return fail(ErrorKind::Conflict, "erasure.not-asked", "Nobody has asked for this person to be erased.",
            "It takes two people: one asks for it, and another confirms it by the same name.");
    if (wish->by == call.principal().id)
        return fail(ErrorKind::Forbidden, "erasure.own-proposal", "You asked for it yourself.",
            "Somebody else has to confirm it.");
    if (response.erased.underWay > 0)
        return fail(Error(ErrorKind::Conflict, "erasure.runs-under-way",
            "For this person " + countWords(response.erased.underWay, "run") + " are under way or wait for somebody.",
            "Decide about what waits or cancel it, and confirm again.")
                .with("runs", std::to_string(response.erased.underWay)));
    EPHOR_TRY_VOID(destroy(services, transaction, sought.person, call.principal().id, request.reason));
    EPHOR_TRY(auto runs, takeNamesOut(transaction, sought.person));
    EPHOR_TRY_VOID(dropWish(transaction, sought.digest));
    store::emptyLogAfter(transaction);
    forgetWhenErased(transaction, services.runtime, std::move(runs));
    note.subject = "erasure:" + sought.digest;
    note.reason = request.reason;
    note.refs = {{"askedBy", wish->by}};
    note.data.text = "{\"runs\":" + std::to_string(response.erased.runs) + "}";
    response.sentence = "Erased for good: what was said in " + countWords(response.erased.runs, "run")
        + ". Copies made before still hold it until they are deleted.";
    return response;
}

}

void addErasureHandlers(HandlerTable& table, const OperationServices& services)
{
    table.read<PreviewErasure>(
        [services](const store::Snapshot& snapshot, const Call& call, const PreviewErasure::Request& request) {
            return previewErasure(services, snapshot, call, request);
        });
    table.write<AskErasure, AskedErasure>(
        [services](const Call& call, const AskErasure::Request& request) { return lookUp(services, call, request); },
        [services](store::Transaction& transaction, const Call& call, const AskErasure::Request& request,
            AskedErasure& asked, Note& note) { return askErasure(services, transaction, call, request, asked, note); });
    table.write<ConfirmErasure>(
        [services](store::Transaction& transaction, const Call& call, const ConfirmErasure::Request& request,
            Note& note) { return confirmErasure(services, transaction, call, request, note); });
}

}
