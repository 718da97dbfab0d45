#include "core/proof/witness_policy.h"

#include "core/base/text.h"
#include "core/proof/decimal.h"

#include <algorithm>
#include <set>

namespace ephor::proof {

namespace {

constexpr std::string_view noQuorum = "none";

std::vector<std::string> policyWords(std::string_view line)
{
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = line.find_first_not_of(" \t", at)) != std::string_view::npos) {
        const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
        words.emplace_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

/// Reads a policy line by line; every method fails with a code and leaves the line number to its caller.
class PolicyReader {
public:
    Result<void> take(const std::vector<std::string>& words)
    {
        if (m_policy.logs.size() + m_policy.witnesses.size() + m_policy.groups.size() >= maxPolicyDefinitions)
            return refuse("proof.policy.too-large", "The policy has more than 256 definitions.");
        if (words[0] == "log" && (words.size() == 2 || words.size() == 3))
            return takeLog(words[1]);
        if (words[0] == "witness" && (words.size() == 3 || words.size() == 4))
            return takeWitness(words[1], words[2]);
        if (words[0] == "group" && words.size() >= 4)
            return takeGroup(words);
        if (words[0] == "quorum" && words.size() == 2)
            return takeQuorum(words[1]);
        return refuse("proof.policy.syntax", "The line is not a log, a witness, a group or a quorum.");
    }
    Result<WitnessPolicy> finish() &&
    {
        if (m_policy.quorum.empty())
            return refuse("proof.policy.quorum", "The policy has no quorum line.");
        return std::move(m_policy);
    }

private:
    static std::unexpected<Error> refuse(const char* code, std::string message)
    {
        return fail(ErrorKind::Invalid, code, std::move(message), "The format is described at c2sp.org/tlog-policy.");
    }
    Result<VerifierKey> readKey(const std::string& vkey, SignatureType type)
    {
        EPHOR_TRY(VerifierKey key, parseVerifierKey(vkey));
        if (key.type != type)
            return refuse("proof.policy.key", "The key's type does not suit its use: logs have type 01, witnesses 04.");
        if (!m_publicKeys.insert(key.key).second)
            return refuse("proof.policy.key", "The policy names one public key twice.");
        return key;
    }
    Result<void> define(const std::string& name)
    {
        if (name == noQuorum || !m_names.insert(name).second)
            return refuse("proof.policy.name", "A name is defined twice, or is \"none\".");
        return {};
    }
    Result<void> takeLog(const std::string& vkey)
    {
        EPHOR_TRY(VerifierKey key, readKey(vkey, SignatureType::Ed25519));
        m_policy.logs.push_back(std::move(key));
        return {};
    }
    Result<void> takeWitness(const std::string& name, const std::string& vkey)
    {
        EPHOR_TRY_VOID(define(name));
        EPHOR_TRY(VerifierKey key, readKey(vkey, SignatureType::CosignatureV1));
        m_policy.witnesses.push_back({name, std::move(key)});
        return {};
    }
    Result<void> takeGroup(const std::vector<std::string>& words)
    {
        WitnessPolicy::Group group{words[1], 1, {words.begin() + 3, words.end()}};
        for (const std::string& member : group.members) {
            if (!m_names.contains(member) || !m_members.insert(member).second)
                return refuse("proof.policy.name", "A group's member is not defined above it, or is a member already.");
        }
        EPHOR_TRY_VOID(define(group.name));
        const auto number = parseDecimal(words[2]);
        if (words[2] == "all")
            group.threshold = group.members.size();
        else if (words[2] != "any" && (!number || *number == 0 || *number > group.members.size()))
            return refuse("proof.policy.threshold", "A group's threshold is not any, all, or a number up to its size.");
        else if (number)
            group.threshold = static_cast<std::size_t>(*number);
        m_policy.groups.push_back(std::move(group));
        return {};
    }
    Result<void> takeQuorum(const std::string& name)
    {
        if (!m_policy.quorum.empty())
            return refuse("proof.policy.quorum", "The policy has two quorum lines.");
        if (name != noQuorum && !m_names.contains(name))
            return refuse("proof.policy.name", "The quorum's name is not defined above it.");
        m_policy.quorum = name;
        return {};
    }

    WitnessPolicy m_policy;
    std::set<std::string> m_names;
    std::set<std::string> m_members;
    std::set<PublicKey> m_publicKeys;
};

}

std::vector<VerifierKey> WitnessPolicy::witnessKeys() const
{
    std::vector<VerifierKey> keys;
    for (const Witness& witness : witnesses)
        keys.push_back(witness.key);
    return keys;
}

bool WitnessPolicy::satisfiedBy(std::span<const VerifierKey> cosigners) const
{
    if (!asksForWitness())
        return true;
    std::set<std::string> holding;
    for (const Witness& witness : witnesses) {
        if (std::ranges::find(cosigners, witness.key) != cosigners.end())
            holding.insert(witness.name);
    }
    for (const Group& group : groups) {
        const auto held
            = std::ranges::count_if(group.members, [&](const std::string& each) { return holding.contains(each); });
        if (static_cast<std::size_t>(held) >= group.threshold)
            holding.insert(group.name);
    }
    return holding.contains(quorum);
}

Result<WitnessPolicy> parseWitnessPolicy(std::string_view text)
{
    PolicyReader reader;
    std::size_t number = 0;
    for (const std::string_view line : split(text, '\n')) {
        ++number;
        const std::vector<std::string> words = policyWords(line);
        if (words.empty() || words.front().starts_with('#'))
            continue;
        Result<void> taken = reader.take(words);
        if (!taken)
            return fail(std::move(taken).error().with("line", std::to_string(number)));
    }
    return std::move(reader).finish();
}

}
