#include "core/run/connector/sql_call.h"

#include "core/base/text.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sqlite3.h>
#include <sys/stat.h>
#include <vector>

namespace ephor::connector {

namespace {

constexpr int stepsBetweenLooks = 1'000; // of SQLite's machine: some microseconds between looks at the clock

// A company's agents read from a handful of files; more than these are opened again.
constexpr std::size_t mostKeptDatabases = 16;

struct CloseDatabase {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};
struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::shared_ptr<sqlite3>;
using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

struct Deadline {
    std::chrono::steady_clock::time_point at;
    const std::atomic<bool>& cancelled;
    bool passed() const { return std::chrono::steady_clock::now() >= at; }
};

int onProgress(void* context)
{
    const auto& deadline = *static_cast<const Deadline*>(context);
    return deadline.cancelled.load() || deadline.passed() ? 1 : 0;
}

int authorizeRead(void*, int action, const char*, const char*, const char*, const char*)
{
    const bool reads
        = action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE;
    return reads ? SQLITE_OK : SQLITE_DENY;
}

int authorizeWrite(void*, int action, const char*, const char*, const char*, const char*)
{
    const bool writes = action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION
        || action == SQLITE_RECURSIVE || action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE
        || action == SQLITE_TRANSACTION;
    return writes ? SQLITE_OK : SQLITE_DENY;
}

/// Looks at the deadline while it lives, which the handle may not.
class Watched {
public:
    Watched(sqlite3* handle, Deadline& deadline)
        : m_handle(handle)
    {
        sqlite3_progress_handler(handle, stepsBetweenLooks, onProgress, &deadline);
    }
    ~Watched() { sqlite3_progress_handler(m_handle, 0, nullptr, nullptr); }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

private:
    sqlite3* m_handle;
};

using Authorizer = int (*)(void*, int, const char*, const char*, const char*, const char*);

Handle openDatabase(const std::string& path, int access, Authorizer authorizer)
{
    sqlite3* raw = nullptr;
    const int opened
        = sqlite3_open_v2(path.c_str(), &raw, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, nullptr);
    Handle handle(raw, CloseDatabase());
    if (opened != SQLITE_OK)
        return nullptr;
    sqlite3_db_config(handle.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_set_authorizer(handle.get(), authorizer, nullptr);
    return handle;
}

// Which file a path names at the moment; nothing where there is none.
using FileIdentity = std::pair<dev_t, ino_t>;
std::optional<FileIdentity> identityOf(const std::string& path)
{
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0 ? std::optional(FileIdentity{status.st_dev, status.st_ino})
                                               : std::nullopt;
}

// Opening and reading the schema costs more than most queries, so a thread keeps what it reads from. What only reads
// leaves nothing behind on a connection that the next call could see; one that writes (its counters, an open
// transaction) would, and is opened each time.
Handle openForReading(const std::string& path)
{
    struct Kept {
        std::string path;
        FileIdentity file;
        Handle handle;
    };
    thread_local std::vector<Kept> kept;
    // Before opening: a file replaced in between is then another one at the next look.
    const auto file = identityOf(path);
    if (const auto found = std::ranges::find(kept, path, &Kept::path); found != kept.end()) {
        if (file == found->file)
            return found->handle;
        kept.erase(found);
    }
    Handle handle = file ? openDatabase(path, SQLITE_OPEN_READONLY, authorizeRead) : nullptr;
    if (!handle)
        return nullptr;
    if (kept.size() >= mostKeptDatabases)
        kept.erase(kept.begin());
    kept.push_back({path, *file, handle});
    return handle;
}

Error sqlError(sqlite3* handle, std::string code, std::string message)
{
    return Error(ErrorKind::Invalid, std::move(code), std::move(message), "Correct the tool's definition.")
        .with("sqlite", sqlite3_errmsg(handle));
}

Result<void> bindOne(sqlite3_stmt* statement, int index, const Json& value)
{
    switch (value.type()) {
    case Json::value_t::null:
        sqlite3_bind_null(statement, index);
        break;
    case Json::value_t::boolean:
        sqlite3_bind_int(statement, index, value.get<bool>() ? 1 : 0);
        break;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
        sqlite3_bind_int64(statement, index, value.get<std::int64_t>());
        break;
    case Json::value_t::number_float:
        sqlite3_bind_double(statement, index, value.get<double>());
        break;
    default: {
        const std::string text = value.is_string() ? value.get<std::string>() : compactJson(value);
        sqlite3_bind_text(statement, index, text.data(), int(text.size()), SQLITE_TRANSIENT);
    }
    }
    return {};
}

Result<void> bindAll(sqlite3_stmt* statement, const Json& arguments)
{
    for (int index = 1; index <= sqlite3_bind_parameter_count(statement); ++index) {
        const char* const name = sqlite3_bind_parameter_name(statement, index);
        if (name == nullptr || name[0] == '?')
            return fail(ErrorKind::Invalid, "tool.sql-statement", "A SQL tool names its arguments: write :name, not ?.",
                "Correct the tool's definition.");
        const auto found = arguments.find(name + 1);
        EPHOR_TRY_VOID(bindOne(statement, index, found == arguments.end() ? Json() : *found));
    }
    return {};
}

Json columnOf(sqlite3_stmt* statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT:
        return sqlite3_column_double(statement, column);
    case SQLITE_NULL:
        return nullptr;
    default: {
        const auto* const text = sqlite3_column_text(statement, column);
        return std::string(reinterpret_cast<const char*>(text), std::size_t(sqlite3_column_bytes(statement, column)));
    }
    }
}

Result<Prepared> prepare(sqlite3* handle, const ToolBody& tool)
{
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const std::string& text = tool.sql.statement;
    const int code = sqlite3_prepare_v3(handle, text.data(), int(text.size()), 0, &raw, &tail);
    Prepared statement(raw);
    if (code == SQLITE_AUTH)
        return fail(
            sqlError(handle, "tool.sql-forbidden", "The statement does more than the tool's side effect allows."));
    if (code != SQLITE_OK || !statement)
        return fail(sqlError(handle, "tool.sql-statement", "The statement cannot be prepared."));
    const std::string_view rest(tail, std::size_t(text.data() + text.size() - tail));
    if (rest.find_first_not_of(" \t\r\n;") != std::string_view::npos)
        return fail(ErrorKind::Invalid, "tool.sql-statement", "A SQL tool runs exactly one statement.",
            "Correct the tool's definition.");
    return statement;
}

Result<SqlOutcome> stepAll(sqlite3* handle, sqlite3_stmt* statement, const ToolBody& tool, const Deadline& deadline)
{
    Json rows = Json::array();
    bool truncated = false;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (rows.size() >= tool.sql.maxRows) {
            truncated = true;
            break;
        }
        Json row = Json::object();
        for (int column = 0; column < sqlite3_column_count(statement); ++column)
            row[sqlite3_column_name(statement, column)] = columnOf(statement, column);
        rows.push_back(std::move(row));
    }
    if (code == SQLITE_CONSTRAINT)
        return SqlOutcome{compactJson(Json{{"error", "refused-by-tool"}, {"reason", "The data does not allow it."}}),
            true, "constraint"};
    if (code == SQLITE_INTERRUPT)
        return deadline.cancelled.load()
            ? fail(ErrorKind::Cancelled, "tool.cancelled", "The query was cancelled.")
            : fail(ErrorKind::Timeout, "tool.timeout", "The query took longer than the tool's timeout.", "Narrow it.");
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        return fail(sqlError(handle, "tool.sql-statement", "The statement failed."));
    if (sqlite3_column_count(statement) > 0) {
        const std::size_t count = rows.size();
        std::string text = compactJson(Json{{"rows", std::move(rows)}, {"truncated", truncated}});
        if (text.size() > tool.maxResultBytes)
            return SqlOutcome{
                R"({"error":"result-too-large","reason":"The rows are more than the tool's limit allows."})", true,
                "result too large"};
        return SqlOutcome{std::move(text), false, countWords(count, "row")};
    }
    const int changed = sqlite3_changes(handle);
    return SqlOutcome{compactJson(Json{{"changed", changed}}), false, std::to_string(changed) + " changed"};
}

}

Result<std::string> databasePath(const std::string& folder, const std::string& relative)
{
    const std::filesystem::path path = std::filesystem::path(relative).lexically_normal();
    const bool inside = !relative.empty() && path.is_relative() && *path.begin() != "..";
    if (!inside)
        return fail(Error(ErrorKind::Forbidden, "tool.sql-path",
            "A SQL tool's file lies inside the workspace's folder.", "Give a relative path.")
                .with("path", relative));
    return (std::filesystem::path(folder) / path).string();
}

Result<SqlOutcome> runSql(
    const ToolBody& tool, const std::string& folder, const Json& arguments, const std::atomic<bool>& cancelled)
{
    EPHOR_TRY(const std::string path, databasePath(folder, tool.sql.database));
    const bool reads = tool.effect == SideEffect::Read;
    const auto handle = reads ? openForReading(path) : openDatabase(path, SQLITE_OPEN_READWRITE, authorizeWrite);
    if (!handle)
        return fail(Error(ErrorKind::Invalid, "tool.sql-open", "The tool's database cannot be opened.",
            "Check the path in its definition.")
                .with("path", tool.sql.database));
    Deadline deadline{std::chrono::steady_clock::now() + std::chrono::milliseconds(tool.timeoutMs), cancelled};
    const Watched watched(handle.get(), deadline);
    sqlite3_busy_timeout(handle.get(), int(tool.timeoutMs));
    EPHOR_TRY(const Prepared statement, prepare(handle.get(), tool));
    if (reads && sqlite3_stmt_readonly(statement.get()) == 0)
        return fail(ErrorKind::Forbidden, "tool.sql-forbidden",
            "The statement changes data, and the tool is declared to read.", "Correct the tool's definition.");
    EPHOR_TRY_VOID(bindAll(statement.get(), arguments));
    return stepAll(handle.get(), statement.get(), tool, deadline);
}

}
