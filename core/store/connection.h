#pragma once

#include "core/store/database.h"

#include <map>
#include <memory>
#include <sqlite3.h>
#include <string>
#include <utility>

namespace ephor::store {

enum class Access { Write, Read };

struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// One SQLite connection with its settings and its prepared statements. Used by one thread at a time.
class Connection {
public:
    /// An empty `path` is a private database in memory.
    static Result<std::unique_ptr<Connection>> open(const std::string& path, Access access, const std::string& vfs);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs statements that return nothing of interest.
    Result<void> execute(const char* sql);
    /// Runs one statement that returns nothing and is run again and again: it is prepared once.
    Result<void> perform(std::string_view sql);
    /// The first column of a pragma's answer.
    Result<std::string> pragma(const char* sql);
    enum class Mutation { Allow, Refuse };
    Result<void> query(std::string_view sql, std::span<const Value> values,
        const std::function<Result<void>(const Row&)>& visit, Mutation mutation);
    Result<std::int64_t> run(std::string_view sql, std::span<const Value> values);

    sqlite3* handle() const { return m_handle; }
    bool inTransaction() const { return sqlite3_get_autocommit(m_handle) == 0; }
    /// Pages in the WAL after the last commit.
    std::int64_t walPages() const { return m_walPages; }
    /// How long a foreign reader's lock (a backup tool, a shell) is waited for.
    static constexpr int busyMilliseconds = 5'000;
    void forgetWal() { m_walPages = 0; }
    /// SQLite's code of the first environmental failure since it was forgotten, 0 for none: code that swallows
    /// an error of a statement must not hide it from the commit.
    int environmental() const { return m_environmental; }
    void forgetEnvironmental() { m_environmental = 0; }

private:
    explicit Connection(sqlite3* handle);
    Result<void> configure(Access access, bool inMemory);
    Result<Statement> lease(std::string_view sql);
    void giveBack(std::string_view sql, Statement statement);
    Error failed(int code);

    sqlite3* m_handle;
    std::map<std::string, Statement, std::less<>> m_statements;
    std::int64_t m_walPages = 0;
    int m_environmental = 0;
};

/// Read access through a connection.
template <class Base> class ConnectionReads : public Base {
public:
    ConnectionReads(Connection& connection, Connection::Mutation mutation)
        : m_connection(connection)
        , m_mutation(mutation)
    {
    }
    Result<void> query(std::string_view sql, std::initializer_list<Value> values,
        const std::function<Result<void>(const Row&)>& visit) const override
    {
        return m_connection.query(sql, {values.begin(), values.size()}, visit, m_mutation);
    }
    Result<void> queryWith(std::string_view sql, std::span<const Value> values,
        const std::function<Result<void>(const Row&)>& visit) const override
    {
        return m_connection.query(sql, values, visit, m_mutation);
    }

protected:
    Connection& m_connection;

private:
    Connection::Mutation m_mutation;
};

class ConnectionSnapshot final : public ConnectionReads<Snapshot> {
public:
    explicit ConnectionSnapshot(Connection& connection)
        : ConnectionReads(connection, Connection::Mutation::Refuse)
    {
    }
};

}
