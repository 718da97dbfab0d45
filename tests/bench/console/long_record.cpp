#include "tests/bench/console/long_record.h"

#include "core/base/json.h"
#include "core/demo/demo.h"
#include "core/trust/keys/key_store.h"
#include "core/trust/keys/unlock.h"
#include "core/workspace/offline_record.h"
#include "tests/bench/bench_desk.h"
#include "tests/bench/console/run_pattern.h"
#include "tests/bench/json_file.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <unordered_map>

namespace ephor::bench {

namespace {

namespace fs = std::filesystem;

constexpr int builderVersion = 1; // another one makes the workspace anew
constexpr std::uint64_t demoRuns = 20'050; // the demo as everybody makes it
constexpr std::uint64_t entriesARun = 8; // no demo run has more on average, with room to copy
constexpr std::uint64_t bytesAnEntry = 2'000; // body, hash, indexes and row; measured
constexpr std::size_t mostPatterns = 512; // the runs of a few days: copies follow what was released then
constexpr std::uint64_t tellEvery = 500'000;
constexpr std::size_t hexOfCall = 12;

/// Ids that sort by time, as the product makes them, at moments that have passed.
class PastIds {
public:
    std::string next(Instant at)
    {
        const auto milliseconds = std::uint64_t(at.time_since_epoch().count() / 1'000);
        m_within = milliseconds == m_last ? m_within + 1 : 0;
        m_last = milliseconds;
        const std::uint64_t random = m_random();
        return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", milliseconds >> 16, milliseconds & 0xffff,
            m_within & 0xfff, 0x8000 | (random >> 50), random & 0xffff'ffff'ffff);
    }
    std::string call() { return fmt::format("call_{:0{}x}_0", m_random() >> 16, hexOfCall); }
    std::size_t below(std::size_t bound) { return std::size_t(m_random() % bound); }

private:
    std::uint64_t m_last = 0;
    std::uint64_t m_within = 0;
    std::mt19937_64 m_random{20'260'316};
};

/// Writes the demo's entries again with copies between them.
class Weaver {
public:
    Weaver(const std::string& database, const proof::SigningKey& signer, std::uint64_t entries)
        : m_writer(database, signer)
        , m_wanted(entries)
    {
    }
    void weave();

private:
    void readDemo();
    void keep(Json entry);
    void learn(const Json& entry);
    void copyRuns(Instant from, Instant to, std::uint64_t until);
    void copyRun(const RunPattern& pattern, Instant from, double step);
    void writeRow(const RunPattern& pattern, const std::vector<std::string>& values, Instant began);
    void moveReferences();
    void tell();

    LeafWriter m_writer;
    std::uint64_t m_wanted;
    std::vector<std::string> m_demo; ///< bodies by index
    std::unordered_map<std::string, RunRow> m_rows; ///< the demo's runs that ended
    std::unordered_map<std::string, std::vector<Json>> m_open; ///< entries of runs that have not ended yet
    std::vector<RunPattern> m_patterns;
    std::size_t m_oldestPattern = 0;
    std::vector<std::uint64_t> m_moved; ///< where the demo's entries went
    PastIds m_ids;
    std::unique_ptr<SqlStatement> m_run;
    std::uint64_t m_copied = 0;
    std::string m_body;
    ComputedValues m_values;
    std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
};

void Weaver::readDemo()
{
    SqlStatement leaves(m_writer.database(), "SELECT body FROM leaf ORDER BY idx");
    while (leaves.step())
        m_demo.push_back(leaves.text(0));
    SqlStatement runs(m_writer.database(),
        "SELECT id, agent, environment, release, person, conversation, reference, requester, variant, state, denied, "
        "body FROM run WHERE state NOT IN (0, 1)");
    while (runs.step()) {
        RunRow& row = m_rows[runs.text(0)];
        for (int column = 1; column <= 7; ++column)
            row.texts.push_back(runs.text(column));
        for (int column = 8; column <= 10; ++column)
            row.numbers.push_back(runs.integer(column));
        row.body = runs.text(11);
    }
}

void Weaver::weave()
{
    readDemo();
    const auto timeOf = [this](std::size_t number) {
        return take(parseInstant(take(parseJson(m_demo[number]))["at"].get<std::string>()));
    };
    m_writer.begin(take(parseJson(m_demo.front()))["data"]["origin"].get<std::string>());
    m_run = std::make_unique<SqlStatement>(m_writer.database(),
        "INSERT INTO run(id, agent, environment, release, person, conversation, reference, requester, variant, state, "
        "denied, body, started_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const std::uint64_t copies = m_wanted - std::min<std::uint64_t>(m_wanted, m_demo.size());
    for (std::size_t number = 0; number < m_demo.size(); ++number) {
        Json entry = take(parseJson(m_demo[number]));
        const Instant at = take(parseInstant(entry["at"].get<std::string>()));
        learn(entry);
        keep(std::move(entry));
        if (number + 1 < m_demo.size())
            copyRuns(at, timeOf(number + 1), copies * (number + 1) / (m_demo.size() - 1));
    }
    moveReferences();
    m_writer.finish();
}

void Weaver::keep(Json entry)
{
    m_moved.push_back(m_writer.size());
    entry["idx"] = m_writer.size();
    const std::string body = take(canonicalJson(entry));
    m_writer.append(body, computedValuesOf(entry), entry["at"].get<std::string>());
}

// Runs that waited for a person are left out: the request they waited for is no part of their entries.
void Weaver::learn(const Json& entry)
{
    const std::string run = entry["refs"].value("run", std::string());
    const auto row = m_rows.find(run);
    if (run.empty() || row == m_rows.end())
        return;
    std::vector<Json>& entries = m_open[run];
    entries.push_back(entry);
    if (entry["operation"] != "run.end")
        return;
    const bool plain = entries.front()["operation"] == "runs.start"
        && std::ranges::none_of(entries, [](const Json& one) { return one["refs"].contains("approval"); });
    if (plain && m_patterns.size() < mostPatterns)
        m_patterns.emplace_back(entries, row->second);
    else if (plain)
        m_patterns[m_oldestPattern++ % mostPatterns] = RunPattern(entries, row->second);
    m_open.erase(run);
}

void Weaver::copyRuns(Instant from, Instant to, std::uint64_t until)
{
    if (m_patterns.empty())
        return;
    std::vector<const RunPattern*> chosen;
    std::uint64_t entries = 0;
    while (m_copied + entries < until) {
        chosen.push_back(&m_patterns[m_ids.below(m_patterns.size())]);
        entries += chosen.back()->entries().size();
    }
    const double step = double(std::max<std::int64_t>(0, (to - from).count())) / double(entries + 1);
    double passed = step;
    for (const RunPattern* pattern : chosen) {
        copyRun(*pattern, from + Duration(std::int64_t(passed)), step);
        passed += step * double(pattern->entries().size());
    }
    m_copied += entries;
}

void Weaver::copyRun(const RunPattern& pattern, Instant from, double step)
{
    std::vector<std::string> values(placeCalls);
    values[placeRun] = m_ids.next(from);
    values[placeBegan] = formatInstant(from);
    values[placeFirst] = std::to_string(m_writer.size());
    values[placeLast] = std::to_string(m_writer.size() + pattern.entries().size() - 1);
    for (std::size_t call = 0; call < pattern.calls(); ++call)
        values.push_back(m_ids.call());
    for (std::size_t number = 0; number < pattern.entries().size(); ++number) {
        const RunPattern::Entry& entry = pattern.entries()[number];
        const Instant at = from + Duration(std::int64_t(step * double(number)));
        values[placeIndex] = std::to_string(m_writer.size());
        values[placeId] = m_ids.next(at);
        values[placeAt] = formatInstant(at);
        entry.body.write(m_body, values);
        for (std::size_t column = 0; column < m_values.size(); ++column) {
            if (!entry.columns[column])
                m_values[column].reset();
            else
                entry.columns[column]->write(m_values[column] ? *m_values[column] : m_values[column].emplace(), values);
        }
        m_writer.append(m_body, m_values, values[placeAt]);
        if (m_writer.size() % tellEvery == 0)
            tell();
    }
    writeRow(pattern, values, from);
}

void Weaver::writeRow(const RunPattern& pattern, const std::vector<std::string>& values, Instant began)
{
    pattern.rowBody().write(m_body, values);
    int column = 1;
    m_run->bind(column++, values[placeRun]);
    for (const std::string& text : pattern.row().texts)
        m_run->bind(column++, text);
    for (const std::int64_t number : pattern.row().numbers)
        m_run->bind(column++, number);
    m_run->bind(column, m_body).bind(column + 1, std::int64_t(began.time_since_epoch().count())).step();
}

// Whatever named one of the demo's entries by its place names its new place.
void Weaver::moveReferences()
{
    m_writer.run("CREATE TEMP TABLE moved(before INTEGER PRIMARY KEY, after INTEGER NOT NULL)");
    {
        SqlStatement insert(m_writer.database(), "INSERT INTO temp.moved VALUES(?, ?)");
        for (std::size_t number = 0; number < m_moved.size(); ++number)
            insert.bind(1, std::int64_t(number)).bind(2, std::int64_t(m_moved[number])).step();
    }
    m_writer.run("UPDATE run_step SET entry = (SELECT after FROM temp.moved WHERE before = entry);"
                 "UPDATE approval SET entry = (SELECT after FROM temp.moved WHERE before = entry)");
    SqlStatement update(m_writer.database(), "UPDATE run SET body = ? WHERE id = ?");
    for (const auto& [id, row] : m_rows) {
        Json body = take(parseJson(row.body));
        for (const char* member : {"firstEntry", "lastEntry"}) {
            if (body.contains(member) && body[member].is_number_integer())
                body[member] = m_moved.at(body[member].get<std::size_t>());
        }
        const std::string text = compactJson(body);
        update.bind(1, text).bind(2, id).step();
    }
}

void Weaver::tell()
{
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begun).count();
    fmt::print(stderr, "  {} entries, {:.0f} a second\n", m_writer.size(), double(m_writer.size()) / seconds);
}

}

void LongRecord::useItsKeys() const
{
    for (const auto& [variable, name] : {std::pair{"XDG_CONFIG_HOME", "config"}, std::pair{"XDG_DATA_HOME", "data"},
             std::pair{"XDG_STATE_HOME", "state"}, std::pair{"XDG_RUNTIME_DIR", "runtime"}}) {
        const std::string path = folder + "/" + name;
        fs::create_directories(path);
        fs::permissions(path, fs::perms::owner_all);
        ::setenv(variable, path.c_str(), 1);
    }
}

bool LongRecord::isThere() const
{
    const std::string file = folder + "/made.json";
    if (!fs::exists(file))
        return false;
    const Json made = readJsonFile(file);
    return made.value("builder", 0) == builderVersion && made.value("entries", std::uint64_t(0)) == entries;
}

std::uint64_t LongRecord::bytesNeeded() const
{
    return entries * bytesAnEntry + (std::uint64_t(1) << 30);
}

void LongRecord::make() const
{
    fs::remove_all(folder);
    fs::create_directories(folder);
    useItsKeys();
    demo::CreateDemoOptions options;
    options.folder = workspace();
    options.runs = std::min(demoRuns, std::max<std::uint64_t>(entries / entriesARun, 100));
    take(demo::createDemo(options));
    const workspace::WorkspacePaths paths(workspace());
    const std::string id = take(workspace::readWorkspaceFile(paths.file)).id;
    const keys::Unlock unlock = take(keys::readUnlockFile(take(keys::defaultUnlockPath(id))));
    const auto store = take(keys::KeyStore::open(take(keys::defaultKeyPath(id)), unlock));
    Weaver(paths.database, *store->signer(), entries).weave();
    std::ofstream(folder + "/made.json") << Json{{"builder", builderVersion}, {"entries", entries}}.dump() << '\n';
}

void LongRecord::proveSome(std::uint64_t count) const
{
    const auto record = take(workspace::OfflineRecord::open(workspace(), {}, {}));
    for (std::uint64_t number = 0; number < count; ++number)
        take(record->prove(number * (entries - 1) / (count - 1)));
}

}
