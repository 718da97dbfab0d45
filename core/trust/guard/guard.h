#pragma once

#include "core/base/result.h"
#include "core/domain/protection.h"
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

/// The place as rules name it: a whole answer and one with tool calls beside it are both the answer.
TextSurface surfaceOf(Hook hook);

struct Passage {
    Hook hook = Hook::Input;
    std::string_view text;
    std::string_view agent;
    std::string_view tool; ///< of the two tool hooks
};

/// A value and what stands for it in a text. Only ever sealed or in memory.
struct StandIn {
    std::string token;
    std::string value;
    bool operator==(const StandIn&) const = default;
};
BOOST_DESCRIBE_STRUCT(StandIn, (), (token, value))

/// A text as it came, where cleaning took something out of it: for people who may open its run, and for nobody else.
/// What a rule hides is hidden in it too.
struct RawText {
    std::string text;
    std::vector<std::string> revealed; ///< what was hidden in it, decoded
};

/// What a guard says of a passage: Allow, Deny with a reason, Transform with the text to use instead, or Ask, which is
/// for the arguments of a call alone.
struct Inspection {
    VerdictWord word = VerdictWord::Allow;
    std::string reason;
    std::string rule; ///< which guard and which of its rules
    std::optional<std::string> replacement;
    std::vector<Noticed> noticed; ///< what was found, and what was done with it
    Confidentiality holds = Confidentiality::Public; ///< by what was found, at least this
    Integrity integrity = Integrity::Trusted; ///< untrusted where it reads as if it gave orders to a model
    std::vector<StandIn> standIns; ///< that the replacement has and the text had not
    std::optional<RawText> raw; ///< where something was taken out; not where it is denied
    bool outage = false; ///< the guard itself failed: nothing is said about the text
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
    /// What an outage is called by: "detector".
    virtual std::string_view name() const = 0;
    virtual Result<Inspection> inspect(const Passage& passage) const = 0;
    /// Whether it has more to say about passages of this hook than about what they were made from.
    virtual bool looksAt(Hook) const { return true; }
    /// Whether it may put another text in the place of one of this hook; else it lets it pass or refuses it.
    virtual bool replacesAt(Hook hook) const { return looksAt(hook); }
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
    /// Whether any of them does.
    bool looksAt(Hook hook) const;
    bool replacesAt(Hook hook) const;
    /// Every guard's stream inspector in a row, and `last` behind them; text passes unchanged when there is none.
    std::unique_ptr<StreamInspector> openStream(std::unique_ptr<StreamInspector> last = nullptr) const;

private:
    std::vector<std::shared_ptr<const Guard>> m_guards;
};

/// The first guard of every run: refuses what is not UTF-8, or is larger than `largestBytes`.
std::shared_ptr<const Guard> makeWellFormedGuard(std::size_t largestBytes = 4 * 1024 * 1024);

}
