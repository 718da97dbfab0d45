#pragma once

#include "core/domain/definition.h"
#include "core/domain/protection.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::guard {

/// What is known of something made from both: as untrusted and as confidential as the worse of the two. The label of a
/// run is the join of all it has read, since anything in a model's context may have shaped what it says next
/// (information flow control after FIDES, arXiv 2505.23643).
Label joined(const Label& left, const Label& right);

/// Of what a run begins with: nothing read yet.
inline constexpr Label cleanLabel{Integrity::Trusted, Confidentiality::Public};
/// Of what the caller says, who has signed in and answers for it.
inline constexpr Label callerLabel{Integrity::Trusted, Confidentiality::Internal};
/// Of what a caller says that others have said: nobody here has seen it said.
inline constexpr Label hearsayLabel{Integrity::Untrusted, Confidentiality::Internal};

/// Of what a tool answers. What its definition does not say, or says in other words than Confidentiality's, is taken as
/// the strictest.
Label resultLabel(const ToolBody& tool);

/// As rules see it in `context.labels`: "trusted" or "untrusted", and one of "public" … "secret".
std::vector<std::string> labelWords(const Label& label);

/// The first text that made a run as untrusted, or as confidential, as it is.
struct LabelOrigin {
    std::string word; ///< of labelWords
    TextSurface surface = TextSurface::Input;
    std::string tool;
    std::uint64_t message = 0;
    bool operator==(const LabelOrigin&) const = default;
};
/// Joins what a text is to what a run has read, and keeps which text made the difference.
void join(Label& carried, const Inspected& text, std::vector<LabelOrigin>& origins);
/// "The run is untrusted since the result of crm.find, message 3."
std::string sentenceOf(const LabelOrigin& origin);
/// Of the origins, the one of this word, as a sentence after a blank; empty where the run began so.
std::string originOf(std::string_view word, const std::vector<LabelOrigin>& origins);

/// What a tool's arguments may carry at most.
Confidentiality clearanceOf(const ToolBody& tool);

/// Why a call may not carry what its run has read: the data is more confidential than the tool is cleared for. Nothing:
/// it may.
std::optional<std::string> exceedsClearance(const std::string& tool, const ToolBody& body, const Label& carried);

/// Why a call is not to be made on the run's own word: it changes something, or sends it out, after the run has read
/// what anybody may have written. Nothing: nothing untrusted was read, or the call only reads.
std::optional<std::string> actsOnUntrusted(const std::string& tool, const ToolBody& body, const Label& carried);

}
