#include "tests/bench/console/leaf_writer.h"

#include "core/proof/checkpoint.h"
#include "core/proof/leaf.h"
#include "core/proof/merkle.h"
#include "core/proof/tile.h"
#include "tests/bench/bench_desk.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace ephor::bench {

namespace {

constexpr std::uint64_t signEvery = 1'000; // as the ledger does
// Most entries of a busy index are appended at its right edge; the indexes of calls are the only ones hit at random.
constexpr int cacheMebibytes = 768;

[[noreturn]] void refuse(sqlite3* database, const std::string& doing)
{
    throw std::runtime_error(doing + ": " + sqlite3_errmsg(database));
}

}

SqlStatement::SqlStatement(sqlite3* database, const char* sql)
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        refuse(database, sql);
    m_statement.reset(statement);
}

SqlStatement& SqlStatement::bind(int at, std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), at, value);
    return *this;
}

SqlStatement& SqlStatement::bind(int at, std::string_view text)
{
    sqlite3_bind_text64(m_statement.get(), at, text.empty() ? "" : text.data(), text.size(), nullptr, SQLITE_UTF8);
    return *this;
}

SqlStatement& SqlStatement::bindBlob(int at, BytesView bytes)
{
    sqlite3_bind_blob64(m_statement.get(), at, bytes.data(), bytes.size(), nullptr);
    return *this;
}

bool SqlStatement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        refuse(sqlite3_db_handle(m_statement.get()), sqlite3_sql(m_statement.get()));
    sqlite3_reset(m_statement.get());
    return false;
}

std::string SqlStatement::text(int column) const
{
    const auto* bytes
        = static_cast<const char*>(static_cast<const void*>(sqlite3_column_text(m_statement.get(), column)));
    return bytes ? std::string(bytes, std::size_t(sqlite3_column_bytes(m_statement.get(), column))) : std::string();
}

LeafWriter::LeafWriter(const std::string& database, const proof::SigningKey& signer)
    : m_signer(signer)
{
    if (sqlite3_open_v2(database.c_str(), &m_database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr)
        != SQLITE_OK)
        refuse(m_database, database);
    sqlite3_create_function_v2(m_database, "json_extract", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
        this, &LeafWriter::extract, nullptr, nullptr, nullptr);
    run("PRAGMA journal_mode=DELETE; PRAGMA journal_mode=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=OFF;"
        "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-"
        + std::to_string(cacheMebibytes * 1'024) + "; BEGIN");
}

LeafWriter::~LeafWriter()
{
    m_leaf.reset();
    m_subtree.reset();
    m_head.reset();
    sqlite3_close(m_database);
}

void LeafWriter::run(const std::string& sql)
{
    if (sqlite3_exec(m_database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        refuse(m_database, sql);
}

void LeafWriter::begin(const std::string& origin)
{
    m_origin = origin;
    std::vector<std::pair<std::string, std::string>> triggers;
    {
        SqlStatement select(
            m_database, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'leaf'");
        while (select.step())
            triggers.emplace_back(select.text(0), select.text(1));
    }
    for (const auto& [name, sql] : triggers)
        run("DROP TRIGGER " + name);
    run("DELETE FROM leaf; DELETE FROM subtree; DELETE FROM head");
    for (const auto& [name, sql] : triggers)
        run(sql);
    m_leaf = std::make_unique<SqlStatement>(m_database, "INSERT INTO leaf(idx, leaf_hash, body) VALUES(?, ?, ?)");
    m_subtree = std::make_unique<SqlStatement>(m_database, "INSERT INTO subtree(level, n, hash) VALUES(?, ?, ?)");
    m_head = std::make_unique<SqlStatement>(
        m_database, "INSERT INTO head(size, root, note, signed_at) VALUES(?, ?, ?, ?)");
}

// Asked by SQLite for each column of the row that is being inserted; the bodies are never read again for it.
void LeafWriter::extract(sqlite3_context* context, int, sqlite3_value** arguments)
{
    const auto textOf = [](sqlite3_value* value) {
        const auto* bytes = static_cast<const char*>(static_cast<const void*>(sqlite3_value_text(value)));
        return std::string_view(bytes ? bytes : "", std::size_t(sqlite3_value_bytes(value)));
    };
    const auto& writer = *static_cast<const LeafWriter*>(sqlite3_user_data(context));
    const auto path = std::ranges::find(computedPaths, textOf(arguments[1]));
    if (!writer.m_values || path == computedPaths.end() || textOf(arguments[0]) != writer.m_body)
        return sqlite3_result_error(context, "a value of another entry was asked for", -1);
    const auto& value = (*writer.m_values)[std::size_t(path - computedPaths.begin())];
    if (value)
        sqlite3_result_text64(context, value->data(), value->size(), SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_result_null(context);
}

void LeafWriter::append(std::string_view body, const ComputedValues& values, const std::string& at)
{
    const Digest hash = proof::leafHash(bytesOf(proof::leafFor(body).body));
    m_body = body;
    m_values = &values;
    m_leaf->bind(1, std::int64_t(size())).bindBlob(2, hash).bind(3, body).step();
    m_values = nullptr;
    m_frontier.append(hash, [this](unsigned level, std::uint64_t n, const Digest& subtree) {
        if (level == 0 || level % proof::tileHeight != 0)
            return;
        m_subtree->bind(1, std::int64_t(level / proof::tileHeight))
            .bind(2, std::int64_t(n))
            .bindBlob(3, subtree)
            .step();
    });
    m_lastAt = at;
    if (size() - m_signedSize >= signEvery)
        sign(at);
}

void LeafWriter::sign(const std::string& at)
{
    const Digest root = m_frontier.root();
    const std::string note = take(proof::signCheckpoint({m_origin, size(), root, {}}, m_signer));
    m_head->bind(1, std::int64_t(size())).bindBlob(2, root).bind(3, note).bind(4, at).step();
    m_signedSize = size();
}

void LeafWriter::finish()
{
    if (m_signedSize != size())
        sign(m_lastAt);
    run("COMMIT");
}

}
