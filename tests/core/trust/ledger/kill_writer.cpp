#include "core/trust/ledger/ledger.h"

#include "core/trust/keys/key_store.h"

#include <cstdio>
#include <cstdlib>

// Appends entries one by one and prints each entry's index and id after it was acknowledged: what the kill test runs
// and kills. Arguments: database, key file, number of entries.
using namespace ephor;

namespace {

int failedWith(const Error& error)
{
    std::fprintf(stderr, "%s\n", describe(error).c_str());
    return 1;
}

int appendEntries(const char* databasePath, const char* keyPath, int count)
{
    const auto keys = keys::KeyStore::open(keyPath, keys::Unlock("kill test"));
    if (!keys)
        return failedWith(keys.error());
    store::DatabaseOptions options;
    options.path = databasePath;
    options.reserveBytes = 0;
    options.checkpointPages = 20;
    const auto database = store::Database::open(options, ledger::migrations());
    if (!database)
        return failedWith(database.error());
    const auto ledger = ledger::openLedger({.database = **database,
        .keys = keys->get(),
        .clock = systemClock(),
        .origin = {},
        .trustedKeys = {},
        .signEvery = 1'000'000,
        .signAfter = std::chrono::hours(1'000)});
    if (!ledger)
        return failedWith(ledger.error());
    for (int i = 0; i < count; ++i) {
        ledger::NewEntry entry;
        entry.actor = "test";
        entry.operation = "test.append";
        entry.outcome = "done";
        entry.sealed.push_back({"/input", "person:" + std::to_string(i % 3), {"\"value\""}});
        ledger::EntryReference reference;
        const auto written = (*database)->write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(reference, (*ledger)->append(transaction, entry));
            return {};
        });
        if (!written)
            return failedWith(written.error());
        std::printf("%llu %s\n", static_cast<unsigned long long>(reference.index), reference.id.c_str());
        std::fflush(stdout);
        if (i % 3 == 2) {
            if (const auto head = (*ledger)->checkpoint(); !head)
                return failedWith(head.error());
        }
    }
    return 0;
}

}

int main(int argc, char** argv)
{
    return argc == 4 ? appendEntries(argv[1], argv[2], std::atoi(argv[3])) : 2;
}
