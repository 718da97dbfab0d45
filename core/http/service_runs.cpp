#include "core/api/runs.h"
#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/http/exchange.h"
#include "core/http/feed.h"
#include "core/http/sse_format.h"

#include <nlohmann/json.hpp>

namespace ephor::http {

namespace {

std::function<void(const RunEvent&)> runEventsTo(const std::shared_ptr<Feed>& feed)
{
    return [feed](const RunEvent& event) {
        feed->push(sseEvent(wordOf(event.kind), event.seq, compactJson(toJson(event))));
        if (event.kind == RunEventKind::Finished || event.kind == RunEventKind::Failed)
            feed->finish();
    };
}

Result<TopicSet> topicsOf(std::string_view text)
{
    TopicSet topics;
    for (const std::string_view word : split(text, ',')) {
        if (word.empty())
            continue;
        EPHOR_TRY(const Topic topic, enumeratorFrom<Topic>(word));
        topics.push_back(topic);
    }
    return topics;
}

}

// A client that comes back cannot know what it missed: it is told to ask again.
Result<void> Service::streamEvents(const Exchange& exchange)
{
    EPHOR_TRY(const TopicSet topics, topicsOf(exchange.target.value("topics")));
    const auto feed = std::make_shared<Feed>(exchange.writer, m_options.heartbeat);
    EPHOR_TRY(std::unique_ptr<Subscription> subscription,
        m_backend.subscribe(topics, exchange.context, [feed](const Event& event) {
            feed->push(sseEvent(wordOf(event.topic), event.seq, compactJson(toJson(event))));
        }));
    std::string first = sseComment("events");
    if (findHeader(exchange.request.headers, "last-event-id")) {
        const Event resync{0, Topic::Workspace, "resync", {}, 0};
        first += sseEvent(wordOf(resync.topic), resync.seq, compactJson(toJson(resync)));
    }
    feed->open({}, std::move(first), std::shared_ptr<Subscription>(std::move(subscription)));
    return {};
}

Result<void> Service::startRun(const Exchange& exchange)
{
    EPHOR_TRY_VOID(needsJsonBody(exchange.request));
    EPHOR_TRY(const Json json, parseJson(exchange.request.body));
    EPHOR_TRY(const auto request, fromJson<StartRun::Request>(json, UnknownMembers::Refuse));
    const auto feed = std::make_shared<Feed>(exchange.writer, m_options.heartbeat);
    EPHOR_TRY(std::unique_ptr<RunHandle> started, m_backend.start(request, exchange.context, runEventsTo(feed)));
    const std::shared_ptr<RunHandle> handle = std::move(started);
    {
        const std::lock_guard lock(m_runsMutex);
        std::erase_if(m_runs, [](const auto& run) { return run.second.handle.expired(); });
        m_runs[handle->id()] = {exchange.context.credential, handle};
    }
    feed->open({{"x-ephor-run", handle->id()}}, sseComment("run " + handle->id()), handle);
    return {};
}

Result<void> Service::followRun(const Exchange& exchange, const std::string& run)
{
    EPHOR_TRY(std::optional<std::uint64_t> after, countOf(exchange.target, "after"));
    if (const auto last = findHeader(exchange.request.headers, "last-event-id"); last && !after) {
        Target fromHeader;
        fromHeader.query["after"] = *last;
        EPHOR_TRY(after, countOf(fromHeader, "after"));
    }
    const auto feed = std::make_shared<Feed>(exchange.writer, m_options.heartbeat);
    EPHOR_TRY(std::unique_ptr<Subscription> subscription,
        m_backend.follow(run, after.value_or(0), exchange.context, runEventsTo(feed)));
    feed->open(
        {{"x-ephor-run", run}}, sseComment("run " + run), std::shared_ptr<Subscription>(std::move(subscription)));
    return {};
}

// Who streams a run may end it; anybody else needs the permission of runs.cancel.
Result<void> Service::cancelRun(const Exchange& exchange, const std::string& run)
{
    std::shared_ptr<RunHandle> handle;
    {
        const std::lock_guard lock(m_runsMutex);
        const auto found = m_runs.find(run);
        if (found != m_runs.end() && found->second.credential == exchange.context.credential)
            handle = found->second.handle.lock();
    }
    if (handle) {
        handle->cancel();
    } else {
        EPHOR_TRY(const auto request,
            fromJson<CancelRun::Request>(
                Json{{"id", run}, {"reason", "Cancelled over HTTP by its caller"}}, UnknownMembers::Refuse));
        EPHOR_TRY_VOID(m_backend.call<CancelRun>(request, exchange.context));
    }
    exchange.writer->reply(jsonReply(202, "{}"));
    return {};
}

}
