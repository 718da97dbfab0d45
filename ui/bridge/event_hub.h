#pragma once

#include "ui/bridge/session.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <initializer_list>
#include <vector>

namespace ephor::ui {

/// How long events are gathered before screens hear of them.
constexpr int eventGatherMilliseconds = 100;

/// Every topic there is: what a resync means.
TopicSet allTopics();
/// Whether one of `wanted` is in the set. In the console an empty set is empty.
bool touches(const TopicSet& topics, std::initializer_list<Topic> wanted);
/// The union, in order, each topic once.
TopicSet merged(TopicSet topics, const TopicSet& more);

/// The one subscription of a session. Events are hints: it gathers them for 100 ms and tells which topics changed, so
/// that whoever is visible asks again. Subscribing and ending happen off the UI thread.
class EventHub : public QObject {
    Q_OBJECT

public:
    explicit EventHub(Session& session, QObject* parent = nullptr);
    ~EventHub() override;

    bool isConnected() const { return m_connected; }

Q_SIGNALS:
    /// Sorted, each once, never empty. After a gap: every topic.
    void changed(const ephor::TopicSet& topics);
    /// Each event by itself, gathered too: for live lists that need ids.
    void events(const std::vector<ephor::Event>& events);
    void connectedChanged(bool connected);

private:
    struct Shared;
    void subscribe();
    void gather();
    void tell();
    void setConnected(bool connected);

    Session& m_session;
    std::shared_ptr<Shared> m_shared;
    QTimer m_gather;
    QTimer m_retry;
    int m_failures = 0;
    bool m_connected = false;
    bool m_everConnected = false;
};

/// Follows one run from the event after `after`; its events come on the UI thread, in order. Destroying it stops.
class RunFollow : public QObject {
    Q_OBJECT

public:
    RunFollow(Session& session, const QString& run, quint64 after, QObject* parent = nullptr);
    ~RunFollow() override;

Q_SIGNALS:
    void arrived(const std::vector<ephor::RunEvent>& events);
    void failed(const ephor::Error& error);

private:
    struct Shared;
    std::shared_ptr<Shared> m_shared;
};

}
