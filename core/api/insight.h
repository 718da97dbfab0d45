#pragma once

#include "core/api/operation.h"
#include "core/api/page.h"
#include "core/api/runs.h"
#include "core/domain/change.h"
#include "core/domain/metrics.h"

namespace ephor {

/// One thing that changed since a moment, in words.
struct ChangedItem {
    Instant at;
    /// change, rollout, pause, rollback, release, stop, lift, denial, approval, grant, person, health
    std::string kind;
    std::string title;
    std::string detail;
    std::string route; ///< where the console shows it: "changes/CH-12"
    bool operator==(const ChangedItem&) const = default;
};
BOOST_DESCRIBE_STRUCT(ChangedItem, (), (at, kind, title, detail, route))

/// One thing that waits for the caller.
struct InboxItem {
    std::string kind; ///< action, change, ratify, erasure
    std::string id;
    std::string title;
    std::string detail;
    Instant since;
    std::optional<Instant> deadline;
    std::string route;
    bool operator==(const InboxItem&) const = default;
};
BOOST_DESCRIBE_STRUCT(InboxItem, (), (kind, id, title, detail, since, deadline, route))

/// `slices` points over the range; before: the same length of time just before it.
struct ReadOverview {
    static constexpr Operation operation{
        "insight.overview", Permission::View, Effect::Read, "Show totals, series and agents over a range"};
    struct Request {
        TimeRange range;
        std::uint64_t slices = 48;
        Text<128> team;
    };
    struct Response {
        Totals totals;
        Totals before;
        std::vector<SeriesPoint> series;
        std::vector<ModelCost> models; ///< dearest first; beyond five the rest is one
        std::vector<AgentRow> agents;
        std::uint64_t waiting = 0;
        std::optional<Instant> oldestWaiting;
        std::vector<ChangedItem> markers; ///< releases and rollouts in the range
    };
};
BOOST_DESCRIBE_STRUCT(ReadOverview::Request, (), (range, slices, team))
BOOST_DESCRIBE_STRUCT(
    ReadOverview::Response, (), (totals, before, series, models, agents, waiting, oldestWaiting, markers))

struct ReadAgent {
    static constexpr Operation operation{
        "insight.agent", Permission::View, Effect::Read, "Show one agent's numbers over a range"};
    struct Request {
        Name agent;
        TimeRange range;
        std::uint64_t slices = 48;
    };
    struct Response {
        AgentRow agent;
        std::vector<SeriesPoint> series;
        std::vector<SeriesPoint> canary; ///< empty without one
        std::map<std::string, Totals> byModel;
    };
};
BOOST_DESCRIBE_STRUCT(ReadAgent::Request, (), (agent, range, slices))
BOOST_DESCRIBE_STRUCT(ReadAgent::Response, (), (agent, series, canary, byModel))

struct WhatChanged {
    static constexpr Operation operation{
        "insight.changed", Permission::View, Effect::Read, "List what changed since a moment"};
    struct Request {
        Instant since; ///< unset: the caller's last visit
        std::uint64_t limit = 50;
    };
    struct Response {
        Instant since;
        std::vector<ChangedItem> items;
    };
};
BOOST_DESCRIBE_STRUCT(WhatChanged::Request, (), (since, limit))
BOOST_DESCRIBE_STRUCT(WhatChanged::Response, (), (since, items))

struct ReadInbox {
    static constexpr Operation operation{"inbox.list", Permission::View, Effect::Read, "List what waits for me"};
    using Request = Empty;
    struct Response {
        std::vector<InboxItem> items;
        std::vector<InboxItem> doneByMe;
    };
};
BOOST_DESCRIBE_STRUCT(ReadInbox::Response, (), (items, doneByMe))

struct FirstRequest {
    static constexpr Operation operation{"insight.first-request", Permission::View, Effect::Read,
        "Tell whether an agent that lives elsewhere has called yet"};
    struct Request {
        Name agent;
    };
    struct Response {
        bool seen = false;
        Instant at;
        std::string caller;
        std::optional<std::uint64_t> messages; ///< nothing when the run's spans are not kept any more
        bool carriedPerson = false;
        bool carriedConversation = false;
        std::string run;
    };
};
BOOST_DESCRIBE_STRUCT(FirstRequest::Request, (), (agent))
BOOST_DESCRIBE_STRUCT(FirstRequest::Response, (), (seen, at, caller, messages, carriedPerson, carriedConversation, run))

struct FindAnything {
    static constexpr Operation operation{
        "insight.find", Permission::View, Effect::Read, "Find places by id, name or business reference"};
    struct Request {
        Text<256, 1> text;
    };
    struct Response {
        std::vector<ChangedItem> hits;
    };
};
BOOST_DESCRIBE_STRUCT(FindAnything::Request, (), (text))
BOOST_DESCRIBE_STRUCT(FindAnything::Response, (), (hits))

}
