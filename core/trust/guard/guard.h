#pragma once

#include "core/base/result.h"
#include "core/domain/verdict.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::guard {

/// Where text passes through a run.
enum class Hook {
    Input, ///< what the caller sent
    BeforeModel,
    AfterModel,
    BeforeTool, ///< canonical arguments
    AfterTool, ///< the tool's result
    Output, ///< the whole answer
};
BOOST_DESCRIBE_ENUM(Hook, Input, BeforeModel, AfterModel, BeforeTool, AfterTool, Output)

struct Passage {
    Hook hook = Hook::Input;
    std::string_view text;
    std::string_view agent;
    std::string_view tool; ///< of the two tool hooks
};

/// What a guard says of a passage: Allow, Deny with a reason, or Transform with the text to use instead.
struct Inspection {
    VerdictWord word = VerdictWord::Allow;
    std::string reason;
    std::string rule; ///< which guard and which of its rules
    std::optional<std::string> replacement;
};

/// Looks at the pieces of a streamed answer before they are let go. One per run, used by one thread at a time.
class StreamInspector {
public:
    virtual ~StreamInspector() = default;
    /// Returns what may be shown now; the rest is held back until it is clear.
    virtual Result<std::string> push(std::string_view piece) = 0;
    /// What was held back, at the end.
    virtual Result<std::string> finish() = 0;
};

/// Something that looks at passages. Immutable and thread-safe. An error counts as Deny: a guard that errs denies.
class Guard {
public:
    virtual ~Guard() = default;
    virtual std::string_view name() const = 0;
    virtual Result<Inspection> inspect(const Passage& passage) const = 0;
    /// Null: the guard does not look at streams.
    virtual std::unique_ptr<StreamInspector> openStream() const { return nullptr; }
};

/// Guards in their order. Each sees what the one before made of the text.
class GuardChain {
public:
    explicit GuardChain(std::vector<std::shared_ptr<const Guard>> guards);
    /// One verdict for the whole chain; `replacement` is set when any of them transformed. Exceptions and errors of a
    /// guard become Deny, naming the guard.
    Inspection inspect(const Passage& passage) const;
    /// Every guard's stream inspector in a row; text passes unchanged when there is none.
    std::unique_ptr<StreamInspector> openStream() const;

private:
    std::vector<std::shared_ptr<const Guard>> m_guards;
};

/// The guard every run has: refuses what is not UTF-8, holds control characters a terminal would act on, or is larger
/// than `largestBytes`.
std::shared_ptr<const Guard> makeWellFormedGuard(std::size_t largestBytes = 4 * 1024 * 1024);

}
