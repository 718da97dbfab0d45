#pragma once

#include "core/base/error.h"
#include "core/domain/protection.h"
#include "core/domain/run.h"

namespace ephor {

/// What the data of a run's events hold, as toJson writes them, so that the runtime and the surfaces agree in one
/// place.

/// Of RunEventKind::Started.
struct RunStarted {
    std::string release;
    std::uint64_t releaseNumber = 0;
    Variant variant = Variant::Only;
    bool operator==(const RunStarted&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunStarted, (), (release, releaseNumber, variant))

/// Of RunEventKind::Waiting.
struct RunWaiting {
    std::string approval; ///< id of the request that waits
    bool operator==(const RunWaiting&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunWaiting, (), (approval))

/// Of RunEventKind::Finished.
struct RunFinished {
    Usage usage;
    std::string finishReason = "stop"; ///< in the words of Chat Completions
    Decision decision;
    std::vector<Citation> citations; ///< of an answer that was measured against what tools returned
    bool operator==(const RunFinished&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunFinished, (), (usage, finishReason, decision, citations))

struct RunFailedField {
    std::string name;
    std::string value;
    bool operator==(const RunFailedField&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunFailedField, (), (name, value))

/// Of RunEventKind::Failed: an Error.
struct RunFailed {
    std::string kind; ///< word of the ErrorKind
    std::string code;
    std::string message;
    std::string hint;
    std::vector<RunFailedField> fields;
    bool operator==(const RunFailed&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunFailed, (), (kind, code, message, hint, fields))

inline RunFailed runFailedOf(const Error& error)
{
    RunFailed failed{std::string(toString(error.kind)), error.code, error.message, error.hint, {}};
    for (const auto& [name, value] : error.fields)
        failed.fields.push_back({name, value});
    return failed;
}

inline Error errorOf(const RunFailed& failed)
{
    Error error(errorKindFrom(failed.kind), failed.code, failed.message, failed.hint);
    for (const RunFailedField& field : failed.fields)
        error.fields.emplace_back(field.name, field.value);
    return error;
}

}
