#include "core/trust/policy/call_verdict.h"

#include "core/trust/cedar/hearing.h"
#include "core/trust/cedar/value_builder.h"
#include "core/trust/policy/grant_policy.h"

#include <algorithm>
#include <array>
#include <memory_resource>
#include <nlohmann/json.hpp>

namespace ephor::policy {

namespace {

/// A policy that holds, with what Ephor knows of it.
struct Held {
    const RuleSet* rules = nullptr;
    std::uint32_t order = 0; ///< in its set
    bool erred = false; ///< it is held to hold because it could not be read
    cedar::Effect effect = cedar::Effect::Permit;
    std::uint8_t marks = 0; ///< RuleSet::Mark

    std::string id() const { return std::string(rules->policies().policies()[order].id); }
    const Obligations& obligations() const { return rules->obligationsAt(order); }
    bool forbids() const { return effect == cedar::Effect::Forbid; }
    bool observed() const { return (marks & RuleSet::observes) != 0; }
    /// Nobody's word lifts a forbid that could not be evaluated: what it would have asked for is not known.
    bool asks() const { return (marks & RuleSet::asks) != 0 && !erred; }
};
using HeldList = std::pmr::vector<Held>;

/// What holds of one request over both sets.
struct Standing {
    explicit Standing(std::pmr::memory_resource& memory)
        : forbids(&memory)
        , permits(&memory)
    {
    }
    HeldList forbids;
    HeldList permits;
};

/// Of the two that must be permitted.
enum class Side { Agent, Requester };

/// Both requests before both sets.
class Bench {
public:
    Bench(
        const RulesInForce& rules, const CallFacts& facts, const cedar::Request& agent, const cedar::Request& requester)
        : m_rules(rules)
        , m_asAgent(facts.entities, agent)
        , m_asRequester(m_asAgent, requester)
    {
        // What stands over every release is named first: it is the newer word, and a person's.
        hear(rules.standing, rules.standingHistory);
        hear(rules.released, rules.releasedHistory);
    }

    const Standing& agent() const { return m_agent; }
    const Standing& requester() const { return m_requester; }
    /// Whether any policy that holds binds nobody.
    bool observes() const { return m_observes; }
    /// Why one that erred did.
    std::string problemOf(const Held& held, Side side) const
    {
        const cedar::History* const history
            = held.rules == &m_rules.standing ? m_rules.standingHistory : m_rules.releasedHistory;
        const cedar::Asked& asked = side == Side::Agent ? m_asAgent : m_asRequester;
        return cedar::errorOf(held.rules->policies(), asked, history, held.order).message;
    }

private:
    void hear(const RuleSet& rules, const cedar::History* history)
    {
        cedar::Hearing hearing(rules.policies(), cedar::Mode::Ephor, history);
        for (auto [asked, standing] : {std::pair(&m_asAgent, &m_agent), std::pair(&m_asRequester, &m_requester)}) {
            cedar::Heard heard(m_memory);
            hearing.hear(*asked, heard);
            add(rules, heard.forbids, cedar::Effect::Forbid, heard.errors, standing->forbids);
            add(rules, heard.permits, cedar::Effect::Permit, heard.errors, standing->permits);
        }
    }

    void add(const RuleSet& rules, std::span<const std::uint32_t> orders, cedar::Effect effect,
        std::span<const std::uint32_t> erred, HeldList& list)
    {
        list.reserve(list.size() + orders.size());
        for (const std::uint32_t order : orders) {
            list.push_back({&rules, order, std::ranges::binary_search(erred, order), effect, rules.marksAt(order)});
            m_observes = m_observes || list.back().observed();
        }
    }

    const RulesInForce& m_rules;
    cedar::Asked m_asAgent;
    cedar::Asked m_asRequester;
    // Most verdicts rest on a handful of policies, which need no heap.
    alignas(std::max_align_t) std::array<std::byte, 2048> m_first;
    std::pmr::monotonic_buffer_resource m_memory{m_first.data(), m_first.size()};
    bool m_observes = false;
    Standing m_agent{m_memory};
    Standing m_requester{m_memory};
};

enum class Count { Enforced, All };

bool counts(const Held& held, Count count)
{
    return count == Count::All || !held.observed();
}

const Held* firstForbid(const Standing& standing, Count count)
{
    const auto found
        = std::ranges::find_if(standing.forbids, [&](const Held& held) { return counts(held, count) && !held.asks(); });
    return found == standing.forbids.end() ? nullptr : &*found;
}

bool permitted(const Standing& standing, Count count)
{
    return std::ranges::any_of(standing.permits, [&](const Held& held) { return counts(held, count); });
}

VerdictWord wordOf(const Bench& bench, Count count)
{
    bool asks = false;
    for (const Standing* const standing : {&bench.agent(), &bench.requester()}) {
        if (firstForbid(*standing, count) != nullptr || !permitted(*standing, count))
            return VerdictWord::Deny;
        for (const HeldList* const list : {&standing->forbids, &standing->permits}) {
            asks = asks
                || std::ranges::any_of(*list, [&](const Held& held) { return counts(held, count) && held.asks(); });
        }
    }
    return asks ? VerdictWord::Ask : VerdictWord::Allow;
}

std::string sentence(std::string plain, const Obligations& obligations)
{
    return obligations.explain.empty() ? plain : plain + " " + obligations.explain;
}

PermissionVerdict denied(std::string rule, std::string reason)
{
    PermissionVerdict verdict;
    verdict.rule = std::move(rule);
    verdict.reason = std::move(reason);
    verdict.askWhom = "an administrator, by a change";
    return verdict;
}

std::string whoMayNot(const CallFacts& facts, Side side)
{
    return side == Side::Agent ? std::string(facts.agent)
                               : std::string(facts.requester.name.empty() ? facts.requester.id : facts.requester.name);
}

PermissionVerdict forbidden(const CallFacts& facts, const Bench& bench, const Held& held, Side side)
{
    const std::string who = whoMayNot(facts, side);
    if (held.erred)
        return denied(held.id(),
            "The rule " + held.id() + " could not be evaluated, so " + who + " may not call " + facts.tool.name + ": "
                + bench.problemOf(held, side));
    return denied(held.id(), sentence(who + " may not call " + facts.tool.name + ".", held.obligations()));
}

// A permit of the release that is only out of time says so: nobody needs to look for a rule that is there.
PermissionVerdict unpermitted(const RulesInForce& rules, const CallFacts& facts, Side side)
{
    const std::string grant = grantId(facts.agent, facts.tool.name);
    const cedar::Policy* const own = side == Side::Agent ? rules.released.find(grant) : nullptr;
    if (own == nullptr || own->effect == cedar::Effect::Forbid)
        return denied("default-deny",
            side == Side::Agent ? "No grant lets " + std::string(facts.agent) + " call " + facts.tool.name + "."
                                : "No rule lets " + whoMayNot(facts, side) + " use " + facts.tool.name + ".");
    const std::optional<Instant> expires = rules.released.expiry(grant);
    if (expires && *expires <= facts.now)
        return denied("expired:" + std::string(facts.agent) + "/" + facts.tool.name,
            "The grant of " + facts.tool.name + " to " + std::string(facts.agent) + " expired on "
                + formatInstant(*expires) + ".");
    return denied(grant,
        "The grant of " + facts.tool.name + " to " + std::string(facts.agent)
            + " does not cover this call: not all of its conditions hold.");
}

void oblige(PermissionVerdict& verdict, const Held& held, std::string& asking)
{
    ++verdict.policies;
    if ((held.marks & RuleSet::obliges) == 0)
        return;
    for (const std::string& each : held.obligations().redact) {
        if (std::ranges::find(verdict.redact, each) == verdict.redact.end())
            verdict.redact.push_back(each);
    }
    if (held.obligations().stepUp && !verdict.stepUp)
        verdict.stepUp = held.obligations().stepUp;
    if (!held.asks())
        return;
    verdict.demand = verdict.word == VerdictWord::Ask ? joined(verdict.demand, *held.obligations().approval)
                                                      : *held.obligations().approval;
    if (verdict.word != VerdictWord::Ask) {
        asking = held.obligations().explain;
        verdict.rule = held.id();
    }
    verdict.word = VerdictWord::Ask;
}

PermissionVerdict granted(const CallFacts& facts, const Bench& bench)
{
    PermissionVerdict verdict;
    verdict.word = VerdictWord::Allow;
    std::string asking;
    const Held* permit = nullptr;
    for (const Standing* const standing : {&bench.agent(), &bench.requester()}) {
        for (const HeldList* const list : {&standing->forbids, &standing->permits}) {
            for (const Held& held : *list) {
                if (held.observed())
                    continue;
                oblige(verdict, held, asking);
                if (permit == nullptr && !held.forbids())
                    permit = &held;
            }
        }
    }
    const std::string agent(facts.agent);
    if (verdict.word == VerdictWord::Ask) {
        verdict.askWhom = whoOf(verdict.demand);
        verdict.reason = "Each call of " + facts.tool.name + " by " + agent + " needs the word of " + verdict.askWhom
            + "." + (asking.empty() ? "" : " " + asking);
        return verdict;
    }
    verdict.rule = permit->id();
    verdict.reason = sentence(agent + " may call " + facts.tool.name + ".", permit->obligations());
    return verdict;
}

void observe(PermissionVerdict& verdict, const Bench& bench, const CallFacts& facts)
{
    if (!bench.observes())
        return;
    const VerdictWord word = wordOf(bench, Count::All);
    if (word == verdict.word)
        return;
    for (const Standing* const standing : {&bench.agent(), &bench.requester()}) {
        for (const HeldList* const list : {&standing->forbids, &standing->permits}) {
            const auto found = std::ranges::find_if(*list, [&](const Held& held) {
                return held.observed() && (held.forbids() ? word != VerdictWord::Allow : word != VerdictWord::Deny);
            });
            if (found == list->end())
                continue;
            const char* const would = word == VerdictWord::Deny ? "would have refused"
                : word == VerdictWord::Ask                      ? "would have asked before"
                                                                : "would have allowed";
            verdict.observed.push_back({found->id(), word,
                sentence(
                    "Observe-only: the rule " + found->id() + " " + would + " this call of " + facts.tool.name + ".",
                    found->obligations())});
            return;
        }
    }
}

/// Every call has these names, so that they are hashed once.
struct ContextNames {
    cedar::Text input = cedar::Text("input");
    cedar::Text labels = cedar::Text("labels");
    cedar::Text findings = cedar::Text("findings");
    cedar::Text session = cedar::Text("session");
    cedar::Text run = cedar::Text("run");
    cedar::Text environment = cedar::Text("environment");
    cedar::Text now = cedar::Text("now");
    cedar::Text conversation = cedar::Text("conversation");
    cedar::Text person = cedar::Text("person");
    cedar::Text id = cedar::Text("id");
    cedar::Text toolCalls = cedar::Text("toolCalls");
    cedar::Text output = cedar::Text("output");
};

cedar::Value setOf(cedar::Arena& arena, std::span<const std::string> words)
{
    const std::span<cedar::Value> values = arena.array<cedar::Value>(words.size());
    std::ranges::transform(
        words, values.begin(), [&](const std::string& word) { return cedar::makeString(arena, word); });
    return cedar::makeSet(arena, values);
}

cedar::Value recordOf(cedar::Arena& arena, std::initializer_list<cedar::Field> fields)
{
    return cedar::makeRecord(arena, std::span(fields.begin(), fields.size()));
}

cedar::Request agentRequest(const CallFacts& facts, cedar::Arena& arena)
{
    const cedar::EntityUid* const agent = cedar::makeUid(arena, agentType, facts.agent);
    const cedar::EntityUid* const action = cedar::makeUid(arena, actionType, facts.tool.name);
    const cedar::EntityUid* const asset = cedar::makeUid(arena, assetType, facts.tool.asset);
    return cedar::Request::of(nullptr, agent, action, asset, contextOf(facts, nullptr, arena));
}

cedar::Request requesterRequest(const CallFacts& facts, const cedar::Request& agent, cedar::Arena& arena)
{
    const cedar::EntityUid* const requester = cedar::makeUid(arena, requesterType(facts.requester),
        facts.requester.id.empty() ? std::string_view("nobody") : std::string_view(facts.requester.id));
    return cedar::Request::of(nullptr, requester, &agent.action(), &agent.resource(), &agent.context());
}

}

const cedar::RecordValue* contextOf(const CallFacts& facts, const cedar::RecordValue* output, cedar::Arena& arena)
{
    const auto text = [&](std::string_view value) { return cedar::makeString(arena, value); };
    const auto now = std::chrono::floor<std::chrono::milliseconds>(facts.now).time_since_epoch().count();
    static const ContextNames names;
    const cedar::Field conversation{names.conversation, text(facts.conversation)};
    const cedar::Value session = facts.person ? recordOf(arena, {conversation, {names.person, text(*facts.person)}})
                                              : recordOf(arena, {conversation});
    const cedar::Value run = recordOf(
        arena, {{names.id, text(facts.run)}, {names.toolCalls, cedar::Value(std::int64_t(facts.toolCalls))}});
    const std::array<cedar::Field, 8> fields{{{names.input, cedar::Value(facts.shape.read(facts.arguments, arena))},
        {names.labels, setOf(arena, facts.labels)}, {names.findings, setOf(arena, facts.findings)},
        {names.session, session}, {names.run, run}, {names.environment, text(facts.environment)},
        {names.now, cedar::Value(std::int64_t(now), cedar::Kind::Datetime)},
        {names.output, output != nullptr ? cedar::Value(output) : cedar::Value()}}};
    return cedar::makeRecord(arena, std::span(fields).first(output != nullptr ? 8 : 7)).record;
}

CallRequests requestsOf(const CallFacts& facts)
{
    auto owner = std::make_unique<cedar::Arena>();
    cedar::Arena& arena = *owner;
    const cedar::Request other = agentRequest(facts, arena);
    cedar::Request requester = requesterRequest(facts, other, arena);
    return {
        cedar::Request::of(std::move(owner), &other.principal(), &other.action(), &other.resource(), &other.context()),
        std::move(requester)};
}

PermissionVerdict judge(const RulesInForce& rules, const CallFacts& facts)
{
    // A call of ordinary size needs no heap.
    alignas(std::max_align_t) std::array<std::byte, 4096> first;
    cedar::Arena arena(first);
    return judge(rules, facts, agentRequest(facts, arena));
}

PermissionVerdict judge(const RulesInForce& rules, const CallFacts& facts, const cedar::Request& agent)
{
    alignas(std::max_align_t) std::array<std::byte, 256> first;
    cedar::Arena arena(first);
    const cedar::Request requester = requesterRequest(facts, agent, arena);
    const Bench bench(rules, facts, agent, requester);
    PermissionVerdict verdict;
    const Held* const agentForbid = firstForbid(bench.agent(), Count::Enforced);
    const Held* const requesterForbid = firstForbid(bench.requester(), Count::Enforced);
    if (agentForbid != nullptr)
        verdict = forbidden(facts, bench, *agentForbid, Side::Agent);
    else if (requesterForbid != nullptr)
        verdict = forbidden(facts, bench, *requesterForbid, Side::Requester);
    else if (!permitted(bench.agent(), Count::Enforced))
        verdict = unpermitted(rules, facts, Side::Agent);
    else if (!permitted(bench.requester(), Count::Enforced))
        verdict = unpermitted(rules, facts, Side::Requester);
    else
        verdict = granted(facts, bench);
    observe(verdict, bench, facts);
    return verdict;
}

}
