#pragma once

#include "core/store/database.h"
#include "core/trust/keys/key_store.h"
#include "core/trust/ledger/ledger.h"

#include <cstdio>
#include <cstdlib>
#include <string>

/// What the ledger's tests stand on: a database, keys in memory, a clock that moves when told to.
struct Workbench {
    static constexpr const char* origin = "ledger.test/acme";

    explicit Workbench(std::string databasePath = {})
        : path(std::move(databasePath))
        , clock(*ephor::parseInstant("2026-03-16T14:20:08Z"))
        , keys(take(ephor::keys::KeyStore::inMemory("w-1")))
    {
        open();
    }
    ~Workbench() { close(); }

    template <class T> static T take(ephor::Result<T> result)
    {
        if (!result) {
            std::fprintf(stderr, "%s\n", ephor::describe(result.error()).c_str());
            std::abort();
        }
        return std::move(*result);
    }

    void open()
    {
        close();
        ephor::store::DatabaseOptions options;
        options.path = path;
        options.reserveBytes = 0;
        options.vfs = vfs;
        database = take(ephor::store::Database::open(options, ephor::ledger::migrations()));
        ledger = take(ephor::ledger::openLedger({.database = *database,
            .keys = keys.get(),
            .clock = clock,
            .origin = origin,
            .trustedKeys = {},
            .keptHead = keptHead,
            .signEvery = signEvery,
            .signAfter = std::chrono::hours(1'000)}));
    }
    void close()
    {
        ledger.reset();
        database.reset();
    }
    void reopen()
    {
        close();
        open();
    }

    static ephor::ledger::NewEntry entry(const std::string& subject, const std::string& outcome = "done")
    {
        ephor::ledger::NewEntry entry;
        entry.actor = "person:ines";
        entry.operation = "prompts.save";
        entry.subject = subject;
        entry.outcome = outcome;
        return entry;
    }

    ephor::Result<ephor::ledger::EntryReference> append(const ephor::ledger::NewEntry& entry)
    {
        ephor::ledger::EntryReference reference;
        EPHOR_TRY_VOID(database->write([&](ephor::store::Transaction& transaction) -> ephor::Result<void> {
            EPHOR_TRY(reference, ledger->append(transaction, entry));
            return {};
        }));
        return reference;
    }

    std::string body(std::uint64_t index) const
    {
        std::string text;
        (void)database->read([&](const ephor::store::Snapshot& snapshot) -> ephor::Result<void> {
            EPHOR_TRY(text, ledger->body(snapshot, index));
            return {};
        });
        return text;
    }

    ephor::Result<std::vector<ephor::ledger::SealedField>> opened(std::uint64_t index) const
    {
        std::vector<ephor::ledger::SealedField> fields;
        EPHOR_TRY_VOID(database->read([&](const ephor::store::Snapshot& snapshot) -> ephor::Result<void> {
            EPHOR_TRY(fields, ledger->open(snapshot, index));
            return {};
        }));
        return fields;
    }

    std::string verifyCode(std::uint64_t from = 0) const
    {
        const auto verified = ledger->verify(from, {});
        return verified ? "ok" : verified.error().code;
    }

    static std::string field(const ephor::Error& error, const std::string& name)
    {
        for (const auto& [key, value] : error.fields) {
            if (key == name)
                return value;
        }
        return {};
    }

    std::string path;
    std::string vfs;
    std::string keptHead; ///< set before open()
    std::uint64_t signEvery = 1'000'000;
    ephor::ManualClock clock;
    std::unique_ptr<ephor::keys::KeyStore> keys;
    std::unique_ptr<ephor::store::Database> database;
    std::unique_ptr<ephor::ledger::Ledger> ledger;
};

template <class T> std::string codeOf(const ephor::Result<T>& result)
{
    return result ? "ok" : result.error().code;
}
