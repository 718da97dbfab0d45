#include "core/store/connection.h"

#include "core/store/json_extract.h"
#include "core/store/sqlite_error.h"

#include <exception>

namespace ephor::store {

namespace {

// More distinct statements than the rooms have together; text beyond it is prepared each time.
constexpr std::size_t cachedStatements = 512;

class StatementRow final : public Row {
public:
    explicit StatementRow(sqlite3_stmt* statement)
        : m_statement(statement)
    {
    }
    bool isNull(int column) const override { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(m_statement, column); }
    double real(int column) const override { return sqlite3_column_double(m_statement, column); }
    std::string_view text(int column) const override
    {
        return textOf(bytes(sqlite3_column_text(m_statement, column), column));
    }
    BytesView blob(int column) const override { return bytes(sqlite3_column_blob(m_statement, column), column); }

private:
    BytesView bytes(const void* data, int column) const
    {
        return {
            static_cast<const std::uint8_t*>(data), data ? std::size_t(sqlite3_column_bytes(m_statement, column)) : 0};
    }
    sqlite3_stmt* m_statement;
};

// The values outlive the statement's run (SQLITE_STATIC); an empty view may hold no address, which SQLite reads as
// NULL.
int bindValue(sqlite3_stmt* statement, int at, const Value& value)
{
    if (const auto* integer = std::get_if<std::int64_t>(&value))
        return sqlite3_bind_int64(statement, at, *integer);
    if (const auto* real = std::get_if<double>(&value))
        return sqlite3_bind_double(statement, at, *real);
    if (const auto* text = std::get_if<std::string_view>(&value))
        return sqlite3_bind_text64(
            statement, at, text->empty() ? "" : text->data(), text->size(), nullptr, SQLITE_UTF8);
    if (const auto* blob = std::get_if<BytesView>(&value))
        return blob->empty() ? sqlite3_bind_zeroblob(statement, at, 0)
                             : sqlite3_bind_blob64(statement, at, blob->data(), blob->size(), nullptr);
    return sqlite3_bind_null(statement, at);
}

int bindAll(sqlite3_stmt* statement, std::span<const Value> values)
{
    if (int(values.size()) != sqlite3_bind_parameter_count(statement))
        return SQLITE_RANGE;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (const int code = bindValue(statement, int(i) + 1, values[i]); code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

int rememberWal(void* pages, sqlite3*, const char*, int count)
{
    *static_cast<std::int64_t*>(pages) = count;
    return SQLITE_OK;
}

}

Connection::Connection(sqlite3* handle)
    : m_handle(handle)
{
}

Connection::~Connection()
{
    m_statements.clear();
    sqlite3_close_v2(m_handle);
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Access access, const std::string& vfs)
{
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_NOMUTEX
        | (access == Access::Write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    const int code = sqlite3_open_v2(
        path.empty() ? ":memory:" : path.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
    if (code != SQLITE_OK) {
        Error error = sqliteError(handle, code);
        sqlite3_close_v2(handle);
        return fail(std::move(error).with("path", path));
    }
    std::unique_ptr<Connection> connection(new Connection(handle));
    EPHOR_TRY_VOID(connection->configure(access, path.empty()));
    return connection;
}

Result<void> Connection::configure(Access access, bool inMemory)
{
    sqlite3_extended_result_codes(m_handle, 1);
    sqlite3_busy_timeout(m_handle, Connection::busyMilliseconds);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    EPHOR_TRY_VOID(registerJsonExtract(m_handle));
    // A damaged cell or a hostile schema must be an error, never a wrong answer; a memory map would turn
    // an I/O error into a signal.
    EPHOR_TRY_VOID(execute("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; "
                           "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"));
    if (access == Access::Read)
        return execute("PRAGMA query_only=ON;");
    if (inMemory)
        return {};
    EPHOR_TRY(const std::string mode, pragma("PRAGMA journal_mode=WAL"));
    if (mode != "wal")
        return fail(Error(ErrorKind::Unavailable, "store.open", "The database cannot use write-ahead logging here.",
            "Keep the workspace on a local disk, not on a network share.")
                .with("mode", mode));
    sqlite3_wal_hook(m_handle, rememberWal, &m_walPages);
    return execute("PRAGMA synchronous=FULL;");
}

Error Connection::failed(int code)
{
    if (m_environmental == 0 && isEnvironmental(code))
        m_environmental = code;
    return sqliteError(m_handle, code);
}

Result<void> Connection::execute(const char* sql)
{
    const int code = sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>() : fail(failed(code));
}

Result<void> Connection::perform(std::string_view sql)
{
    return query(sql, {}, [](const Row&) -> Result<void> { return {}; }, Mutation::Allow);
}

Result<std::string> Connection::pragma(const char* sql)
{
    std::string answer;
    EPHOR_TRY_VOID(query(
        sql, {},
        [&](const Row& row) -> Result<void> {
            answer = row.string(0);
            return {};
        },
        Mutation::Allow));
    return answer;
}

Result<Statement> Connection::lease(std::string_view sql)
{
    // Taken out while in use: the same text inside a visit of itself gets a statement of its own.
    if (auto found = m_statements.find(sql); found != m_statements.end() && found->second)
        return std::move(found->second);
    sqlite3_stmt* raw = nullptr;
    const int code
        = sqlite3_prepare_v3(m_handle, sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK)
        return fail(failed(code).with("sql", std::string(sql)));
    if (!raw)
        return fail(ErrorKind::Internal, "store.sql", "An empty statement was given to the database.");
    return Statement(raw);
}

void Connection::giveBack(std::string_view sql, Statement statement)
{
    sqlite3_reset(statement.get());
    sqlite3_clear_bindings(statement.get());
    if (auto found = m_statements.find(sql); found != m_statements.end())
        found->second = std::move(statement);
    else if (m_statements.size() < cachedStatements)
        m_statements.emplace(std::string(sql), std::move(statement));
}

Result<void> Connection::query(std::string_view sql, std::span<const Value> values,
    const std::function<Result<void>(const Row&)>& visit, Mutation mutation)
{
    EPHOR_TRY(Statement statement, lease(sql));
    if (mutation == Mutation::Refuse && !sqlite3_stmt_readonly(statement.get()))
        return fail(Error(ErrorKind::Internal, "store.read-only", "A statement that writes was given to a reader.")
                .with("sql", std::string(sql)));
    if (const int code = bindAll(statement.get(), values); code != SQLITE_OK)
        return fail(failed(code).with("sql", std::string(sql)));
    const StatementRow row(statement.get());
    Result<void> result;
    try {
        int code = SQLITE_ROW;
        while (result && (code = sqlite3_step(statement.get())) == SQLITE_ROW)
            result = visit(row);
        if (result && code != SQLITE_DONE)
            result = fail(failed(code).with("sql", std::string(sql)));
    } catch (...) {
        giveBack(sql, std::move(statement));
        throw;
    }
    giveBack(sql, std::move(statement));
    return result;
}

Result<std::int64_t> Connection::run(std::string_view sql, std::span<const Value> values)
{
    const std::int64_t before = sqlite3_total_changes64(m_handle);
    EPHOR_TRY_VOID(query(sql, values, [](const Row&) -> Result<void> { return {}; }, Mutation::Allow));
    // sqlite3_changes keeps the count of an earlier statement when this one is not an insert, update or delete.
    return sqlite3_total_changes64(m_handle) == before ? 0 : sqlite3_changes64(m_handle);
}

Result<std::optional<std::int64_t>> Snapshot::integer(std::string_view sql, std::initializer_list<Value> values) const
{
    std::optional<std::int64_t> found;
    bool first = true;
    EPHOR_TRY_VOID(query(sql, values, [&](const Row& row) -> Result<void> {
        if (std::exchange(first, false))
            found = row.maybeInteger(0);
        return {};
    }));
    return found;
}

Result<std::optional<std::string>> Snapshot::text(std::string_view sql, std::initializer_list<Value> values) const
{
    std::optional<std::string> found;
    bool first = true;
    EPHOR_TRY_VOID(query(sql, values, [&](const Row& row) -> Result<void> {
        if (std::exchange(first, false))
            found = row.maybeString(0);
        return {};
    }));
    return found;
}

}
