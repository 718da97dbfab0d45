#pragma once

#include "core/api/operation.h"
#include "core/api/page.h"

#include <map>

namespace ephor {

/// A story of the presenter mode.
struct Story {
    std::string id;
    std::string title;
    std::string says; ///< what the presenter tells
    std::vector<std::string> steps;
    std::string route; ///< where it begins
    bool operator==(const Story&) const = default;
};
BOOST_DESCRIBE_STRUCT(Story, (), (id, title, says, steps, route))

struct ReadMetrics {
    static constexpr Operation operation{
        "workspace.metrics", Permission::View, Effect::Read, "Show the workspace's own counters"};
    using Request = Empty;
    struct Response {
        std::map<std::string, double> values;
    };
};
BOOST_DESCRIBE_STRUCT(ReadMetrics::Response, (), (values))

struct BackUp {
    static constexpr Operation operation{"workspace.backup", Permission::ManageKeys, Effect::Disclose,
        "Copy the workspace to a new folder while it runs"};
    struct Request {
        Text<4'096, 1> directory;
    };
    struct Response {
        std::uint64_t entries = 0;
    };
};
BOOST_DESCRIBE_STRUCT(BackUp::Request, (), (directory))
BOOST_DESCRIBE_STRUCT(BackUp::Response, (), (entries))

/// Requests a minute; 0 stops it. Only in demo workspaces.
struct SetTraffic {
    static constexpr Operation operation{
        "demo.traffic", Permission::OperateRollouts, Effect::Write, "Set the rate of the demo's traffic"};
    struct Request {
        std::uint64_t perMinute = 60;
    };
    struct Response {
        std::uint64_t perMinute = 0;
    };
};
BOOST_DESCRIBE_STRUCT(SetTraffic::Request, (), (perMinute))
BOOST_DESCRIBE_STRUCT(SetTraffic::Response, (), (perMinute))

struct ListStories {
    static constexpr Operation operation{
        "demo.stories", Permission::View, Effect::Read, "List the stories of the presenter mode"};
    using Request = Empty;
    struct Response {
        std::vector<Story> stories;
    };
};
BOOST_DESCRIBE_STRUCT(ListStories::Response, (), (stories))

/// Only in demo workspaces; under five seconds.
struct RunStory {
    static constexpr Operation operation{
        "demo.run", Permission::OperateRollouts, Effect::Write, "Play one step of a story, or reset it"};
    struct Request {
        Id story;
        std::uint64_t step = 0;
        bool reset = false;
    };
    struct Response {
        std::string happened;
        std::string route;
        std::uint64_t next = 0; ///< 0: the story is over
    };
};
BOOST_DESCRIBE_STRUCT(RunStory::Request, (), (story, step, reset))
BOOST_DESCRIBE_STRUCT(RunStory::Response, (), (happened, route, next))

}
