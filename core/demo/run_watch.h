#pragma once

#include "core/api/backend.h"
#include "core/domain/verdict.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

namespace ephor::demo {

/// How far a run came, as its caller hears it.
struct WatchedRun {
    std::string run;
    enum class Ended { Waiting, Finished, Failed } ended = Ended::Finished;
    std::string approval; ///< of the request it waits for
    std::string answer; ///< what it said
    std::string problem; ///< why it failed
    std::vector<Verdict> verdicts; ///< other than those that let something through
};

/// Starts a run and waits until it has ended or waits for a person; blocks, on the caller's thread.
/// Code: demo.run-slow when nothing of the kind happened within `patience` of real time.
class RunWatch {
public:
    /// Several may be under way at once.
    Result<void> start(Backend& backend, const StartRun::Request& request, const CallContext& context);
    /// Forgets that it waited: called before a person decides, so that `wait` hears what comes after.
    void expectMore();
    Result<WatchedRun> wait(std::chrono::milliseconds patience);

private:
    struct State {
        std::mutex mutex;
        std::condition_variable changed;
        std::optional<WatchedRun> ended;
        std::string answer;
        std::vector<Verdict> verdicts;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
    std::unique_ptr<RunHandle> m_handle;
};

}
