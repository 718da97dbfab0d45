#pragma once

#include "core/api/operation.h"
#include "core/api/surface.h"
#include "core/base/result.h"
#include "core/domain/type_of.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace ephor::store {
class Snapshot;
class Transaction;
}

namespace ephor {

/// What a write leaves for the record beside its own state: the dispatcher makes one ledger entry of it, in the same
/// transaction. An operation that records for itself (an entry of another kind) sets `recorded` and
/// names the surface (Call::surface) among its data as the dispatcher does.
struct Note {
    std::string subject; ///< "prompt:refunds"
    std::string reason;
    std::map<std::string, std::string> refs;
    Document data; ///< an object; no personal data, no secrets
    bool recorded = false;
};

/// Everything a handler may know about its call. Where to authorise: `allow(scope)` fails with forbidden unless the
/// principal holds the operation's permission there. A handler whose operation belongs to a team calls it on the
/// current state, first thing in its transaction; the dispatcher has checked that the permission is held somewhere.
class Call {
public:
    virtual ~Call() = default;
    virtual const Principal& principal() const = 0;
    virtual bool holds(Permission permission, const Scope& scope) const = 0;
    virtual Result<void> allow(const Scope& scope) const = 0;
    virtual Result<void> allow(Permission permission, const Scope& scope) const = 0;
    virtual bool localPeer() const = 0;
    virtual Surface surface() const = 0;
};

/// Where rooms put the handlers of their operations. Each operation has exactly one.
class HandlerTable {
public:
    using ReadFunction
        = std::function<Result<void>(const store::Snapshot&, const Call&, const void* request, void* response, Note&)>;
    /// What a write has prepared, of a type that only its own handler knows; null without preparation. Not std::any:
    /// a Result of one asks clang whether it can be made of itself.
    using HeldDraft = std::shared_ptr<void>;
    using PrepareFunction = std::function<Result<HeldDraft>(const Call&, const void* request)>;
    using CommitFunction = std::function<Result<void>(
        store::Transaction&, const Call&, const void* request, const HeldDraft& draft, void* response, Note&)>;
    using DirectFunction = std::function<Result<void>(const Call&, const void* request, void* response, Note&)>;

    virtual ~HandlerTable() = default;

    /// A read on one snapshot: fn(const Snapshot&, const Call&, const Request&) -> Result<Response>.
    template <class Op, class Function> void read(Function function)
    {
        addRead(Op::operation,
            [function](const store::Snapshot& snapshot, const Call& call, const void* request, void* response,
                Note&) -> Result<void> {
                EPHOR_TRY(detail::as<typename Op::Response>(response),
                    function(snapshot, call, detail::as<typename Op::Request>(request)));
                return {};
            });
    }

    /// A read whose effect is Disclose and which says itself what the record keeps of it: fn(const Snapshot&, const
    /// Call&, const Request&, Note&) -> Result<Response>. The entry is durable before the answer is given.
    template <class Op, class Function> void disclose(Function function)
    {
        static_assert(Op::operation.effect == Effect::Disclose);
        addRead(Op::operation,
            [function](const store::Snapshot& snapshot, const Call& call, const void* request, void* response,
                Note& note) -> Result<void> {
                EPHOR_TRY(detail::as<typename Op::Response>(response),
                    function(snapshot, call, detail::as<typename Op::Request>(request), note));
                return {};
            });
    }

    /// A write in one short transaction: fn(Transaction&, const Call&, const Request&, Note&) -> Result<Response>.
    template <class Op, class Function> void write(Function function)
    {
        addWrite(Op::operation, nullptr,
            [function](store::Transaction& transaction, const Call& call, const void* request, const HeldDraft&,
                void* response, Note& note) -> Result<void> {
                EPHOR_TRY(detail::as<typename Op::Response>(response),
                    function(transaction, call, detail::as<typename Op::Request>(request), note));
                return {};
            });
    }

    /// A write whose slow half runs off the writer: prepare(const Call&, const Request&) -> Result<Draft>, then
    /// commit(Transaction&, const Call&, const Request&, Draft&, Note&) -> Result<Response>.
    template <class Op, class Draft, class Prepare, class Commit> void write(Prepare prepare, Commit commit)
    {
        addWrite(
            Op::operation,
            [prepare](const Call& call, const void* request) -> Result<HeldDraft> {
                Result<Draft> draft = prepare(call, detail::as<typename Op::Request>(request));
                if (!draft)
                    return std::unexpected<Error>(std::move(draft).error());
                return HeldDraft(std::make_shared<Draft>(std::move(*draft)));
            },
            [commit](store::Transaction& transaction, const Call& call, const void* request, const HeldDraft& draft,
                void* response, Note& note) -> Result<void> {
                EPHOR_TRY(detail::as<typename Op::Response>(response),
                    commit(transaction, call, detail::as<typename Op::Request>(request),
                        *static_cast<Draft*>(draft.get()), note));
                return {};
            });
    }

    /// An act on things that are not in the database (the key store, an export, a provider): fn(const Call&, const
    /// Request&, Note&) -> Result<Response>. When its effect is Write or Disclose its entry is durable before
    /// `function` runs, and a second one says how it ended.
    template <class Op, class Function> void direct(Function function)
    {
        addDirect(Op::operation,
            [function](const Call& call, const void* request, void* response, Note& note) -> Result<void> {
                EPHOR_TRY(detail::as<typename Op::Response>(response),
                    function(call, detail::as<typename Op::Request>(request), note));
                return {};
            });
    }

protected:
    virtual void addRead(const Operation& operation, ReadFunction function) = 0;
    virtual void addWrite(const Operation& operation, PrepareFunction prepare, CommitFunction commit) = 0;
    virtual void addDirect(const Operation& operation, DirectFunction function) = 0;
};

}
