#pragma once

#include "core/api/definitions.h"
#include "core/api/operation.h"
#include "core/domain/protection.h"

namespace ephor {

/// A kind of thing that is looked for, as rules name it.
struct KnownEntity {
    std::string name; ///< "CREDIT_CARD"
    std::string title;
    std::string entityClass; ///< "personal", "financial", "secret", "technical", "custom"
    bool operator==(const KnownEntity&) const = default;
};
BOOST_DESCRIBE_STRUCT(KnownEntity, (), (name, title, entityClass))

/// Version 0 makes a new definition; another expectedVersion must be the newest (definition.moved-on).
struct SaveProtection {
    static constexpr Operation operation{
        "protections.save", Permission::EditDefinitions, Effect::Write, "Save a new version of a protection"};
    struct Request {
        Name name;
        Text<128> team; ///< needed for a new definition
        ProtectionBody body;
        Line message;
        std::uint64_t expectedVersion = 0;
    };
    struct Response {
        DefinitionRef saved;
    };
};
BOOST_DESCRIBE_STRUCT(SaveProtection::Request, (), (name, team, body, message, expectedVersion))
BOOST_DESCRIBE_STRUCT(SaveProtection::Response, (), (saved))

struct CheckProtection {
    static constexpr Operation operation{
        "protections.check", Permission::View, Effect::Read, "Check a protection without saving it"};
    struct Request {
        ProtectionBody body;
    };
    struct Response {
        std::vector<Problem> problems;
        std::vector<KnownEntity> entities; ///< everything its rules may name; where it compiles
    };
};
BOOST_DESCRIBE_STRUCT(CheckProtection::Request, (), (body))
BOOST_DESCRIBE_STRUCT(CheckProtection::Response, (), (problems, entities))

/// What agents pass through whose release names no protection. It is no definition, and changes with Ephor itself.
struct ShowStandardProtection {
    static constexpr Operation operation{
        "protections.standard", Permission::View, Effect::Read, "Show what agents without a protection pass through"};
    using Request = Empty;
    struct Response {
        ProtectionBody body;
    };
};
BOOST_DESCRIBE_STRUCT(ShowStandardProtection::Response, (), (body))

/// One thing that a text held.
struct TriedFinding {
    std::string what;
    std::string title;
    std::uint64_t start = 0; ///< code points of the text that was given
    std::uint64_t end = 0;
    std::uint64_t score = 0; ///< percent
    ProtectAction action = ProtectAction::Observe;
    bool excepted = false; ///< a governed exception says that it is none
    bool operator==(const TriedFinding&) const = default;
};
BOOST_DESCRIBE_STRUCT(TriedFinding, (), (what, title, start, end, score, action, excepted))

/// The text is kept nowhere. Stand-ins of a trial cannot be turned back.
struct TryProtection {
    static constexpr Operation operation{
        "protections.try", Permission::View, Effect::Read, "See what a protection does to a text"};
    struct Request {
        ProtectionBody body;
        Text<262'144> text;
        TextSurface surface = TextSurface::Input;
        Text<128> tool; ///< of Arguments and Result
    };
    struct Response {
        std::string word; ///< "allow", "transform", "ask", "deny"
        std::string reason;
        std::string text; ///< what would go on; empty where it is denied
        std::vector<TriedFinding> findings;
    };
};
BOOST_DESCRIBE_STRUCT(TryProtection::Request, (), (body, text, surface, tool))
BOOST_DESCRIBE_STRUCT(TryProtection::Response, (), (word, reason, text, findings))

/// How often something was found, and what was done with it. Never what.
struct FindingCount {
    std::string agent;
    TextSurface surface = TextSurface::Input;
    std::string tool; ///< of Arguments and Result
    std::string what;
    ProtectAction action = ProtectAction::Observe;
    std::uint64_t count = 0;
    std::uint64_t runs = 0;
    Instant last;
    std::string lastRun;
    std::string title; ///< of `what`, as its detector calls it: "Card number"; empty where none is known by that name
    bool operator==(const FindingCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(FindingCount, (), (agent, surface, tool, what, action, count, runs, last, lastRun, title))

struct CountFindings {
    static constexpr Operation operation{
        "protections.findings", Permission::View, Effect::Read, "Count what was found where, over some days"};
    struct Request {
        std::uint64_t days = 30; ///< 1 to 365
        Text<128> agent; ///< empty: every agent
    };
    struct Response {
        std::vector<FindingCount> counts; ///< most first
    };
};
BOOST_DESCRIBE_STRUCT(CountFindings::Request, (), (days, agent))
BOOST_DESCRIBE_STRUCT(CountFindings::Response, (), (counts))

/// Saves a new version that holds the value's keyed digest; it binds once a change releases it.
struct ExceptFinding {
    static constexpr Operation operation{
        "protections.except", Permission::EditDefinitions, Effect::Write, "Say that a value is a false alarm"};
    struct Request {
        Name name; ///< of the protection
        Text<64, 1> entity;
        SecretText<4'096, 1> value;
        Reason reason;
        std::uint64_t expectedVersion = 0;
    };
    struct Response {
        DefinitionRef saved;
    };
};
BOOST_DESCRIBE_STRUCT(ExceptFinding::Request, (), (name, entity, value, reason, expectedVersion))
BOOST_DESCRIBE_STRUCT(ExceptFinding::Response, (), (saved))

/// Which of the three that are dangerous together an agent has: strangers' text, sensitive data, and a way to change
/// something or send it out. With two, a person need not be asked; with three one should be.
struct AgentExposure {
    std::string agent;
    std::string title;
    std::string protection; ///< that its texts pass through; empty: the standard one
    std::vector<std::string> untrusted; ///< tools whose results anybody may have written
    std::vector<std::string> sensitive; ///< tools that reach confidential data
    std::vector<std::string> acting; ///< tools that change something or send it out
    bool operator==(const AgentExposure&) const = default;
};
BOOST_DESCRIBE_STRUCT(AgentExposure, (), (agent, title, protection, untrusted, sensitive, acting))

struct ReadExposure {
    static constexpr Operation operation{
        "protections.exposure", Permission::View, Effect::Read, "Show each agent's rule of two"};
    struct Request {
        Text<128> agent; ///< empty: every agent in production
    };
    struct Response {
        std::vector<AgentExposure> agents;
    };
};
BOOST_DESCRIBE_STRUCT(ReadExposure::Request, (), (agent))
BOOST_DESCRIBE_STRUCT(ReadExposure::Response, (), (agents))

/// Calls and texts that were held back because something Ephor needs did not work: one trouble, not as many verdicts.
struct Outage {
    std::string cause; ///< "detector"
    std::string sentence;
    Instant since;
    Instant last;
    std::uint64_t blocked = 0;
    bool lasting = false; ///< nothing has passed since
    bool operator==(const Outage&) const = default;
};
BOOST_DESCRIBE_STRUCT(Outage, (), (cause, sentence, since, last, blocked, lasting))

struct ListOutages {
    static constexpr Operation operation{
        "protections.outages", Permission::View, Effect::Read, "List what Ephor blocks because a part of it fails"};
    struct Request {
        std::uint64_t days = 7; ///< 1 to 365
    };
    struct Response {
        std::vector<Outage> outages; ///< newest first
    };
};
BOOST_DESCRIBE_STRUCT(ListOutages::Request, (), (days))
BOOST_DESCRIBE_STRUCT(ListOutages::Response, (), (outages))

}
