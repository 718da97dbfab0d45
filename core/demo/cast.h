#pragma once

#include "core/api/changes.h"
#include "core/base/clock.h"
#include "core/workspace/workspace.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace ephor::demo {

/// A new version of a prompt under way to production.
struct PromptMove {
    std::string agent;
    std::string prompt;
    std::string text; ///< of the whole new version
    std::string title;
    std::string description;
    std::string by; ///< login of the author
};

/// The bank's people, acting through the same door as everybody: each act is authorised and recorded as theirs.
/// Thread-safe; the workspace and the clock outlive it.
class Cast {
public:
    Cast(workspace::Workspace& workspace, const Clock& clock)
        : m_workspace(workspace)
        , m_clock(clock)
    {
    }

    template <class Op>
    Result<typename Op::Response> call(const std::string& login, const typename Op::Request& request)
    {
        EPHOR_TRY(const CallContext context, as(login));
        return m_workspace.backend().call<Op>(request, context);
    }

    /// Signs in when that person has not for some hours.
    Result<CallContext> as(const std::string& login);

    /// Saves the prompt's new version and drafts the change that carries it. Gives the change's id.
    Result<std::string> draft(const PromptMove& move);
    Result<void> submit(const std::string& login, const std::string& change);
    /// Lets officers approve until it is enough. Code: demo.data when they are too few.
    Result<void> approve(const std::string& change, const std::string& reason);
    /// Starts the rollout and makes the new routes serve. Gives the rollout's id.
    Result<std::string> startRollout(const std::string& login, const std::string& change, const std::string& reason);
    Result<void> promote(const std::string& login, const std::string& rollout, const std::string& reason);
    Result<void> rollBack(const std::string& login, const std::string& rollout, const std::string& reason);
    /// The officers' or owner's word on a waiting call, after having looked at it.
    enum class Word { Approve, Deny };
    Result<ApprovalRequest> decide(
        const std::string& login, const std::string& approval, Word word, const std::string& reason);

private:
    struct Signed {
        std::string token;
        Instant at;
    };
    workspace::Workspace& m_workspace;
    const Clock& m_clock;
    std::mutex m_mutex;
    std::map<std::string, Signed> m_signed;
};

}
