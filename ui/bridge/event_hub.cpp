#include "ui/bridge/event_hub.h"

#include "ui/bridge/request.h"

#include <QCoreApplication>
#include <algorithm>
#include <boost/mp11.hpp>
#include <mutex>

namespace ephor::ui {

namespace {

/// Events kept for one telling; more are told as a gap, since nobody looks at thousands of rows in a tenth of a second.
constexpr std::size_t largestGathering = 2'000;
/// Waits before subscribing again: doubled from the first to the longest.
constexpr int firstRetryMilliseconds = 500;
constexpr int longestRetryMilliseconds = 15'000;

}

TopicSet allTopics()
{
    TopicSet topics;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Topic>>(
        [&topics](auto enumerator) { topics.push_back(enumerator.value); });
    return topics;
}

bool touches(const TopicSet& topics, std::initializer_list<Topic> wanted)
{
    return std::any_of(topics.begin(), topics.end(),
        [&wanted](Topic topic) { return std::find(wanted.begin(), wanted.end(), topic) != wanted.end(); });
}

TopicSet merged(TopicSet topics, const TopicSet& more)
{
    topics.insert(topics.end(), more.begin(), more.end());
    std::sort(topics.begin(), topics.end());
    topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
    return topics;
}

/// What the backend's threads write into. Outlives the hub for as long as a callback may run.
struct EventHub::Shared {
    std::mutex mutex;
    std::vector<Event> events;
    bool gap = false;
    bool announced = false; ///< the UI thread was already told to gather
    bool closed = false;
    EventHub* hub = nullptr; ///< touched on the UI thread only

    std::shared_ptr<Backend> backend;
    std::unique_ptr<Subscription> subscription;

    void add(const std::shared_ptr<Shared>& self, const Event& event)
    {
        const std::lock_guard lock(mutex);
        if (closed)
            return;
        if (event.kind == "resync" || events.size() >= largestGathering)
            gap = true;
        else
            events.push_back(event);
        if (announced)
            return;
        announced = true;
        wake(self);
    }

    static void wake(const std::shared_ptr<Shared>& self)
    {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self] {
                if (self->hub)
                    self->hub->gather();
            },
            Qt::QueuedConnection);
    }
};

EventHub::EventHub(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_shared(std::make_shared<Shared>())
{
    m_shared->hub = this;
    m_shared->backend = session.backend();
    m_gather.setSingleShot(true);
    m_gather.setInterval(eventGatherMilliseconds);
    connect(&m_gather, &QTimer::timeout, this, &EventHub::tell);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &EventHub::subscribe);
    subscribe();
}

EventHub::~EventHub()
{
    m_shared->hub = nullptr;
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->closed = true;
    }
    // Ending waits for a callback that runs, and that belongs off this thread.
    RequestRunner::detach([shared = std::move(m_shared)] {
        const std::unique_ptr<Subscription> ending = [&shared] {
            const std::lock_guard lock(shared->mutex);
            return std::move(shared->subscription);
        }();
    });
}

void EventHub::subscribe()
{
    auto failure = std::make_shared<std::optional<Error>>();
    RequestRunner::run(
        this, m_session,
        [shared = m_shared, context = m_session.context(), failure] {
            auto made = shared->backend->subscribe({}, context, [weak = std::weak_ptr(shared)](const Event& event) {
                if (const auto alive = weak.lock())
                    alive->add(alive, event);
            });
            if (!made) {
                failure->emplace(std::move(made).error());
                return;
            }
            std::unique_ptr<Subscription> late;
            const std::lock_guard lock(shared->mutex);
            (shared->closed ? late : shared->subscription) = std::move(*made);
        },
        [failure]() -> const Error* { return failure->has_value() ? &**failure : nullptr; },
        [this, failure] {
            if (!failure->has_value()) {
                m_failures = 0;
                setConnected(true);
                return;
            }
            setConnected(false);
            if ((*failure)->kind == ErrorKind::Unauthenticated)
                return;
            m_retry.start(std::min(firstRetryMilliseconds << std::min(m_failures++, 5), longestRetryMilliseconds));
        });
}

void EventHub::setConnected(bool connected)
{
    const bool again = connected && !m_connected && m_everConnected;
    m_everConnected = m_everConnected || connected;
    if (connected != m_connected) {
        m_connected = connected;
        Q_EMIT connectedChanged(connected);
    }
    if (again)
        Q_EMIT changed(allTopics());
}

void EventHub::gather()
{
    if (!m_gather.isActive())
        m_gather.start();
}

void EventHub::tell()
{
    std::vector<Event> told;
    bool gap = false;
    {
        const std::lock_guard lock(m_shared->mutex);
        told.swap(m_shared->events);
        gap = std::exchange(m_shared->gap, false);
        m_shared->announced = false;
    }
    TopicSet topics = gap ? allTopics() : TopicSet{};
    if (!gap) {
        for (const Event& event : told)
            topics.push_back(event.topic);
        topics = merged(std::move(topics), {});
    }
    if (!told.empty())
        Q_EMIT events(told);
    if (!topics.empty())
        Q_EMIT changed(topics);
}

}
