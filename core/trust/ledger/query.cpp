#include "core/trust/ledger/query.h"

#include "core/domain/reflect.h"

#include <deque>
#include <nlohmann/json.hpp>

namespace ephor::ledger {

namespace {

constexpr std::string_view rowColumns
    = "SELECT idx, id, kind, at, actor, operation, subject, outcome, reason, body FROM leaf";

// The texts live here until the query has run. Conditions are added from a fixed set in a fixed order,
// so that the number of distinct statements stays small.
class Conditions {
public:
    void add(const char* condition, std::string value)
    {
        m_asksColumns = true;
        add(condition);
        m_texts.push_back(std::move(value));
        m_values.emplace_back(std::string_view(m_texts.back()));
    }
    void addNumber(const char* condition, std::int64_t value)
    {
        add(condition);
        m_values.emplace_back(value);
    }
    /// Words that begin with `prefix`: a range, which an index serves.
    void addPrefix(const char* from, const char* until, const std::string& prefix)
    {
        add(from, prefix);
        // Above every character that ids and operations are made of.
        add(until, prefix + "\x7f");
    }
    void bindNumber(std::int64_t value) { m_values.emplace_back(value); }
    std::string sql() const { return m_sql; }
    /// Where nothing is asked of the columns, the table itself answers by the places alone.
    const char* source() const { return m_asksColumns ? "entry" : "leaf"; }
    std::span<const store::Value> values() const { return m_values; }

private:
    void add(const char* condition) { m_sql += (m_sql.empty() ? " WHERE " : " AND ") + std::string(condition); }
    std::string m_sql;
    bool m_asksColumns = false;
    std::deque<std::string> m_texts;
    std::vector<store::Value> m_values;
};

Conditions conditionsFor(const EntryFilter& filter)
{
    Conditions conditions;
    // Of one kind an index tells the order, too; of several all would have to be sorted.
    if (filter.kinds.size() == 1)
        conditions.add("kind = ?", wordOf(filter.kinds.front()));
    else if (!filter.kinds.empty()) {
        Json words = Json::array();
        for (const EntryKind kind : filter.kinds)
            words.push_back(wordOf(kind));
        conditions.add("kind IN (SELECT value FROM json_each(?))", compactJson(words));
    }
    if (!filter.actor.empty())
        conditions.add("actor = ?", filter.actor);
    if (!filter.operationPrefix.empty())
        conditions.addPrefix("operation >= ?", "operation < ?", filter.operationPrefix);
    if (!filter.subject.empty())
        conditions.add("subject = ?", filter.subject);
    if (!filter.outcome.empty())
        conditions.add("outcome = ?", filter.outcome);
    if (!filter.refs.empty()) {
        // The values in seven places, each served by its own index, and in those that no index has yet.
        conditions.add("idx IN (WITH wanted(value) AS MATERIALIZED (SELECT value FROM json_each(?)) SELECT idx FROM "
                       "leaf, wanted WHERE filed = 1 AND ref_run = value "
                       "UNION SELECT idx FROM leaf, wanted WHERE filed = 1 AND ref_call = value "
                       "UNION SELECT idx FROM leaf, wanted WHERE filed = 1 AND ref_change = value "
                       "UNION SELECT idx FROM leaf, wanted WHERE filed = 1 AND ref_approval = value "
                       "UNION SELECT idx FROM leaf, wanted WHERE filed = 1 AND ref_release = value "
                       "UNION SELECT idx FROM leaf, wanted WHERE filed = 1 AND ref_policy = value "
                       "UNION SELECT idx FROM leaf, wanted WHERE filed = 1 AND ref_version = value "
                       "UNION SELECT idx FROM leaf INDEXED BY leaf_unfiled WHERE filed = 0 AND EXISTS (SELECT 1 FROM "
                       "wanted WHERE value IN (ref_run, ref_call, ref_change, ref_approval, ref_release, ref_policy, "
                       "ref_version)))",
            compactJson(Json(filter.refs)));
    }
    // Bodies are canonical, so that a member has one spelling; quotes inside a text are escaped and never match.
    if (!filter.tool.empty())
        conditions.add("instr(body, ?) > 0", "\"tool\":" + compactJson(Json(filter.tool)));
    if (!filter.verdict.empty())
        conditions.add(
            "EXISTS (SELECT 1 FROM json_each(body, '$.data.verdicts') WHERE json_extract(value, '$.id') = ?)",
            filter.verdict);
    if (filter.from)
        conditions.add("at >= ?", formatInstant(*filter.from));
    if (filter.until)
        conditions.add("at < ?", formatInstant(*filter.until));
    if (!filter.id.empty())
        conditions.addPrefix("id >= ?", "id < ?", filter.id);
    return conditions;
}

Result<EntryRow> readEntryRow(const store::Row& row)
{
    EntryRow entry;
    entry.index = std::uint64_t(row.integer(0));
    entry.id = row.string(1);
    EPHOR_TRY(entry.kind, fromJson<EntryKind>(Json(row.string(2)), UnknownMembers::Refuse));
    EPHOR_TRY(entry.at, parseInstant(row.text(3)));
    entry.actor = row.string(4);
    entry.operation = row.string(5);
    entry.subject = row.string(6);
    entry.outcome = row.string(7);
    entry.reason = row.string(8);
    entry.body = row.string(9);
    return entry;
}

}

Result<std::vector<EntryRow>> findEntries(
    const store::Snapshot& snapshot, const EntryFilter& filter, const EntryPage& page)
{
    if (page.limit == 0 || page.limit > maxEntryPage || (page.before && page.after))
        return fail(
            ErrorKind::Invalid, "ledger.page", "A page has 1 to 1,000 entries and begins before or after one entry.");
    Conditions conditions = conditionsFor(filter);
    if (page.before)
        conditions.addNumber("idx < ?", std::int64_t(std::min<std::uint64_t>(*page.before, INT64_MAX)));
    if (page.after)
        conditions.addNumber("idx > ?", std::int64_t(std::min<std::uint64_t>(*page.after, INT64_MAX)));
    conditions.bindNumber(std::int64_t(page.limit));
    const std::string order = page.after ? " ORDER BY idx ASC" : " ORDER BY idx DESC";
    // Places first: an index alone answers that, while a body that has to be sorted has to be read.
    const std::string sql = std::string(rowColumns) + " WHERE idx IN (SELECT idx FROM " + conditions.source()
        + conditions.sql() + order + " LIMIT ?)" + order;
    std::vector<EntryRow> entries;
    EPHOR_TRY_VOID(snapshot.queryWith(sql, conditions.values(), [&](const store::Row& row) -> Result<void> {
        EPHOR_TRY(entries.emplace_back(), readEntryRow(row));
        return {};
    }));
    return entries;
}

std::uint64_t countedAtMost(const EntryFilter& filter)
{
    const bool ofTime = filter.from || filter.until;
    const int restricted = int(!filter.kinds.empty()) + int(!filter.actor.empty())
        + int(!filter.operationPrefix.empty()) + int(!filter.subject.empty()) + int(!filter.outcome.empty())
        + int(ofTime) + int(!filter.id.empty());
    return restricted > 1 ? countedByReadingBodies : countedByIndex;
}

Result<std::uint64_t> countEntries(const store::Snapshot& snapshot, const EntryFilter& filter, std::uint64_t cap)
{
    Conditions conditions = conditionsFor(filter);
    if (!filter.tool.empty())
        conditions.addNumber("idx > (SELECT max(idx) FROM leaf) - ?", std::int64_t(countedByReading));
    conditions.bindNumber(std::int64_t(std::min<std::uint64_t>(cap, INT64_MAX)));
    std::uint64_t count = 0;
    const std::string sql
        = std::string("SELECT count(*) FROM (SELECT 1 FROM ") + conditions.source() + conditions.sql() + " LIMIT ?)";
    EPHOR_TRY_VOID(snapshot.queryWith(sql, conditions.values(), [&](const store::Row& row) -> Result<void> {
        count = std::uint64_t(row.integer(0));
        return {};
    }));
    return count;
}

Result<std::map<std::string, std::uint64_t>> verdictEntries(const store::Snapshot& snapshot, const std::string& run)
{
    std::map<std::string, std::uint64_t> entries;
    EPHOR_TRY_VOID(
        snapshot.query("SELECT json_extract(value, '$.id'), idx FROM leaf, json_each(body, '$.data.verdicts')"
                       " WHERE idx IN (SELECT idx FROM entry WHERE ref_run = ?) ORDER BY idx",
            {std::string_view(run)}, [&](const store::Row& row) -> Result<void> {
                entries.emplace(row.string(0), std::uint64_t(row.integer(1)));
                return {};
            }));
    return entries;
}

Result<EntryRow> entryById(const store::Snapshot& snapshot, const std::string& id)
{
    std::optional<EntryRow> found;
    EPHOR_TRY_VOID(snapshot.query(std::string(rowColumns) + " WHERE idx IN (SELECT idx FROM entry WHERE id = ?)", {id},
        [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(found, readEntryRow(row));
            return {};
        }));
    if (!found)
        return fail(Error(ErrorKind::NotFound, "ledger.no-entry", "There is no such entry.").with("id", id));
    return *found;
}

}
