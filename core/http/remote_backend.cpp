#include "core/http/remote_backend.h"

#include "core/api/run_event_data.h"
#include "core/domain/reflect.h"
#include "core/http/problem.h"
#include "core/http/remote_feed.h"
#include "core/http/service.h"
#include "core/http/target.h"

#include <nlohmann/json.hpp>

namespace ephor::http {

namespace {

// The reader's limits for what a server sends: a page of a thousand runs is far beyond the default of a request.
constexpr JsonLimits replyLimits{64 * 1024 * 1024, 128, 8'000'000};

Headers callHeaders(const CallContext& context)
{
    Headers headers;
    if (!context.credential.empty())
        headers.push_back({"Authorization", "Bearer " + context.credential});
    if (!context.idempotencyKey.empty())
        headers.push_back({"Idempotency-Key", context.idempotencyKey});
    return headers;
}

RemoteRequest postJson(std::string target, std::string body, const CallContext& context)
{
    RemoteRequest request{"POST", std::move(target), callHeaders(context), std::move(body)};
    request.headers.push_back({"Content-Type", "application/json"});
    return request;
}

Result<Json> jsonOfReply(const HttpReply& reply)
{
    if (reply.status < 200 || reply.status > 299)
        return fail(errorFromProblem(reply.status, reply.body));
    EPHOR_TRY(Json json, parseJson(reply.body, replyLimits));
    return json;
}

template <class Value> std::optional<Value> valueOf(const provider::SseEvent& event)
{
    const auto json = parseJson(event.data, replyLimits);
    auto value = json ? fromJson<Value>(*json, UnknownMembers::Ignore) : Result<Value>(fail(json.error()));
    return value ? std::optional<Value>(std::move(*value)) : std::nullopt;
}

/// How far a run has been heard, shared by the feed's requests and its events; used on the channel's thread.
struct RunPosition {
    std::string run;
    std::uint64_t seq = 0;
};

RemoteFeedPlan runPlan(
    std::shared_ptr<RunPosition> position, const CallContext& context, std::function<void(const RunEvent&)> onEvent)
{
    RemoteFeedPlan plan;
    plan.request = [position, context](std::uint64_t) {
        return RemoteRequest{"GET",
            "/v1/runs/" + percentEncode(position->run) + "/events?after=" + std::to_string(position->seq),
            callHeaders(context), {}};
    };
    plan.event = [position, onEvent](const provider::SseEvent& event) {
        const auto value = valueOf<RunEvent>(event);
        if (!value || value->seq <= position->seq)
            return false;
        position->run = value->run;
        position->seq = value->seq;
        onEvent(*value);
        return value->kind == RunEventKind::Finished || value->kind == RunEventKind::Failed;
    };
    plan.lost = [position, onEvent](const Error& error) {
        const Json data = toJson(runFailedOf(error));
        onEvent({position->run, position->seq + 1, RunEventKind::Failed, {}, documentOf(data)});
    };
    return plan;
}

class FeedSubscription final : public Subscription {
public:
    explicit FeedSubscription(std::shared_ptr<RemoteFeed> feed)
        : m_feed(std::move(feed))
    {
    }
    ~FeedSubscription() override { m_feed->stop(); }

private:
    std::shared_ptr<RemoteFeed> m_feed;
};

class FeedRunHandle final : public RunHandle {
public:
    FeedRunHandle(RemoteChannel& channel, std::shared_ptr<RemoteFeed> feed, std::string run, const CallContext& context)
        : m_channel(channel)
        , m_feed(std::move(feed))
        , m_run(std::move(run))
        , m_headers(callHeaders(context))
    {
    }
    ~FeedRunHandle() override { m_feed->stop(); }
    const std::string& id() const override { return m_run; }
    void cancel() override
    {
        m_channel.stream({"DELETE", "/v1/runs/" + percentEncode(m_run), m_headers, {}},
            {[](const HttpReply&) { }, [](const std::string&) { }, [](const Result<void>&) { }});
    }

private:
    RemoteChannel& m_channel;
    std::shared_ptr<RemoteFeed> m_feed;
    std::string m_run;
    Headers m_headers;
};

Result<std::string> handshake(RemoteChannel& channel)
{
    EPHOR_TRY(const HttpReply reply, channel.call({"GET", "/v1/version", {}, {}}, Repeat::Once));
    const auto json = jsonOfReply(reply);
    const bool ours = json && json->is_object() && json->value("name", Json()) == "ephor"
        && json->value("protocol", Json()).is_number_unsigned() && json->value("version", Json()).is_string();
    if (!ours)
        return fail(errorFromProblem(reply.status, json ? std::string_view() : std::string_view(reply.body)));
    std::string version = (*json)["version"].get<std::string>();
    if ((*json)["protocol"] == protocolVersion)
        return version;
    return fail(Error(ErrorKind::Conflict, "remote.version", "The server speaks another version of the protocol.",
        "Use the same version of Ephor on both sides.")
            .with("server_version", version)
            .with("own_version", EPHOR_VERSION));
}

}

struct RemoteBackend::State {
    std::unique_ptr<RemoteChannel> channel;
    std::string serverVersion;
};

RemoteBackend::RemoteBackend(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

RemoteBackend::~RemoteBackend() = default;

Result<std::unique_ptr<RemoteBackend>> RemoteBackend::connect(const RemoteOptions& options)
{
    auto state = std::make_unique<State>();
    EPHOR_TRY(state->channel, RemoteChannel::open(options));
    EPHOR_TRY(state->serverVersion, handshake(*state->channel));
    return std::unique_ptr<RemoteBackend>(new RemoteBackend(std::move(state)));
}

const std::string& RemoteBackend::serverVersion() const
{
    return m_state->serverVersion;
}

Result<void> RemoteBackend::invoke(
    const OperationType& operation, const void* request, void* response, const CallContext& context)
{
    const RemoteRequest post = postJson("/v1/operations/" + std::string(operation.operation->name),
        compactJson(toJson(operation.request(), request, Secrets::Show)), context);
    const bool repeatable = operation.operation->effect == Effect::Read || !context.idempotencyKey.empty();
    EPHOR_TRY(const HttpReply reply, m_state->channel->call(post, repeatable ? Repeat::Once : Repeat::Never));
    EPHOR_TRY(const Json json, jsonOfReply(reply));
    return fromJson(operation.response(), response, json, UnknownMembers::Ignore);
}

Result<std::unique_ptr<RunHandle>> RemoteBackend::start(
    const StartRun::Request& request, const CallContext& context, std::function<void(const RunEvent&)> onEvent)
{
    const auto position = std::make_shared<RunPosition>();
    RemoteFeedPlan plan = runPlan(position, context, std::move(onEvent));
    const RemoteRequest post = postJson("/v1/runs", compactJson(toJson(request, Secrets::Show)), context);
    // Only the first request starts the run; the others follow it from where it was heard last.
    plan.head = [position](const HttpReply& head) {
        if (const auto run = findHeader(head.headers, "x-ephor-run"))
            position->run = *run;
    };
    plan.request = [post, again = plan.request](std::uint64_t attempt) { return attempt == 0 ? post : again(attempt); };
    const auto feed = std::make_shared<RemoteFeed>(*m_state->channel, std::move(plan));
    EPHOR_TRY(const HttpReply head, feed->open());
    const auto run = findHeader(head.headers, "x-ephor-run");
    if (!run) {
        feed->stop();
        return fail(errorFromProblem(head.status, ""));
    }
    return std::make_unique<FeedRunHandle>(*m_state->channel, feed, std::string(*run), context);
}

Result<std::unique_ptr<Subscription>> RemoteBackend::follow(const std::string& run, std::uint64_t after,
    const CallContext& context, std::function<void(const RunEvent&)> onEvent)
{
    const auto position = std::make_shared<RunPosition>(RunPosition{run, after});
    const auto feed = std::make_shared<RemoteFeed>(*m_state->channel, runPlan(position, context, std::move(onEvent)));
    EPHOR_TRY_VOID(feed->open());
    return std::make_unique<FeedSubscription>(feed);
}

Result<std::unique_ptr<Subscription>> RemoteBackend::subscribe(
    const TopicSet& topics, const CallContext& context, std::function<void(const Event&)> onEvent)
{
    std::string target = "/v1/events";
    for (const Topic topic : topics)
        target += (target.ends_with("events") ? "?topics=" : ",") + wordOf(topic);
    RemoteFeedPlan plan;
    plan.request = [target, context](std::uint64_t) { return RemoteRequest{"GET", target, callHeaders(context), {}}; };
    plan.event = [onEvent](const provider::SseEvent& event) {
        if (const auto value = valueOf<Event>(event))
            onEvent(*value);
        return false;
    };
    plan.reopened = [onEvent] { onEvent({0, Topic::Workspace, "resync", {}, 0}); };
    plan.lost = [onEvent](const Error& error) { onEvent({0, Topic::Workspace, "lost", error.code, 0}); };
    const auto feed = std::make_shared<RemoteFeed>(*m_state->channel, std::move(plan));
    EPHOR_TRY_VOID(feed->open());
    return std::make_unique<FeedSubscription>(feed);
}

}
