#pragma once

#include "core/run/runtime/conversation.h"
#include "core/run/runtime/plan.h"
#include "core/trust/guard/guard.h"

namespace ephor::runtime {

/// The texts of a try, passed through what the agent's texts pass through. Stand-ins and hashes are made with a key of
/// the try alone, so that nobody learns by it what stands behind those of a run. Nothing is counted or kept.
/// Code of what may not pass: try.protected, with the guard's rule in the fields.
class TriedTexts {
public:
    explicit TriedTexts(const Plan& plan);

    /// The text as it goes on.
    Result<std::string> pass(guard::Hook hook, const std::string& text, const std::string& tool = {});
    /// Variables, which stay JSON.
    Result<Document> passVariables(const Document& variables);
    /// Shows what goes to the model for the first time, where a rule wants that.
    Result<Messages> forModel(Messages messages);
    /// The arguments of a call as they go on; nothing where they may not, or only with a person's word.
    std::optional<Json> passArguments(const PlannedTool& tool, const Json& arguments);
    /// With the values that a tool may have behind stand-ins.
    Json revealedTo(const PlannedTool& tool, Json arguments) const;
    /// The same in an answer, where the protection wants it.
    std::string revealed(std::string answer) const;

private:
    std::shared_ptr<const guard::Protection> m_protection;
    guard::GuardChain m_guards;
    std::string m_agent;
    guard::Vault m_vault;
};

}
