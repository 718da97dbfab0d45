#pragma once

#include "core/store/connection.h"

#include <vector>

namespace ephor::store {

/// One caller's share of a group: a savepoint, and who follows its outcome.
class WorkTransaction final : public ConnectionReads<Transaction> {
public:
    explicit WorkTransaction(Connection& connection)
        : ConnectionReads(connection, Connection::Mutation::Allow)
    {
    }
    Result<std::int64_t> run(std::string_view sql, std::initializer_list<Value> values) override
    {
        return m_connection.run(sql, {values.begin(), values.size()});
    }
    Result<std::int64_t> runWith(std::string_view sql, std::span<const Value> values) override
    {
        return m_connection.run(sql, values);
    }
    std::int64_t lastInsertedRow() const override { return sqlite3_last_insert_rowid(m_connection.handle()); }
    void onOutcome(std::function<void(bool committed)> follow) override { m_followers.push_back(std::move(follow)); }

    void askForEmptyLog() { m_wantsEmptyLog = true; }
    bool wantsEmptyLog() const { return m_wantsEmptyLog; }
    void announceMore() { m_moreIsComing = true; }
    bool moreIsComing() const { return m_moreIsComing; }

    void committed()
    {
        for (const auto& follow : m_followers)
            follow(true);
        m_followers.clear();
    }
    void rolledBack()
    {
        for (auto follow = m_followers.rbegin(); follow != m_followers.rend(); ++follow)
            (*follow)(false);
        m_followers.clear();
    }

private:
    std::vector<std::function<void(bool)>> m_followers;
    bool m_wantsEmptyLog = false;
    bool m_moreIsComing = false;
};

}
