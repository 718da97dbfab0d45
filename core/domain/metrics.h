#pragma once

#include "core/domain/run.h"

namespace ephor {

/// Totals over a range. Quantiles and cost are empty when there is nothing to know them from.
struct Totals {
    std::uint64_t runs = 0;
    std::uint64_t done = 0;
    std::uint64_t asked = 0; ///< runs that waited for a person
    std::uint64_t denied = 0; ///< runs that a gate ended
    std::uint64_t failed = 0;
    std::uint64_t verdicts = 0;
    std::uint64_t deniedVerdicts = 0;
    std::uint64_t askedVerdicts = 0;
    std::optional<double> p50; ///< seconds
    std::optional<double> p95;
    std::optional<double> p99;
    std::optional<Money> cost; ///< known part
    std::uint64_t costUnknown = 0; ///< runs whose cost is not known
    std::uint64_t tokens = 0;
    bool operator==(const Totals&) const = default;
};
BOOST_DESCRIBE_STRUCT(Totals, (),
    (runs, done, asked, denied, failed, verdicts, deniedVerdicts, askedVerdicts, p50, p95, p99, cost, costUnknown,
        tokens))

/// Totals of one slice of time.
struct SeriesPoint {
    Instant at; ///< start of the slice
    Totals totals;
    bool operator==(const SeriesPoint&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeriesPoint, (), (at, totals))

/// What the runs of one model cost over a range, slice by slice.
struct ModelCost {
    std::string model; ///< name; empty for all others together
    std::optional<Money> cost; ///< known part; nothing where none is known
    std::uint64_t costUnknown = 0; ///< runs whose cost is not known
    std::vector<std::int64_t> slices; ///< billionths of a dollar, of the same slices as the series beside it
    bool operator==(const ModelCost&) const = default;
};
BOOST_DESCRIBE_STRUCT(ModelCost, (), (model, cost, costUnknown, slices))

enum class AgentHealth { Healthy, Slow, Failing, RollingOut, Waiting, Stopped, Quiet };
BOOST_DESCRIBE_ENUM(AgentHealth, Healthy, Slow, Failing, RollingOut, Waiting, Stopped, Quiet)

/// One agent as lists show it.
struct AgentRow {
    std::string name;
    std::string title;
    std::string description;
    std::string team;
    std::string teamTitle;
    std::string environment;
    std::string ownerName;
    AgentHealth health = AgentHealth::Quiet;
    std::string healthDetail; ///< "Slow since 11:50"
    std::uint64_t release = 0; ///< number in production; 0: none
    std::optional<std::uint64_t> canary; ///< number
    std::optional<double> share;
    std::uint64_t waiting = 0;
    std::uint64_t tools = 0;
    std::string coverage; ///< "enforced" for agents that run here, "seen" for those that only fetch prompts
    Totals totals;
    std::vector<double> spark; ///< runs per slice over the range
    bool operator==(const AgentRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(AgentRow, (),
    (name, title, description, team, teamTitle, environment, ownerName, health, healthDetail, release, canary, share,
        waiting, tools, coverage, totals, spark))

/// An exact count out of a total with its 95 % Wilson interval, empty while the total is zero.
struct Proportion {
    std::uint64_t count = 0;
    std::uint64_t total = 0;
    std::optional<double> low;
    std::optional<double> high;
    bool operator==(const Proportion&) const = default;
};
BOOST_DESCRIBE_STRUCT(Proportion, (), (count, total, low, high))

/// One side of a canary comparison.
struct VariantNumbers {
    Variant variant = Variant::Baseline;
    std::string release;
    std::uint64_t number = 0;
    std::uint64_t units = 0; ///< people or conversations
    Proportion success;
    Proportion denials; ///< of tool calls
    std::optional<double> p50;
    std::optional<double> p95;
    std::optional<Money> cost;
    std::uint64_t runs = 0;
    bool operator==(const VariantNumbers&) const = default;
};
BOOST_DESCRIBE_STRUCT(VariantNumbers, (), (variant, release, number, units, success, denials, p50, p95, cost, runs))

}
