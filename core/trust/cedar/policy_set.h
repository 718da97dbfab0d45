#pragma once

#include "core/base/result.h"
#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/deciding_form.h"
#include "core/trust/cedar/policy.h"
#include "core/trust/cedar/scope_index.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ephor::cedar {

/// A policy or template under an id of its own.
struct PolicySource {
    std::string id;
    std::string text;
};

/// A template made into a policy: an entity for each slot it has, as `Type::"id"`.
struct TemplateLink {
    std::string templateId;
    std::string id; ///< of the policy that comes of it
    std::string principal; ///< empty when the template has no ?principal
    std::string resource; ///< empty when the template has no ?resource
};

/// Policies compiled once and shared: immutable, thread-safe.
class PolicySet {
public:
    /// Ids are policy0, policy1, … in order, templates counted. Codes: those of readPolicies.
    static Result<std::shared_ptr<const PolicySet>> fromText(
        std::string_view text, std::span<const TemplateLink> links = {}, Grammar grammar = Grammar::Cedar);
    /// Each text holds one policy or template. Codes: also cedar.duplicate-id, cedar.link; the field `policy` names the
    /// one at fault.
    static Result<std::shared_ptr<const PolicySet>> fromPolicies(std::span<const PolicySource> sources,
        std::span<const TemplateLink> links = {}, Grammar grammar = Grammar::Cedar);

    /// Static policies and links.
    std::span<const Policy> policies() const { return m_policies; }
    std::span<const Policy> templates() const { return m_templates; }
    /// Finds policies by their places in deciding().
    const ScopeIndex& index() const { return m_index; }
    const DecidingForm& deciding() const { return m_deciding; }
    const Policy* find(std::string_view id) const;
    /// What the conditions ask of a session's events, by number; empty in the plain language.
    std::span<TemporalOperation* const> temporalOperations() const { return m_operations; }

private:
    PolicySet() = default;
    void keep(Policy policy, std::string_view id);
    Result<void> link(const TemplateLink& link);
    Result<void> finish(std::span<const TemplateLink> links);

    Arena m_arena;
    std::vector<Policy> m_policies;
    std::vector<Policy> m_templates;
    TemporalOperations m_operations;
    ScopeIndex m_index;
    DecidingForm m_deciding;
};

}
