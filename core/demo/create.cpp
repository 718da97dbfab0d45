#include "core/demo/chance.h"
#include "core/demo/demo.h"
#include "core/demo/demo_file.h"
#include "core/demo/history.h"
#include "core/demo/service_server.h"
#include "core/demo/setup.h"
#include "core/net/timer.h"
#include "core/trust/keys/key_file.h"
#include "core/trust/ledger/kept_head.h"

#include <filesystem>

namespace ephor::demo {

namespace {

namespace fs = std::filesystem;

// The key outlasts the demo's own past by a year: whoever opens the demo next month still has traffic.
constexpr auto keyLastsAfterwards = std::chrono::days(366);
constexpr double shareOfSetup = 0.06; // of the time it takes

Result<void> requireEmpty(const std::string& folder)
{
    std::error_code problem;
    if (!fs::exists(folder, problem) || (fs::is_directory(folder, problem) && fs::is_empty(folder, problem)))
        return {};
    return fail(Error(
        ErrorKind::Conflict, "workspace.exists", "The folder is not empty.", "Name a folder that does not exist yet.")
            .with("folder", folder));
}

// What a failed attempt leaves would only be in the way of the next.
void removeAttempt(const CreateDemoOptions& options)
{
    std::error_code ignored;
    const workspace::WorkspacePaths paths(options.folder);
    if (const auto file = workspace::readWorkspaceFile(paths.file)) {
        const auto keys = options.keyPlace.keys.empty() ? keys::defaultKeyPath(file->id) : options.keyPlace.keys;
        const auto unlock
            = options.keyPlace.unlock.empty() ? keys::defaultUnlockPath(file->id) : options.keyPlace.unlock;
        for (const auto& path : {keys, unlock}) {
            if (path)
                fs::remove(*path, ignored);
        }
        if (keys)
            fs::remove(ledger::keptHeadPath(*keys, options.folder), ignored);
    }
    fs::remove_all(options.folder, ignored);
}

class Maker {
public:
    explicit Maker(const CreateDemoOptions& options)
        : m_options(options)
        , m_times{systemClock().now() - std::chrono::days(options.days), systemClock().now(), double(options.days) / 90}
        , m_clock(m_times.begin)
        , m_timer(m_clock)
    {
    }

    Result<void> make();

private:
    Result<void> tell(const std::string& stage, double fraction)
    {
        if (m_options.progress && !m_options.progress(stage, fraction))
            return fail(ErrorKind::Cancelled, "demo.cancelled", "Making the demo was cancelled.");
        return {};
    }
    Result<void> makeServices();
    Result<void> makeWorkspace();
    Result<void> fillWorkspace();

    const CreateDemoOptions& m_options;
    DemoTimes m_times;
    ManualClock m_clock;
    net::ManualTimer m_timer;
    Bank m_bank;
    DemoPlan m_plan;
    std::unique_ptr<ServiceData> m_data;
    std::unique_ptr<ServiceServer> m_server;
    std::unique_ptr<workspace::Workspace> m_workspace;
};

Result<void> Maker::makeWorkspace()
{
    workspace::CreateOptions create;
    create.folder = m_options.folder;
    create.name = m_plan.bankName;
    create.environment = m_plan.environment;
    create.keyPlace = m_options.keyPlace;
    create.clock = &m_clock;
    create.demo = true;
    create.seed = m_options.seed;
    return workspace::Workspace::create(create);
}

Result<void> Maker::makeServices()
{
    EPHOR_TRY(m_bank, makeBank(m_options.seed));
    EPHOR_TRY_VOID(createServiceData(m_options.folder, m_bank, m_times.begin));
    EPHOR_TRY(m_data, ServiceData::open(m_options.folder, ServiceSync::Fast));
    EPHOR_TRY(m_server, ServiceServer::start({*m_data, 0, m_options.seed, &m_clock}));
    return writeDemoFile(m_options.folder, {m_server->port(), m_options.runs});
}

Result<void> Maker::fillWorkspace()
{
    workspace::OpenOptions open;
    open.folder = m_options.folder;
    open.keyPlace = m_options.keyPlace;
    open.clock = &m_clock;
    open.timer = &m_timer;
    // One run at a time: a second thread would only hand work back and forth.
    open.loopThreads = 1;
    open.demoHandlers = refuseHandlers;
    open.durability = workspace::OpenOptions::Durability::WhileBuilding;
    EPHOR_TRY(m_workspace, workspace::Workspace::open(open));
    EPHOR_TRY(const std::string key,
        setUpPeople(*m_workspace, m_plan, m_clock, std::chrono::days(m_options.days) + keyLastsAfterwards));
    Cast cast(*m_workspace, m_clock);
    EPHOR_TRY_VOID(setUpAgents(cast, m_plan));
    HistoryOptions history;
    history.times = m_times;
    history.runs = m_options.runs;
    history.seed = m_options.seed;
    history.key = key;
    const std::string stage = "Playing " + std::to_string(m_options.days) + " days of runs";
    history.progress = [this, stage](double fraction) {
        return tell(stage, shareOfSetup + (1 - shareOfSetup) * fraction).has_value();
    };
    History past(*m_workspace, cast, m_clock, m_plan, m_bank, std::move(history));
    EPHOR_TRY_VOID(past.play());
    // Closing writes to the disk what building kept in memory.
    m_workspace.reset();
    return workspace::Workspace::finish(m_options.folder);
}

Result<void> Maker::make()
{
    EPHOR_TRY_VOID(tell("Setting up the bank", 0));
    // Only for the workspace's name; the tools' addresses are known once the services listen.
    EPHOR_TRY(m_plan, readPlan(0, m_times));
    EPHOR_TRY_VOID(makeWorkspace());
    EPHOR_TRY_VOID(makeServices());
    EPHOR_TRY(m_plan, readPlan(m_server->port(), m_times));
    EPHOR_TRY_VOID(tell("Setting up people and agents", shareOfSetup / 2));
    EPHOR_TRY_VOID(fillWorkspace());
    return tell("Done", 1);
}

}

Result<void> createDemo(const CreateDemoOptions& options)
{
    EPHOR_TRY_VOID(requireEmpty(options.folder));
    auto made = Maker(options).make();
    if (!made)
        removeAttempt(options);
    return made;
}

}
