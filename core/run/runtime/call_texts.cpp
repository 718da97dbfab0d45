#include "core/run/runtime/text_gates.h"

#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

// The text itself stands in the call.
Run::CallText keptOf(guard::Inspection inspection)
{
    Run::CallText kept;
    for (const Noticed& noticed : inspection.noticed) {
        if (noticed.what.find(':') == noticed.what.npos)
            kept.findings.push_back(noticed.what);
    }
    inspection.replacement.reset();
    inspection.standIns.clear();
    inspection.raw.reset();
    kept.inspection = std::move(inspection);
    return kept;
}

// What the guards refuse is not kept, and whoever reads this instead of arguments takes it for none.
constexpr const char* notKept = "\"[NOT KEPT]\"";

void hold(provider::ToolCall& call, const std::string& reason)
{
    call.arguments.reset();
    call.argumentsText = notKept;
    call.argumentsError = reason;
}

}

// A model says which tool it means in words of its own, and they stand open in verdicts.
void TextGates::passName(const Run& run, provider::ToolCall& call, std::size_t place) const
{
    const auto held = [&](const std::string& word) {
        const guard::Inspection inspection = ask(run, guard::Hook::BeforeTool, word, {});
        return inspection.word == VerdictWord::Deny || inspection.replacement.has_value();
    };
    if (run.plan->findTool(call.name) == nullptr && held(call.name))
        call.name = "[NOT KEPT]";
    if (held(call.id))
        call.id = "call-" + std::to_string(run.messages.size()) + "-" + std::to_string(place);
}

std::vector<provider::ToolCall> TextGates::passCalls(Run& run, std::vector<provider::ToolCall> calls) const
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        provider::ToolCall& call = calls[i];
        passName(run, call, i);
        const std::string text = call.arguments ? compactJson(*call.arguments) : call.argumentsText;
        guard::Inspection inspection = inspect(run, {guard::Hook::BeforeTool, text, call.name, run.label});
        if (inspection.replacement && inspection.word != VerdictWord::Deny) {
            auto replaced = parseJson(*inspection.replacement);
            if (replaced && replaced->is_object()) {
                report(run, inspection, "guard-tool");
                call.arguments = std::move(*replaced);
                call.argumentsText = compactJson(*call.arguments);
            } else {
                inspection.word = VerdictWord::Deny;
                inspection.reason = "What had to be hidden in the arguments is no text, so nothing can stand for it.";
            }
        }
        if (inspection.word == VerdictWord::Deny)
            hold(call, inspection.reason);
        run.callTexts[call.id] = keptOf(std::move(inspection));
    }
    return calls;
}

const Run::CallText& TextGates::ofCall(Run& run, const provider::ToolCall& call) const
{
    const auto known = run.callTexts.find(call.id);
    if (known != run.callTexts.end())
        return known->second;
    const std::string text = call.arguments ? compactJson(*call.arguments) : std::string("{}");
    return run.callTexts[call.id] = keptOf(ask(run, guard::Hook::BeforeTool, text, call.name));
}
}
