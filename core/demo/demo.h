#pragma once

#include "core/workspace/workspace.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace ephor {
class HandlerTable;
}

/// The demo workspace: a made-up bank with six agents, three months of history through the real run path, live traffic
/// and the presenter's stories. Everything in it is simulated and says so.
namespace ephor::demo {

struct CreateDemoOptions {
    std::string folder; ///< must not exist or be empty
    workspace::KeyPlace keyPlace;
    std::uint64_t seed = 7; ///< the same seed, days and runs make the same story
    unsigned days = 90; ///< of history before now
    std::uint64_t runs = 20'050; ///< in those days
    /// Told what is being done and how much of the whole is done (0 to 1); false gives up (demo.cancelled).
    std::function<bool(const std::string& stage, double fraction)> progress;
};

/// Makes the whole workspace; what was made is removed when it fails. Blocks for most of a minute; the caller owns the
/// thread. Codes: demo.cancelled, demo.data and those of the workspace.
Result<void> createDemo(const CreateDemoOptions& options);

/// For programs that open a workspace only for a moment: demo.traffic, demo.stories and demo.run answer
/// demo.not-serving.
void refuseHandlers(HandlerTable& table);

/// What makes an open demo workspace live: its tool services on loopback, its traffic and its stories. Made before the
/// workspace is opened, so that no call finds the services away; destroyed after it is closed. Thread-safe.
class DemoHost {
public:
    /// Starts the tool services of the workspace in `folder`. A taken port is not an error: the tools of it answer
    /// that they are unreachable. Codes: demo.missing, demo.services.
    static Result<std::unique_ptr<DemoHost>> start(const std::string& folder);
    ~DemoHost();

    /// Adds demo.traffic, demo.stories and demo.run: for OpenOptions::demoHandlers.
    void handlers(HandlerTable& table);
    /// Begins the traffic. The workspace outlives the attachment.
    Result<void> attach(workspace::Workspace& workspace);
    /// Ends the traffic and waits for what is under way; before the workspace closes.
    void detach();

private:
    struct State;
    explicit DemoHost(std::shared_ptr<State> state);
    std::shared_ptr<State> m_state;
};

/// True when the folder is a demo workspace; false for any other and for none.
bool isDemo(const std::string& folder);

}
