#pragma once

#include "core/domain/limits.h"

#include <boost/describe.hpp>

namespace ephor {

/// Who could have written a text: somebody who answers for it, or anybody.
enum class Integrity { Trusted, Untrusted };
BOOST_DESCRIBE_ENUM(Integrity, Trusted, Untrusted)

/// Who may read a text, each word stricter than the one before.
enum class Confidentiality { Public, Internal, Confidential, Secret };
BOOST_DESCRIBE_ENUM(Confidentiality, Public, Internal, Confidential, Secret)

/// What is known of a text that an agent has read. Of nothing known, the strictest: a label that is missing.
struct Label {
    Integrity integrity = Integrity::Untrusted;
    Confidentiality confidentiality = Confidentiality::Secret;
    bool operator==(const Label&) const = default;
};
BOOST_DESCRIBE_STRUCT(Label, (), (integrity, confidentiality))

/// Where text passes in a run.
enum class TextSurface {
    Input, ///< what the caller sent: messages and variables
    Model, ///< what goes to the model for the first time
    Arguments, ///< of a tool call
    Result, ///< what a tool answered
    Answer, ///< what goes back to the caller, also in pieces
};
BOOST_DESCRIBE_ENUM(TextSurface, Input, Model, Arguments, Result, Answer)

/// What is done with what was found, each harder on the text than the one before.
enum class ProtectAction {
    Observe, ///< counted, left as it is
    Mask, ///< all but a little hidden
    Tokenise, ///< a stand-in that only Ephor turns back
    Hash, ///< a stand-in that is the same for the same value, and never turned back
    Redact, ///< its kind in its place
    Ask, ///< of arguments alone: the call waits for a person
    Deny,
};
BOOST_DESCRIBE_ENUM(ProtectAction, Observe, Mask, Tokenise, Hash, Redact, Ask, Deny)

/// What becomes of findings of a kind, and where. A rule that names the entity itself outranks one that names its
/// class; among equals the harder action holds.
struct ProtectionRule {
    List<std::string, 64> what; ///< entities ("CREDIT_CARD") or classes: personal, financial, secret, technical,
                                ///< custom; "instruction" for signs of injected instructions
    List<TextSurface, 8> surfaces; ///< none: all
    List<std::string, 64> tools; ///< of Arguments and Result: these alone; none: all
    ProtectAction action = ProtectAction::Redact;
    std::uint64_t atLeast = 50; ///< percent of certainty; weaker findings are only counted
    bool operator==(const ProtectionRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProtectionRule, (), (what, surfaces, tools, action, atLeast))

/// Words near a finding that make it more or less certain.
struct Hotwords {
    List<std::string, 32> words; ///< whole words, without case
    std::uint64_t within = 50; ///< characters before the finding
    std::int64_t change = 35; ///< percent, may be negative
    bool operator==(const Hotwords&) const = default;
};
BOOST_DESCRIBE_STRUCT(Hotwords, (), (words, within, change))

/// A detector of the company's own.
struct OwnDetector {
    Text<64> entity; ///< "PROJECT_CODE"
    Line title;
    Text<1'024> pattern; ///< RE2 syntax; empty: `words` decide
    List<std::string, 2'000> words;
    std::uint64_t score = 60; ///< percent
    List<Hotwords, 8> hotwords;
    bool operator==(const OwnDetector&) const = default;
};
BOOST_DESCRIBE_STRUCT(OwnDetector, (), (entity, title, pattern, words, score, hotwords))

/// A value that is no finding: a false alarm somebody answered for.
struct ProtectionException {
    Text<64> entity;
    Text<96> digest; ///< keyed, of the value; never the value
    Line reason;
    bool operator==(const ProtectionException&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProtectionException, (), (entity, digest, reason))

/// What a rule does that decides about calls by what the run has read.
enum class FlowMode { Off, Observe, Ask, Deny };
BOOST_DESCRIBE_ENUM(FlowMode, Off, Observe, Ask, Deny)

/// What may pass through the runs of the agents that name it (docs/formats/protection.md).
struct ProtectionBody {
    Line title;
    Prose description;
    List<ProtectionRule, 128> rules;
    List<OwnDetector, 64> detectors;
    List<ProtectionException, 512> exceptions;
    List<std::string, 256>
        allowedHosts; ///< links of answers may lead there: "example.com", ".example.com" with all below
    FlowMode flows = FlowMode::Observe; ///< a call that carries more than its tool is cleared for
    FlowMode trust = FlowMode::Observe; ///< a call that changes something, after the run read what anybody wrote
    std::uint64_t grounded = 0; ///< percent of an answer's sentences that what tools returned must bear out; 0: off
    FlowMode ungrounded = FlowMode::Observe; ///< Ask is Deny: an answer cannot wait
    bool reveal = false; ///< answers show the values behind stand-ins
    Text<128>
        judge; ///< a model that is asked about sentences which share too few words with what was read; empty: none
    FlowMode marker = FlowMode::Off; ///< the prompt carries an unguessable marker of its run: what becomes of a call or
                                     ///< an answer that holds it. Ask is Deny
    bool operator==(const ProtectionBody&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProtectionBody, (),
    (title, description, rules, detectors, exceptions, allowedHosts, flows, trust, grounded, ungrounded, reveal, judge,
        marker))

/// Something a text held, without the text.
struct Noticed {
    std::string what; ///< an entity, or "removed:invisible" for what the sanitizer took out
    ProtectAction action = ProtectAction::Observe;
    std::uint64_t count = 0;
    bool operator==(const Noticed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Noticed, (), (what, action, count))

/// A sentence of an answer and what bears it out.
struct Citation {
    std::uint64_t start = 0; ///< bytes of the answer
    std::uint64_t end = 0;
    std::uint64_t support = 0; ///< percent of its telling words that the passage has
    std::string call; ///< the tool call whose result bears it out best; empty: none has any of it
    bool supported = false;
    bool judged = false; ///< a judge said so, the words alone did not
    bool operator==(const Citation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Citation, (), (start, end, support, call, supported, judged))

/// What was looked for in one text of a run, and found.
struct Inspected {
    TextSurface surface = TextSurface::Input;
    std::string tool; ///< of Arguments and Result
    std::uint64_t message = 0; ///< which message of the run, from 0; of the stream: the next
    Label label; ///< of the text itself
    std::vector<Noticed> noticed;
    bool operator==(const Inspected&) const = default;
};
BOOST_DESCRIBE_STRUCT(Inspected, (), (surface, tool, message, label, noticed))

}
