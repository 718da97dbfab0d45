#pragma once

#include "core/api/event.h"
#include "core/api/operation.h"
#include "core/api/surface.h"
#include "core/base/result.h"
#include "core/domain/type_of.h"

#include <functional>
#include <memory>
#include <string>

namespace ephor {

/// Who calls and how. The credential is a session token or a service key; the dispatcher finds the actor from it.
struct CallContext {
    std::string credential;
    Surface surface = Surface::Console;
    std::string idempotencyKey; ///< a write with a key seen before answers what it answered then
    std::string peer; ///< address of the caller, for the record; empty in-process
    bool localPeer = false; ///< came over the owner's socket, loopback or in-process
};

/// What a run is started with. `person`, `conversation` and `reference` are claims of the caller: they choose the
/// variant and are recorded; they never give a right.
struct StartRun {
    static constexpr Operation operation{
        "runs.start", Permission::InvokeAgents, Effect::Write, "Start a run of an agent"};
    struct Request {
        Name agent;
        Document messages; ///< Chat Completions messages: a list of {role, content}
        Document variables; ///< of the prompt's template; null: none
        Text<256> person;
        Text<256> conversation;
        Text<256> reference;
        std::optional<std::uint64_t> maxOutputTokens;
        bool stream = false; ///< the caller shows the answer in pieces
    };
};
BOOST_DESCRIBE_STRUCT(
    StartRun::Request, (), (agent, messages, variables, person, conversation, reference, maxOutputTokens, stream))

/// Following a run and hearing what changes show what View shows; like starting a run they are no calls with an answer,
/// so that the catalogue has them not.
inline constexpr Operation followRun{"runs.follow", Permission::View, Effect::Read, "Follow a run"};
inline constexpr Operation followEvents{"events.subscribe", Permission::View, Effect::Read, "Hear what changes"};

/// A run under way. Destroying the handle neither ends the run nor waits for it; its events just stop coming.
class RunHandle {
public:
    virtual ~RunHandle() = default;
    virtual const std::string& id() const = 0;
    /// Asks the run to end at its next gate.
    virtual void cancel() = 0;
};

/// Lives as long as the wish to hear; destroying it waits for a callback that is running.
class Subscription {
public:
    virtual ~Subscription() = default;
};

/// The only door to a workspace: in process (LocalBackend) or over HTTPS or the owner's socket (RemoteBackend).
/// Thread-safe. `call` blocks, and the caller owns the thread it blocks; callbacks come on threads of the backend,
/// must return quickly and must not call the backend.
class Backend {
public:
    virtual ~Backend() = default;

    template <class Op>
    Result<typename Op::Response> call(const typename Op::Request& request, const CallContext& context)
    {
        typename Op::Response response{};
        if (auto done
            = invoke(OperationType{&Op::operation, &typeOf<typename Op::Request>, &typeOf<typename Op::Response>},
                &request, &response, context);
            !done)
            return std::unexpected<Error>(std::move(done).error());
        return response;
    }

    /// The same with the types known only at run time: generic verbs and HTTP.
    virtual Result<void> invoke(
        const OperationType& operation, const void* request, void* response, const CallContext& context)
        = 0;

    /// Admits the run through the same checks as every operation and returns once its first entry is durable (or it was
    /// refused). Events come in order from then on.
    virtual Result<std::unique_ptr<RunHandle>> start(
        const StartRun::Request& request, const CallContext& context, std::function<void(const RunEvent&)> onEvent)
        = 0;
    using OnStarted = std::function<void(Result<std::unique_ptr<RunHandle>>)>;
    /// The same for a caller whose thread has other work: `onStarted` hears the outcome once, before the first event
    /// or after some of the earliest, on the caller's thread or on one of the backend's.
    virtual void begin(const StartRun::Request& request, const CallContext& context,
        std::function<void(const RunEvent&)> onEvent, const OnStarted& onStarted)
    {
        onStarted(start(request, context, std::move(onEvent)));
    }
    /// Follows a run from the event after `after`; ends by itself after Finished or Failed.
    virtual Result<std::unique_ptr<Subscription>> follow(const std::string& run, std::uint64_t after,
        const CallContext& context, std::function<void(const RunEvent&)> onEvent)
        = 0;
    virtual Result<std::unique_ptr<Subscription>> subscribe(
        const TopicSet& topics, const CallContext& context, std::function<void(const Event&)> onEvent)
        = 0;
};

}
