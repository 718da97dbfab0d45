#pragma once

#include "core/base/json.h"
#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/value.h"

#include <memory>

namespace ephor::cedar {

class Schema;

/// Who wants to do what to what, and in which circumstances. Immutable once made; thread-safe to read.
class Request {
public:
    /// {"principal", "action", "resource", "context"?}: references as `Type::"id"` or {"type", "id"}, the context an
    /// object. With a schema the request must conform to it. Codes: cedar.request, cedar.entity, cedar.value,
    /// cedar.nonconforming.
    static Result<Request> fromJson(const Json& json, const Schema* schema = nullptr);
    /// Of parts that lie in `arena`, for callers that build the context without JSON.
    static Request of(std::unique_ptr<Arena> arena, const EntityUid* principal, const EntityUid* action,
        const EntityUid* resource, const RecordValue* context);

    const EntityUid& principal() const { return *m_principal; }
    const EntityUid& action() const { return *m_action; }
    const EntityUid& resource() const { return *m_resource; }
    const RecordValue& context() const { return *m_context; }

private:
    Request() = default;

    std::unique_ptr<Arena> m_arena;
    const EntityUid* m_principal = nullptr;
    const EntityUid* m_action = nullptr;
    const EntityUid* m_resource = nullptr;
    const RecordValue* m_context = nullptr;
};

}
