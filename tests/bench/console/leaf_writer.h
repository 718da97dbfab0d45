#pragma once

#include "core/proof/ed25519.h"
#include "core/proof/frontier.h"

#include <array>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <string>
#include <string_view>

namespace ephor::bench {

/// The members of an entry that columns of the record are computed from.
inline constexpr std::array<std::string_view, 15> computedPaths{"$.id", "$.kind", "$.at", "$.actor", "$.operation",
    "$.subject", "$.outcome", "$.reason", "$.refs.run", "$.refs.call", "$.refs.change", "$.refs.approval",
    "$.refs.release", "$.refs.policy", "$.refs.version"};
using ComputedValues = std::array<std::optional<std::string>, computedPaths.size()>;

/// A statement of SQLite; throws std::runtime_error where it fails.
class SqlStatement {
public:
    SqlStatement(sqlite3* database, const char* sql);
    /// The texts and blobs must live until `step` returns.
    SqlStatement& bind(int at, std::int64_t value);
    SqlStatement& bind(int at, std::string_view text);
    SqlStatement& bindBlob(int at, BytesView bytes);
    /// True for a row; after the last one, or of a statement without rows, false, and ready to be run again.
    bool step();
    std::int64_t integer(int column) const { return sqlite3_column_int64(m_statement.get(), column); }
    std::string text(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// Writes a record anew into a closed workspace's database, faster than the ledger appends one: the same rows, hashes,
/// tree and signed heads, but one transaction, no sync, no journal, and the computed values handed over instead of read
/// out of each body again. A crash leaves the database of no use. Only for a workspace that is made for measuring.
class LeafWriter {
public:
    /// Opens the database, which stays locked. `signer` outlives the writer.
    LeafWriter(const std::string& database, const proof::SigningKey& signer);
    LeafWriter(const LeafWriter&) = delete;
    LeafWriter& operator=(const LeafWriter&) = delete;
    ~LeafWriter();

    sqlite3* database() const { return m_database; }
    void run(const std::string& sql);
    /// Takes all entries and heads out. `origin` is what the new heads bear.
    void begin(const std::string& origin);
    std::uint64_t size() const { return m_frontier.size(); }
    /// `body` states `size()` as its place; `at` is its time.
    void append(std::string_view body, const ComputedValues& values, const std::string& at);
    /// Signs the last head and commits.
    void finish();

private:
    static void extract(sqlite3_context* context, int count, sqlite3_value** arguments);
    void sign(const std::string& at);

    sqlite3* m_database = nullptr;
    const proof::SigningKey& m_signer;
    std::string m_origin;
    proof::Frontier m_frontier;
    std::string m_lastAt;
    std::uint64_t m_signedSize = 0;
    std::string_view m_body; ///< of the entry that is being inserted
    const ComputedValues* m_values = nullptr;
    std::unique_ptr<SqlStatement> m_leaf;
    std::unique_ptr<SqlStatement> m_subtree;
    std::unique_ptr<SqlStatement> m_head;
};

}
