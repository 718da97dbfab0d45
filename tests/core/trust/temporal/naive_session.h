#pragma once

#include "core/trust/cedar/temporal_operation.h"

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

/// The meaning of rules over a session, told slowly: every question reads the whole list of events. It shares no code
/// with the engine, nor its expressions.
namespace ephor::temporal::tests {

enum class Truth : std::uint8_t { False, True, Fault };

/// An event or a request; empty texts and missing numbers are left out of its input.
struct NaiveCall {
    cedar::EventKind kind = cedar::EventKind::Request;
    std::int64_t at = 0;
    std::string agent;
    std::string action;
    std::string to;
    int amount = 0;
    std::optional<int> cost; ///< Long; left out when unknown
    bool isDecimal = false; ///< cost is a decimal
    bool withdrawn = false;
};

/// What a `where` may say here, each in a class of WhereParts.
enum class NaivePart : std::uint8_t {
    BigRequest, ///< context.input.amount > 2
    NamedRequest, ///< context.input.to != "zz": faults where there is none
    BigEvent, ///< event.input.amount > 3
    NamedEvent, ///< event.input.to != "b": faults where there is none
    SameTo, ///< event.input.to == context.input.to: faults where either has none
    SameAmount, ///< context.input.amount == event.input.amount
    SameAgent, ///< event.principal == principal
    NotMore, ///< event.input.amount <= context.input.amount
    ToOrBig, ///< event.input.to == "a" || context.input.amount > 4
};

struct NaivePattern {
    std::vector<std::string> actions; ///< empty: any
    cedar::EventKind kind = cedar::EventKind::Request;
    std::vector<NaivePart> where;
    bool negated = false;
};

struct NaiveRule {
    cedar::TemporalOperator kind = cedar::TemporalOperator::Formerly;
    std::int64_t window = 0;
    std::string windowText; ///< empty: none is written
    NaivePattern event;
    NaivePattern ever;
    int most = 0; ///< Count, Sum: true from there on
    bool plus = false; ///< Sum: the request's amount is added
};

NaiveRule drawRule(std::mt19937& chance);
NaiveCall drawCall(std::mt19937& chance);

/// The condition as policies write it.
std::string textOf(const NaiveRule& rule);

/// What the rule says of a request that stands at `place` among the events.
Truth truthOf(const NaiveRule& rule, const std::vector<NaiveCall>& events, std::size_t place, const NaiveCall& request);

}
