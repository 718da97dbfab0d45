#pragma once

#include "core/domain/limits.h"

#include <boost/describe.hpp>

namespace ephor {

/// What an event is about; also what a subscription chooses by.
enum class Topic {
    Definitions,
    Changes,
    Rollouts,
    Runs,
    Approvals,
    Stops,
    Grants,
    Record,
    People,
    Metrics,
    Workspace,
    Findings, ///< what was found in texts, and outages of what looks for it
};
BOOST_DESCRIBE_ENUM(
    Topic, Definitions, Changes, Rollouts, Runs, Approvals, Stops, Grants, Record, People, Metrics, Workspace, Findings)

/// A hint that something changed, never its state: whoever shows it asks again. A gap or an overflow is one Resync.
struct Event {
    std::uint64_t seq = 0;
    Topic topic = Topic::Workspace;
    std::string kind; ///< "saved", "finished", "resync", …
    std::string id;
    std::uint64_t version = 0;
    bool operator==(const Event&) const = default;
};
BOOST_DESCRIBE_STRUCT(Event, (), (seq, topic, kind, id, version))

using TopicSet = std::vector<Topic>; ///< empty: all

enum class RunEventKind {
    Started, ///< data: release, variant
    Text, ///< text: a piece of the answer
    ToolCall, ///< data: call, tool; arguments only for who may open them
    Verdict, ///< data: the verdict
    ToolResult, ///< data: call, ok
    Waiting, ///< data: approval id; text says what is waited for
    Resumed,
    Finished, ///< data: usage, finish reason, decision
    Failed, ///< data: the error
};
BOOST_DESCRIBE_ENUM(RunEventKind, Started, Text, ToolCall, Verdict, ToolResult, Waiting, Resumed, Finished, Failed)

/// One step of a run's story as its caller sees it, in order of `seq`, resumable by `after`.
struct RunEvent {
    std::string run;
    std::uint64_t seq = 0;
    RunEventKind kind = RunEventKind::Started;
    std::string text;
    Document data;
    bool operator==(const RunEvent&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunEvent, (), (run, seq, kind, text, data))

}
