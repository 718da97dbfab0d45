#include "core/workspace/dispatcher.h"

#include "core/domain/reflect.h"
#include "core/trust/identity/key_passes.h"
#include "core/trust/identity/service_keys.h"
#include "core/trust/ledger/ledger.h"
#include "core/workspace/call_scope.h"
#include "core/workspace/denial_count.h"
#include "core/workspace/idempotency.h"
#include "core/workspace/operation_topic.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::workspace {

namespace {

constexpr store::Migration dispatcherMigrations[] = {
    {"workspace", 1, "idempotency",
        "CREATE TABLE idempotency(principal TEXT NOT NULL, operation TEXT NOT NULL, key TEXT NOT NULL, request TEXT "
        "NOT NULL,"
        " answer TEXT, at INTEGER NOT NULL, PRIMARY KEY(principal, operation, key)) STRICT, WITHOUT ROWID;"
        "CREATE INDEX idempotency_at ON idempotency(at);"},
};

/// How an act ended, as its entry says.
struct Ended {
    std::string_view outcome;
    Permitted permitted = {};
};

ledger::NewEntry entryFor(const Operation& operation, const Principal& actor, const CallContext& context,
    const Note& note, const Ended& ended)
{
    ledger::NewEntry entry;
    entry.kind = operation.effect == Effect::Disclose ? ledger::EntryKind::Disclosure : ledger::EntryKind::Operation;
    entry.actor = actor.kind == PrincipalKind::Anonymous ? "anonymous" : actor.id;
    entry.operation = operation.name;
    entry.subject = note.subject;
    entry.outcome = ended.outcome;
    entry.reason = note.reason;
    entry.refs = note.refs;
    Json data = jsonOf(note.data);
    if (!data.is_object())
        data = Json::object();
    data["surface"] = wordOf(context.surface);
    if (!ended.permitted.rule.empty())
        data["rule"] = ended.permitted.rule;
    if (!ended.permitted.observed.empty())
        data["observed"] = ended.permitted.observed;
    entry.data = documentOf(data);
    return entry;
}

}

struct Dispatcher::Handler {
    const Operation* operation = nullptr;
    ReadFunction read;
    PrepareFunction prepare;
    CommitFunction commit;
    DirectFunction direct;
};

struct Dispatcher::Denials : DenialCount {
    using DenialCount::DenialCount;
};

Dispatcher::Dispatcher(store::Database& database, ledger::Ledger& ledger, const Clock& clock, EventBus& events,
    Authenticate authenticate, const access::Authority& authority, const keys::SymmetricKey& requestKey)
    : m_database(database)
    , m_ledger(ledger)
    , m_clock(clock)
    , m_events(events)
    , m_authenticate(std::move(authenticate))
    , m_authority(authority)
    , m_passes(std::make_unique<identity::KeyPasses>(clock))
    , m_denials(std::make_unique<Denials>(clock))
    , m_requestKey(requestKey)
    , m_underWay(std::make_unique<OnceUnderWay>())
{
}

Dispatcher::~Dispatcher() = default;

std::span<const store::Migration> Dispatcher::migrations()
{
    return dispatcherMigrations;
}

Dispatcher::Handler& Dispatcher::slot(const Operation& operation)
{
    auto& handler = m_handlers[operation.name];
    // Two handlers for one name is a fault of the program that no caller can mend; the first start-up of a test shows
    // it.
    if (handler)
        std::terminate();
    handler = std::make_unique<Handler>();
    handler->operation = &operation;
    return *handler;
}

void Dispatcher::addRead(const Operation& operation, ReadFunction function)
{
    slot(operation).read = std::move(function);
}

void Dispatcher::addWrite(const Operation& operation, PrepareFunction prepare, CommitFunction commit)
{
    Handler& handler = slot(operation);
    handler.prepare = std::move(prepare);
    handler.commit = std::move(commit);
}

void Dispatcher::addDirect(const Operation& operation, DirectFunction function)
{
    slot(operation).direct = std::move(function);
}

Result<void> Dispatcher::complete() const
{
    for (const OperationType& type : operationCatalogue()) {
        if (!m_handlers.contains(type.operation->name))
            return fail(Error(ErrorKind::Internal, "workspace.incomplete", "An operation has no handler.")
                    .with("operation", std::string(type.operation->name)));
    }
    return {};
}

Result<Principal> Dispatcher::admit(const Operation& operation, const CallContext& context)
{
    Principal principal;
    Result<void> admitted;
    if (auto holder = m_passes->recall(context.credential)) {
        principal = std::move(*holder);
        admitted = scopeOf(operation, principal, context).allow(Scope{});
    } else {
        admitted = lookUp(operation, context, principal);
    }
    if (!admitted) {
        refuse(operation, principal, context, admitted.error());
        return std::unexpected<Error>(std::move(admitted).error());
    }
    return principal;
}

Result<void> Dispatcher::lookUp(const Operation& operation, const CallContext& context, Principal& principal)
{
    const std::uint64_t generation = m_passes->generation();
    return m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(principal, m_authenticate(snapshot, context.credential));
        if (principal.kind == PrincipalKind::Service) {
            EPHOR_TRY(const auto key, identity::findServiceKey(snapshot, principal.id));
            if (key)
                m_passes->keep(context.credential, principal, key->expiresAt, generation);
        }
        return scopeOf(operation, principal, context).allow(Scope{});
    });
}

Result<void> Dispatcher::invoke(
    const OperationType& type, const void* request, void* response, const CallContext& context)
{
    const auto found = m_handlers.find(type.operation->name);
    if (found == m_handlers.end())
        return fail(Error(
            ErrorKind::NotFound, "operation.unknown", "There is no such operation.", "See the list of operations.")
                .with("operation", std::string(type.operation->name)));
    EPHOR_TRY_VOID(checkLimits(type.request(), request));
    const Handler& handler = *found->second;
    if (handler.read)
        return invokeRead(type, handler, request, response, context);
    if (!handler.direct)
        return invokeWrite(type, handler, request, response, context);
    return context.idempotencyKey.empty() || type.operation->effect == Effect::Read
        ? invokeDirect(type, handler, request, response, context)
        : invokeDirectOnce(type, handler, request, response, context);
}

Result<void> Dispatcher::invokeRead(
    const OperationType& type, const Handler& handler, const void* request, void* response, const CallContext& context)
{
    Principal principal;
    Note note;
    Permitted permitted;
    Result<void> done = m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(principal, m_authenticate(snapshot, context.credential));
        const CallScope call = scopeOf(*type.operation, principal, context);
        EPHOR_TRY_VOID(call.allow(Scope{}));
        EPHOR_TRY_VOID(handler.read(snapshot, call, request, response, note));
        permitted = call.permitted();
        return {};
    });
    if (!done) {
        refuse(*type.operation, principal, context, done.error());
        return done;
    }
    if (type.operation->effect != Effect::Disclose)
        return {};
    if (note.subject.empty()) {
        const Json asked = toJson(type.request(), request);
        note.subject = std::string(type.operation->name.substr(0, type.operation->name.find('.')));
        if (asked.contains("id") && asked["id"].is_string())
            note.subject += ":" + asked["id"].get<std::string>();
    }
    return record(entryFor(*type.operation, principal, context, note, {"done", std::move(permitted)}));
}

Result<void> Dispatcher::invokeWrite(
    const OperationType& type, const Handler& handler, const void* request, void* response, const CallContext& context)
{
    EPHOR_TRY(Principal principal, admit(*type.operation, context));
    HeldDraft draft;
    if (handler.prepare) {
        auto prepared = handler.prepare(scopeOf(*type.operation, principal, context), request);
        if (!prepared) {
            refuse(*type.operation, principal, context, prepared.error());
            return std::unexpected<Error>(std::move(prepared).error());
        }
        draft = std::move(*prepared);
    }
    const OnceKey once = onceKeyOf(type, request, principal, context);
    Note note;
    bool repeated = false;
    Result<void> done = m_database.write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY(principal, m_authenticate(transaction, context.credential));
        const CallScope call = scopeOf(*type.operation, principal, context);
        EPHOR_TRY_VOID(call.allow(Scope{}));
        if (!once.key.empty()) {
            EPHOR_TRY(const auto answer, answered(transaction, once));
            if (answer) {
                repeated = true;
                EPHOR_TRY(const Json json, parseJson(*answer));
                return fromJson(type.response(), response, json, UnknownMembers::Ignore);
            }
        }
        transaction.onOutcome([this](bool committed) {
            if (committed)
                m_passes->forget();
        });
        EPHOR_TRY_VOID(handler.commit(transaction, call, request, draft, response, note));
        if (!note.recorded) {
            EPHOR_TRY([[maybe_unused]] auto entry,
                m_ledger.append(
                    transaction, entryFor(*type.operation, principal, context, note, {"done", call.permitted()})));
        }
        return once.key.empty() ? Result<void>() : keepAnswer(transaction, once, type, response, m_clock);
    });
    if (!done)
        refuse(*type.operation, principal, context, done.error());
    else if (!repeated)
        announce(*type.operation, note);
    return done;
}

OnceKey Dispatcher::onceKeyOf(
    const OperationType& type, const void* request, const Principal& principal, const CallContext& context) const
{
    OnceKey once{principal.id, std::string(type.operation->name), context.idempotencyKey, {}};
    if (!once.key.empty())
        once.requestDigest = digestOf(type, request, m_requestKey);
    return once;
}

// Nothing holds an act outside the database and its answer together: after a crash between the two it happens again.
Result<void> Dispatcher::invokeDirectOnce(
    const OperationType& type, const Handler& handler, const void* request, void* response, const CallContext& context)
{
    EPHOR_TRY(const Principal principal, admit(*type.operation, context));
    const OnceKey once = onceKeyOf(type, request, principal, context);
    EPHOR_TRY([[maybe_unused]] const OnceUnderWay::Turn turn, m_underWay->begin(once));
    std::optional<std::string> answer;
    EPHOR_TRY_VOID(m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(answer, answered(snapshot, once));
        return {};
    }));
    if (answer) {
        EPHOR_TRY(const Json json, parseJson(*answer));
        return fromJson(type.response(), response, json, UnknownMembers::Ignore);
    }
    EPHOR_TRY_VOID(invokeDirect(type, handler, request, response, context));
    return m_database.write([&](store::Transaction& transaction) -> Result<void> {
        return keepAnswer(transaction, once, type, response, m_clock);
    });
}

Result<void> Dispatcher::invokeDirect(
    const OperationType& type, const Handler& handler, const void* request, void* response, const CallContext& context)
{
    EPHOR_TRY(const Principal principal, admit(*type.operation, context));
    const CallScope call = scopeOf(*type.operation, principal, context);
    Note note;
    if (type.operation->effect == Effect::Read)
        return handler.direct(call, request, response, note);
    EPHOR_TRY_VOID(call.allow(Scope{}));
    EPHOR_TRY_VOID(record(entryFor(*type.operation, principal, context, note, {"permitted", call.permitted()})));
    Result<void> done = handler.direct(call, request, response, note);
    if (!done)
        note.reason = done.error().message;
    EPHOR_TRY_VOID(
        record(entryFor(*type.operation, principal, context, note, {done ? "done" : "failed", call.permitted()})));
    if (done)
        announce(*type.operation, note);
    return done;
}

CallScope Dispatcher::scopeOf(const Operation& operation, const Principal& principal, const CallContext& context) const
{
    return CallScope(operation, principal, context, m_authority);
}

Result<void> Dispatcher::record(const ledger::NewEntry& entry)
{
    return m_database.write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY([[maybe_unused]] auto appended, m_ledger.append(transaction, entry));
        return {};
    });
}

// A refusal that cannot be recorded stays a refusal: the store's own halt says why, and the caller is denied all the
// same.
void Dispatcher::refuse(
    const Operation& operation, const Principal& actor, const CallContext& context, const Error& error)
{
    if (error.kind != ErrorKind::Forbidden && error.kind != ErrorKind::Unauthenticated)
        return;
    Note note;
    note.reason = error.message;
    if (actor.kind != PrincipalKind::Anonymous) {
        note.refs["code"] = error.code;
        const auto rule = std::ranges::find(error.fields, "rule", &std::pair<std::string, std::string>::first);
        if (rule != error.fields.end())
            note.refs["rule"] = rule->second;
        (void)record(entryFor(operation, actor, context, note, {"denied"}));
        return;
    }
    const auto due = m_denials->add(std::string(operation.name));
    if (!due)
        return;
    ledger::NewEntry entry;
    entry.kind = ledger::EntryKind::Denials;
    entry.actor = "anonymous";
    entry.operation = operation.name;
    entry.outcome = "denied";
    entry.reason = "Callers without a valid credential were refused.";
    entry.data = documentOf(Json{{"counts", *due}});
    m_database.submit(
        [this, entry](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY([[maybe_unused]] auto reference, m_ledger.append(transaction, entry));
            return {};
        },
        {});
}

void Dispatcher::announce(const Operation& operation, const Note& note)
{
    Event event;
    event.topic = topicOf(operation.name);
    event.kind = operation.name.substr(operation.name.find('.') + 1);
    const std::size_t colon = note.subject.find(':');
    event.id = colon == std::string::npos ? note.subject : note.subject.substr(colon + 1);
    m_events.publish(event);
    Event grown;
    grown.topic = Topic::Record;
    grown.kind = "grown";
    m_events.publish(std::move(grown));
}

}
