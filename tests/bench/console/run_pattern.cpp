#include "tests/bench/console/run_pattern.h"

#include "core/trust/ledger/envelope.h"
#include "tests/bench/bench_desk.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::bench {

namespace {

// Numbers that stand for the open ones; no entry of a demo counts as far.
constexpr std::int64_t openIndex = 8'765'432'109'876'543;
constexpr std::int64_t openFirst = 8'765'432'109'876'541;
constexpr std::int64_t openLast = 8'765'432'109'876'542;

Json withoutSealed(Json envelope)
{
    for (const auto& [path, commitment] : ledger::commitmentsIn(envelope)) {
        const Json::json_pointer pointer(path);
        Json& holder = envelope["data"][pointer.parent_pointer()];
        if (holder.is_object())
            holder.erase(pointer.back());
    }
    if (!ledger::commitmentsIn(envelope).empty())
        throw std::runtime_error("A run of the demo holds sealed values in a list: it cannot be copied.");
    return envelope;
}

std::vector<std::string> callsOf(const std::vector<Json>& entries)
{
    std::vector<std::string> calls;
    for (const Json& entry : entries) {
        const std::string call = entry["refs"].value("call", std::string());
        if (!call.empty() && std::ranges::find(calls, call) == calls.end())
            calls.push_back(call);
    }
    return calls;
}

OpenText openRow(const std::vector<Json>& entries, const RunRow& row)
{
    Json body = take(parseJson(row.body));
    body["firstEntry"] = openFirst;
    body["lastEntry"] = openLast;
    std::vector<std::string> values(placeCalls);
    values[placeRun] = entries.front()["refs"]["run"].get<std::string>();
    values[placeBegan] = body.value("startedAt", std::string());
    values[placeFirst] = std::to_string(openFirst);
    values[placeLast] = std::to_string(openLast);
    return {compactJson(body), values};
}

}

ComputedValues computedValuesOf(const Json& envelope)
{
    ComputedValues values;
    for (std::size_t column = 0; column < values.size(); ++column) {
        std::string pointer(computedPaths[column].substr(1));
        std::ranges::replace(pointer, '.', '/');
        const Json::json_pointer member(pointer);
        if (envelope.contains(member) && !envelope[member].is_null())
            values[column] = envelope[member].get<std::string>();
    }
    return values;
}

RunPattern::RunPattern(const std::vector<Json>& entries, const RunRow& row)
    : m_row(row)
    , m_rowBody(openRow(entries, row))
{
    const std::vector<std::string> calls = callsOf(entries);
    m_calls = calls.size();
    for (const Json& entry : entries) {
        Json envelope = withoutSealed(entry);
        envelope["idx"] = openIndex;
        std::vector<std::string> values(placeCalls);
        values[placeRun] = envelope["refs"]["run"].get<std::string>();
        values[placeIndex] = std::to_string(openIndex);
        values[placeId] = envelope["id"].get<std::string>();
        values[placeAt] = envelope["at"].get<std::string>();
        values.insert(values.end(), calls.begin(), calls.end());
        Entry& pattern = m_entries.emplace_back(Entry{{take(canonicalJson(envelope)), values}, {}});
        const ComputedValues indexed = computedValuesOf(envelope);
        for (std::size_t column = 0; column < indexed.size(); ++column) {
            if (indexed[column])
                pattern.columns[column].emplace(*indexed[column], values);
        }
    }
}

}
