#include "core/run/runtime/operations.h"

#include "core/api/definitions.h"
#include "core/api/handlers.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "core/run/runtime/erasure_operations.h"
#include "core/run/runtime/recorder.h"
#include "core/run/runtime/routing.h"
#include "core/run/runtime/run_story.h"
#include "core/run/runtime/run_store.h"
#include "core/run/runtime/runtime.h"
#include "core/run/runtime/tries.h"
#include "core/trust/approval/approvals.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/ledger/query.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

Result<RecordedTexts> textsOf(
    const OperationServices& services, const store::Snapshot& snapshot, const std::vector<JournalStep>& steps)
{
    RecordedTexts texts;
    for (const JournalStep& step : steps) {
        EPHOR_TRY(const std::string body, services.ledger.body(snapshot, step.entry));
        EPHOR_TRY_VOID(addTexts(body, texts));
    }
    return texts;
}

Result<GetRun::Response> showRun(
    const OperationServices& services, const store::Snapshot& snapshot, const GetRun::Request& request)
{
    GetRun::Response response;
    EPHOR_TRY(response.run, findRun(snapshot, request.id));
    EPHOR_TRY(response.spans, services.spans(response.run.id));
    EPHOR_TRY(const auto steps, journal(snapshot, response.run.id));
    EPHOR_TRY(RecordedTexts texts, textsOf(services, snapshot, steps));
    response.label = texts.label;
    response.inspected = std::move(texts.inspected);
    for (const JournalStep& step : steps) {
        if (step.kind != JournalKind::Asked)
            continue;
        EPHOR_TRY(response.approvals.emplace_back(), approval::get(snapshot, step.approval));
    }
    EPHOR_TRY(response.verdictEntries, ledger::verdictEntries(snapshot, response.run.id));
    response.sentence = sentenceOf(response.run);
    return response;
}

Result<OpenRun::Response> openRun(const OperationServices& services, const store::Snapshot& snapshot, const Call& call,
    const OpenRun::Request& request)
{
    OpenRun::Response response;
    EPHOR_TRY(const RunSummary run, findRun(snapshot, request.id));
    EPHOR_TRY_VOID(call.allow({run.team, run.environment}));
    EPHOR_TRY(const auto steps, journal(snapshot, run.id));
    EPHOR_TRY(const RecordedTexts texts, textsOf(services, snapshot, steps));
    std::vector<PlacedPart> placed;
    std::vector<KeptText> raw;
    StoryPlaces places;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const RecordedTexts::Step& said = texts.steps[i];
        std::optional<std::uint64_t> message = places.begin(said);
        const auto fields = services.ledger.open(snapshot, steps[i].entry);
        if (!fields && fields.error().code == "ledger.erased") {
            response.erased = true;
            places.erased(said);
            continue;
        }
        if (!fields)
            return fail(fields.error());
        const std::size_t before = placed.size();
        for (const ledger::SealedField& field : *fields) {
            if (field.path == whyPath) {
                EPHOR_TRY(auto whys, fromJson<std::vector<VerdictWhy>>(jsonOf(field.value), UnknownMembers::Ignore));
                std::ranges::move(whys, std::back_inserter(response.whys));
            }
            if (field.path == rawPath) {
                EPHOR_TRY(auto kept, fromJson<std::vector<KeptText>>(jsonOf(field.value), UnknownMembers::Ignore));
                std::ranges::move(kept, std::back_inserter(raw));
            }
            if (field.path != "/messages")
                continue;
            for (const Json& stored : jsonOf(field.value)) {
                labelPart(placed.emplace_back(partOf(stored, run, steps[i].kind), message), texts);
                message = message ? std::optional(*message + 1) : std::nullopt;
            }
        }
        places.opened(placed.size() - before);
        if (said.cites && run.state == RunState::Done)
            citeAnswer(std::span(placed).subspan(before), texts);
    }
    addRawTexts(raw, placed);
    for (PlacedPart& each : placed)
        response.parts.push_back(std::move(each.part));
    return response;
}

Result<CancelRun::Response> cancelRun(const OperationServices& services, store::Transaction& transaction,
    const Call& call, const CancelRun::Request& request, Note& note)
{
    EPHOR_TRY(const RunSummary run, findRun(transaction, request.id));
    EPHOR_TRY_VOID(call.allow({run.team, run.environment}));
    if (run.state != RunState::Running && run.state != RunState::Waiting)
        return fail(ErrorKind::Conflict, "run.ended", "The run has ended already.", "Nothing is left to cancel.");
    note.subject = "run:" + run.id;
    note.reason = request.reason;
    note.refs = {{"run", run.id}};
    transaction.onOutcome([&runtime = services.runtime, id = run.id, by = call.principal().name,
                              reason = std::string(request.reason)](bool committed) {
        if (committed)
            runtime.cancel(id, by, reason);
    });
    return CancelRun::Response{};
}

}

void addHandlers(HandlerTable& table, const OperationServices& services)
{
    table.read<ListRuns>([services](const store::Snapshot& snapshot, const Call&,
                             const ListRuns::Request& request) -> Result<ListRuns::Response> {
        std::string hidden;
        if (!request.filter.text.empty()) {
            EPHOR_TRY(const auto protection, services.routing.parts().protection({}, nullptr));
            hidden = protection->hiddenName(request.filter.text);
        }
        return listRuns(snapshot, request, hidden);
    });
    table.read<GetRun>([services](const store::Snapshot& snapshot, const Call&, const GetRun::Request& request) {
        return showRun(services, snapshot, request);
    });
    table.read<OpenRun>([services](const store::Snapshot& snapshot, const Call& call, const OpenRun::Request& request) {
        return openRun(services, snapshot, call, request);
    });
    addErasureHandlers(table, services);
    table.write<CancelRun>(
        [services](store::Transaction& transaction, const Call& call, const CancelRun::Request& request, Note& note) {
            return cancelRun(services, transaction, call, request, note);
        });
    table.direct<TestModel>([services](const Call& call, const TestModel::Request& request, Note& note) {
        return testModel(services, call, request, note);
    });
    table.direct<TryPrompt>([services](const Call& call, const TryPrompt::Request& request, Note& note) {
        return tryPrompt(services, call, request, note);
    });
}

}
