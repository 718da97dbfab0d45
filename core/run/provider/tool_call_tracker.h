#pragma once

#include "core/run/provider/wire.h"

#include <map>

namespace ephor::provider {

/// One entry of a `tool_calls` array, read but not yet assigned to a call.
struct ToolCallFragment {
    std::optional<std::int64_t> index; ///< as the provider counts; may start at 1, repeat or be missing
    std::string id;
    std::string name;
    std::string arguments;
    bool freeText = false; ///< a custom tool's input, which is no JSON
};

/// Reads an entry; nothing when it is no object. Arguments sent as an object become their compact text.
std::optional<ToolCallFragment> readToolCallFragment(const Json& entry);

/// Puts the fragments of a stream together: by a non-empty id, else by the index, else to the newest call.
/// A call is never taken for complete before `take`, since text that happens to be JSON may still go on.
class ToolCallTracker {
public:
    /// Assigns a fragment, and returns what it adds. `whole` entries are complete calls and begin one each.
    ToolCallDelta add(const ToolCallFragment& fragment);
    ToolCallDelta addWhole(const ToolCallFragment& fragment);
    /// The old `function_call`: one call without id, all of whose fragments belong together.
    ToolCallDelta addLegacy(const ToolCallFragment& fragment);

    std::size_t count() const { return m_calls.size(); }
    /// Ends the calls: parses their arguments. By first appearance.
    std::vector<ToolCall> take();

private:
    struct Open {
        ToolCall call;
        std::optional<std::int64_t> index;
        bool freeText = false;
    };

    std::optional<std::size_t> find(const ToolCallFragment& fragment) const;
    std::optional<std::size_t> findByIndex(const ToolCallFragment& fragment) const;
    std::size_t begin(const ToolCallFragment& fragment);
    ToolCallDelta append(std::size_t position, const ToolCallFragment& fragment);

    std::vector<Open> m_calls;
    std::map<std::string, std::size_t, std::less<>> m_byId;
    std::map<std::int64_t, std::size_t> m_byIndex; ///< the newest call of each index
    std::optional<std::size_t> m_legacy;
    std::optional<std::size_t> m_latest;
};

/// Fills `arguments` or `argumentsError` from `argumentsText`.
void readToolArguments(ToolCall& call);

}
