#pragma once

#include "core/run/runtime/grounds.h"
#include "core/run/runtime/recorder.h"
#include "core/trust/guard/guard.h"

#include <string_view>

namespace ephor::runtime {

/// Shows the texts of a run to the guards of its plan, and keeps with the run what they say: labels, counts, values
/// behind stand-ins. Each text is shown once for each place that it passes.
class TextGates {
public:
    explicit TextGates(const Recorder& recorder)
        : m_recorder(recorder)
    {
    }

    /// Whom to ask where a guard failed: the record of one trouble is not as many verdicts about people.
    static constexpr const char* outageAsk = "whoever runs this installation";

    struct Look {
        guard::Hook hook = guard::Hook::Input;
        std::string_view text;
        std::string_view tool; ///< of the two tool hooks
        Label source; ///< of where the text comes from
    };
    /// What the run's prompt is marked with, where its protection wants it (core/trust/guard/marker.h); else empty.
    static std::string markerOf(const Run& run);
    /// For an answer in pieces.
    static std::unique_ptr<guard::StreamInspector> openStream(const Run& run);

    /// What the guards say, noted with the run and not yet reported as a verdict.
    guard::Inspection inspect(Run& run, const Look& look) const;

    /// The same, reported: a denial, or a text that was changed. `gate` is the verdict's.
    guard::Inspection pass(Run& run, const Look& look, const char* gate) const;
    /// Reports an inspection that was made before, with a span of its own; one that changed nothing is no verdict.
    void report(Run& run, const guard::Inspection& inspection, const char* gate) const;

    /// Shows the model's view of every message that it has not seen yet. A denial: why the model is not asked.
    std::optional<std::string> passToModel(Run& run) const;

    /// The calls that a model wants, with their arguments as the guards leave them. A call whose arguments are denied
    /// keeps none of them, for its gates to refuse.
    std::vector<provider::ToolCall> passCalls(Run& run, std::vector<provider::ToolCall> calls) const;
    /// What the guards say of a call's arguments: of one that came before a restart they are asked again.
    const Run::CallText& ofCall(Run& run, const provider::ToolCall& call) const;

    /// What a caller says of itself, as the record has it: a claim of which the guards would hide or refuse anything
    /// is a keyed hash there. What is denied is reported. `title` is "person".
    std::string passClaim(Run& run, const char* title, const std::string& value) const;

    /// The caller's variables as the guards leave them. What is denied is reported, and leaves nothing.
    Json passVariables(Run& run, const Json& variables) const;

    /// An answer measured against what tools returned. Nothing where the plan's protection does not ask for it, and
    /// where nothing was read that it could be held against.
    std::optional<Grounds> groundsOf(const Run& run, const std::string& answer) const;
    /// Reports an answer that rests on too little. Why it may not be shown; nothing where it may.
    std::optional<std::string> ungrounded(Run& run, const Grounds& grounds) const;

    /// Puts the values behind stand-ins back where the tool may have them.
    Json revealedTo(const Run& run, const PlannedTool& tool, Json arguments) const;
    /// The same in an answer, where the plan's protection wants it.
    std::string revealed(const Run& run, std::string answer) const;

private:
    guard::Inspection ask(const Run& run, guard::Hook hook, std::string_view text, std::string_view tool) const;
    void passName(const Run& run, provider::ToolCall& call, std::size_t place) const;

    const Recorder& m_recorder;
};

}
