#include "ui/bridge/event_hub.h"
#include "ui/bridge/request.h"
#include "ui/bridge/values.h"

#include <QCoreApplication>
#include <mutex>

namespace ephor::ui {

struct RunFollow::Shared {
    std::mutex mutex;
    std::vector<RunEvent> events;
    bool announced = false;
    bool closed = false;
    RunFollow* follow = nullptr; ///< touched on the UI thread only

    std::shared_ptr<Backend> backend;
    std::unique_ptr<Subscription> subscription;

    void add(const std::shared_ptr<Shared>& self, const RunEvent& event)
    {
        const std::lock_guard lock(mutex);
        if (closed)
            return;
        events.push_back(event);
        if (std::exchange(announced, true))
            return;
        QMetaObject::invokeMethod(QCoreApplication::instance(), [self] { deliver(*self); }, Qt::QueuedConnection);
    }

    static void deliver(Shared& shared)
    {
        std::vector<RunEvent> batch;
        {
            const std::lock_guard lock(shared.mutex);
            batch.swap(shared.events);
            shared.announced = false;
        }
        if (shared.follow && !batch.empty())
            Q_EMIT shared.follow->arrived(batch);
    }
};

RunFollow::RunFollow(Session& session, const QString& run, quint64 after, QObject* parent)
    : QObject(parent)
    , m_shared(std::make_shared<Shared>())
{
    m_shared->follow = this;
    m_shared->backend = session.backend();
    auto failure = std::make_shared<std::optional<Error>>();
    RequestRunner::run(
        this, session,
        [shared = m_shared, context = session.context(), id = utf8(run), after, failure] {
            auto made
                = shared->backend->follow(id, after, context, [weak = std::weak_ptr(shared)](const RunEvent& event) {
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
            if (failure->has_value())
                Q_EMIT failed(**failure);
        });
}

RunFollow::~RunFollow()
{
    m_shared->follow = nullptr;
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->closed = true;
    }
    RequestRunner::detach([shared = std::move(m_shared)] {
        const std::unique_ptr<Subscription> ending = [&shared] {
            const std::lock_guard lock(shared->mutex);
            return std::move(shared->subscription);
        }();
    });
}

}
