#pragma once

#include "core/api/audit.h"
#include "core/api/definitions.h"
#include "core/api/people.h"
#include "core/base/bytes.h"
#include "core/proof/merkle.h"
#include "tests/ui/support/ui_support.h"

#include <algorithm>
#include <array>

/// A record as the console meets it: every entry follows from its number, so that ten million cost nothing.
namespace ephor::ui::test {

constexpr std::string_view testRun = "0195a0f2-7c1d-7b11-9c2e-1f0e0a7b8c22";
constexpr std::string_view testKey = "ephor.local/northwind/demo+530d903a+AekyeRrmQ0Zk0zW3vqv0SVPbDs3rL2yUqk8bQ7m1rVxv";

/// The act that stands at a number.
struct Act {
    const char* kind;
    const char* actor;
    const char* actorName;
    const char* operation;
    const char* subject;
    const char* outcome;
    const char* reason;
};
inline const Act& actAt(std::uint64_t index)
{
    static constexpr std::array<Act, 12> acts{{
        {"permit", "agent:refunds", "Customer refunds", "runs.start", "run:", "allow", ""},
        {"permit", "agent:refunds", "Customer refunds", "tool.call", "run:", "allow", ""},
        {"outcome", "agent:refunds", "Customer refunds", "tool.call", "run:", "done", ""},
        {"outcome", "agent:refunds", "Customer refunds", "run.end", "run:", "done", ""},
        {"permit", "agent:triage", "IT triage", "model.call", "run:", "deny",
            "it-triage may not call directory.grant."},
        {"operation", "person:ines", "Ines Marchetti", "changes.approve", "change:CH-19", "done",
            "The diff says what the title says."},
        {"approval", "agent:refunds", "Customer refunds", "approvals.ask", "run:", "ask",
            "Each payment needs the word of a governance officer."},
        {"approval", "person:ines", "Ines Marchetti", "approvals.decide",
            "approval:0195a0f2-8888-7b11-9c2e-1f0e0a7b8c22", "approved", "Confirmed with the desk."},
        {"outcome", "agent:contracts", "Contract review", "run.end", "run:", "failed", "The model did not answer."},
        {"operation", "person:jonas", "Jonas Weber", "prompts.save", "prompt:it-triage.system", "done", ""},
        {"rollout", "person:jonas", "Jonas Weber", "rollouts.promote", "rollout:0195a0f2-9999-7b11-9c2e-1f0e0a7b8c22",
            "done", "Success and latency as before."},
        {"disclosure", "person:leila", "Leila Haddad", "runs.open", "run:", "done", ""},
    }};
    return acts[index % acts.size()];
}

inline RecordRow rowAt(std::uint64_t index, std::uint64_t size)
{
    const Act& act = actAt(index);
    RecordRow row;
    row.index = index;
    row.id = "0195a0f2-7c1e-7aa0-8d1e-" + std::to_string(100'000'000'000 + index);
    row.kind = act.kind;
    // Busier towards the end, as days are.
    const std::uint64_t age = size - 1 - index;
    row.at = fixedInstant() - std::chrono::milliseconds(age * 613 + age * age / (size / 40 + 1));
    row.actor = act.actor;
    row.actorName = act.actorName;
    row.operation = act.operation;
    row.subject = act.subject == std::string_view("run:") ? "run:" + std::string(testRun) : act.subject;
    row.outcome = act.outcome;
    row.reason = act.reason;
    return row;
}

inline bool fits(const RecordRow& row, const RecordFilter& filter)
{
    const bool kind
        = filter.kinds.empty() || std::find(filter.kinds.begin(), filter.kinds.end(), row.kind) != filter.kinds.end();
    return kind && (filter.actor.empty() || row.actor == filter.actor) && row.operation.starts_with(filter.operation)
        && (filter.outcome.empty() || row.outcome == filter.outcome)
        && (filter.reference.empty() || row.subject.ends_with(filter.reference))
        && (filter.range.from == Instant{} || row.at >= filter.range.from)
        && (filter.range.to == Instant{} || row.at < filter.range.to);
}

inline QueryRecord::Response queried(std::uint64_t size, const QueryRecord::Request& ask)
{
    QueryRecord::Response answer;
    answer.size = size;
    const std::uint64_t end = ask.before == 0 ? size : std::min(ask.before, size);
    for (std::uint64_t left = end; left > 0 && answer.rows.size() < ask.limit; --left) {
        RecordRow row = rowAt(left - 1, size);
        if (fits(row, ask.filter))
            answer.rows.push_back(std::move(row));
    }
    if (ask.filter != RecordFilter{} && ask.before == 0) {
        std::uint64_t count = 0;
        for (std::uint64_t index = 0; index < std::min<std::uint64_t>(size, 20'000); ++index)
            count += fits(rowAt(index, size), ask.filter);
        answer.matches = count;
    }
    return answer;
}

inline std::string bodyAt(std::uint64_t index, std::uint64_t size)
{
    const RecordRow row = rowAt(index, size);
    const std::string refs = row.subject.starts_with("run:")
        ? R"({"call":"call_5eee1c7d9e3b_0","release":"sha256:171ff9eec897ccb432680398514a02adb826b8de61f3c290f75524e9356e5d65","run":")"
            + std::string(testRun) + R"(","tool":"payments.send"})"
        : R"({"agent":"it-triage","change":"CH-19"})";
    return R"({"actor":")" + row.actor + R"(","at":")" + formatInstant(row.at)
        + R"(","clock":"simulated","data":{"agent":"refunds","arguments":{"c":"FQLOrFnuNS86xsW971HAhIaKSDFQ6xoMFxYKH1xYWGE="},)"
          R"("messages":{"c":"wAS7h/Tnf/qThknhCIRLh7DuJhbb6KNRMV3H/5MPgtM="},"state":"waiting","verdicts":[{"gate":"permission",)"
          R"("reason":"Each payment needs the word of a governance officer.","rule":"grant:refunds/payments.send","word":"ask"}]},"id":")"
        + row.id + R"(","idx":)" + std::to_string(index) + R"(,"kind":")" + row.kind
        + R"(","onBehalfOf":"key:01a0355a-d607-7008-97cf-c50ff021fd3d","operation":")" + row.operation
        + R"(","outcome":")" + row.outcome + R"(","reason":")" + row.reason + R"(","refs":)" + refs + R"(,"subject":")"
        + row.subject + R"(","v":1})";
}

/// The tree over all bodies of a record, built by the house's own proof code: what the screen recomputes must agree.
class RecordTree {
public:
    explicit RecordTree(std::uint64_t size)
        : m_size(size)
    {
        std::vector<Digest> level;
        for (std::uint64_t index = 0; index < size; ++index)
            level.push_back(proof::leafHash(bytesOf(bodyAt(index, size))));
        while (!level.empty()) {
            m_levels.push_back(level);
            std::vector<Digest> next;
            for (std::size_t at = 0; at + 1 < level.size(); at += 2)
                next.push_back(proof::nodeHash(level[at], level[at + 1]));
            level = std::move(next);
        }
    }

    GetEntry::Response entry(std::uint64_t index) const
    {
        GetEntry::Response answer;
        answer.row = rowAt(index, m_size);
        answer.body.text = bodyAt(index, m_size);
        answer.leafHash = toHex(m_levels[0][index]);
        const std::vector<Digest> path = proof::inclusionProof(index, m_size, source()).value();
        for (const Digest& hash : path)
            answer.path.push_back(toHex(hash));
        answer.head = note();
        answer.headSize = m_size;
        answer.sealedPaths = {"/arguments", "/messages"};
        return answer;
    }
    std::string note() const
    {
        const Digest root = proof::treeRoot(m_size, source()).value();
        return "ephor.local/northwind/demo\n" + std::to_string(m_size) + "\n" + toBase64(root)
            + "\n\n— ephor.local/northwind/demo Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1g"
              "GzGku9nTo+zyWE+xeMcTOAYQ8=\n";
    }

private:
    proof::HashSource source() const
    {
        return [this](unsigned level, std::uint64_t index) -> Result<Digest> { return m_levels.at(level).at(index); };
    }

    std::uint64_t m_size;
    std::vector<std::vector<Digest>> m_levels;
};

inline RecordStatus wholeRecord(std::uint64_t size)
{
    RecordStatus status;
    status.size = size;
    status.verified = size;
    status.verifiedAt = fixedInstant() - std::chrono::minutes(2);
    status.headSize = size;
    status.headAt = fixedInstant() - std::chrono::seconds(4);
    status.headRoot = "7be2";
    status.origin = "ephor.local/northwind/demo";
    status.simulatedClock = true;
    status.outsideCopy = size - 100;
    status.outsideCopyAt = fixedInstant() - std::chrono::minutes(14);
    return status;
}

inline ListPeople::Response recordPeople()
{
    Person ines;
    ines.id = "person:ines";
    ines.name = "Ines Marchetti";
    Person jonas;
    jonas.id = "person:jonas";
    jonas.name = "Jonas Weber";
    return {{ines, jonas}};
}

inline ListDefinitions::Response recordAgents()
{
    DefinitionSummary refunds;
    refunds.kind = DefinitionKind::Agent;
    refunds.name = "refunds";
    refunds.title = "Customer refunds";
    return {{refunds}};
}

}
