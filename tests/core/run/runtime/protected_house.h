#pragma once

#include "core/run/runtime/run_store.h"
#include "tests/core/run/runtime/run_house.h"

namespace ephor::runtime::testing {

inline const std::string card = "4111 1111 1111 1111";
inline const std::string mail = "anna.berg@example.com";

inline ProtectionBody bodyWith(std::string what, ProtectAction action, std::vector<TextSurface> surfaces = {})
{
    ProtectionBody body;
    ProtectionRule rule;
    rule.what.push_back(std::move(what));
    rule.action = action;
    rule.surfaces.assign(surfaces.begin(), surfaces.end());
    body.rules.push_back(std::move(rule));
    return body;
}

inline void protectWith(RunHouse& house, ProtectionBody body)
{
    house.protection = std::move(body);
    house.restart();
}

/// Everything of the run that lies open in the record: what no key is needed for.
inline std::string openRecord(RunHouse& house, const std::string& run)
{
    std::string all;
    const auto read = house.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto steps, journal(snapshot, run));
        for (const JournalStep& step : steps) {
            EPHOR_TRY(const std::string body, house.ledger->body(snapshot, step.entry));
            all += body;
        }
        return {};
    });
    return read ? all : "unreadable: " + read.error().message;
}

inline std::string sealedRecord(RunHouse& house, const std::string& run)
{
    std::string all;
    const auto read = house.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto steps, journal(snapshot, run));
        for (const JournalStep& step : steps) {
            EPHOR_TRY(const auto fields, house.ledger->open(snapshot, step.entry));
            for (const ledger::SealedField& field : fields)
                all += field.path + field.value.text;
        }
        return {};
    });
    return read ? all : "unreadable: " + read.error().message;
}

}
