#include "core/demo/demo.h"

#include "core/api/handlers.h"
#include "core/api/workspace.h"
#include "core/demo/demo_file.h"
#include "core/demo/live_traffic.h"
#include "core/demo/service_server.h"
#include "core/demo/stories.h"
#include "core/trust/keys/private_file.h"

#include <shared_mutex>

namespace ephor::demo {

namespace {

constexpr std::uint64_t usualRate = 60; // a minute
constexpr std::uint64_t mostPerMinute = 6'000; // what one workspace answers without a queue
constexpr std::size_t longestKey = 1'024;

std::unexpected<Error> notServing()
{
    return fail(ErrorKind::Unavailable, "demo.not-serving",
        "The demo's traffic and stories run only while it is served.",
        "Open it with: ephor serve --workspace DIR, or in the console.");
}

template <class Op> void refuseOne(HandlerTable& table)
{
    table.direct<Op>(
        [](const Call&, const typename Op::Request&, Note&) -> Result<typename Op::Response> { return notServing(); });
}

}

struct DemoHost::State {
    std::string folder;
    workspace::WorkspaceFile file;
    Bank bank;
    std::unique_ptr<ServiceData> services;
    std::unique_ptr<ServiceServer> server;

    // Held shared while a step is played, so that nobody detaches under it.
    std::shared_mutex mutex;
    std::unique_ptr<Cast> cast;
    std::unique_ptr<Stories> stories;
    std::unique_ptr<LiveTraffic> traffic;
};

bool isDemo(const std::string& folder)
{
    const auto file = workspace::readWorkspaceFile(workspace::WorkspacePaths(folder).file);
    return file && file->demo;
}

void refuseHandlers(HandlerTable& table)
{
    refuseOne<SetTraffic>(table);
    refuseOne<ListStories>(table);
    refuseOne<RunStory>(table);
}

DemoHost::DemoHost(std::shared_ptr<State> state)
    : m_state(std::move(state))
{
}

DemoHost::~DemoHost()
{
    detach();
}

Result<std::unique_ptr<DemoHost>> DemoHost::start(const std::string& folder)
{
    auto state = std::make_shared<State>();
    state->folder = folder;
    EPHOR_TRY(state->file, workspace::readWorkspaceFile(workspace::WorkspacePaths(folder).file));
    EPHOR_TRY(const DemoFile file, readDemoFile(folder));
    EPHOR_TRY(state->bank, makeBank(state->file.seed));
    EPHOR_TRY(state->services, ServiceData::open(folder, ServiceSync::Normal));
    EPHOR_TRY(
        state->server, ServiceServer::start({*state->services, std::uint16_t(file.port), state->file.seed, nullptr}));
    return std::unique_ptr<DemoHost>(new DemoHost(std::move(state)));
}

void DemoHost::handlers(HandlerTable& table)
{
    table.direct<SetTraffic>(
        [state = m_state](const Call&, const SetTraffic::Request& request, Note& note) -> Result<SetTraffic::Response> {
            const std::shared_lock lock(state->mutex);
            if (!state->traffic)
                return notServing();
            if (request.perMinute > mostPerMinute)
                return fail(Error(ErrorKind::TooLarge, "demo.rate", "The demo's traffic is at most 6,000 a minute.",
                    "Name a smaller rate.")
                        .with("perMinute", std::to_string(request.perMinute)));
            state->traffic->setRate(request.perMinute);
            note.subject = "demo";
            note.refs = {{"perMinute", std::to_string(request.perMinute)}};
            return SetTraffic::Response{request.perMinute};
        });
    table.direct<ListStories>(
        [state = m_state](const Call&, const ListStories::Request&, Note&) -> Result<ListStories::Response> {
            return ListStories::Response{Stories::list()};
        });
    table.direct<RunStory>([state = m_state](const Call&, const RunStory::Request& request,
                               Note& note) -> Result<RunStory::Response> {
        const std::shared_lock lock(state->mutex);
        if (!state->stories)
            return notServing();
        note.subject = "demo:" + request.story;
        return request.reset ? state->stories->reset(request.story) : state->stories->play(request.story, request.step);
    });
}

Result<void> DemoHost::attach(workspace::Workspace& workspace)
{
    EPHOR_TRY(const Bytes key, keys::readPrivateFile(workspace.paths().demoKey, longestKey));
    const std::string token(textOf(BytesView(key)));
    const std::unique_lock lock(m_state->mutex);
    m_state->cast = std::make_unique<Cast>(workspace, systemClock());
    m_state->stories = std::make_unique<Stories>(
        StoryStage{workspace, *m_state->cast, m_state->bank, *m_state->services, token, m_state->folder});
    // Another seed each time: the same orders as yesterday were refunded yesterday.
    const auto seed = std::uint64_t(systemClock().now().time_since_epoch().count());
    m_state->traffic = std::make_unique<LiveTraffic>(workspace, m_state->bank, token, seed, usualRate);
    return {};
}

void DemoHost::detach()
{
    const std::unique_lock lock(m_state->mutex);
    m_state->traffic.reset();
    m_state->stories.reset();
    m_state->cast.reset();
}

}
