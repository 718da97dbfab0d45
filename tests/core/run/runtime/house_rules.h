#pragma once

#include "core/definition/definitions.h"
#include "core/domain/reflect.h"
#include "core/run/route/releases.h"
#include "core/run/runtime/recorder.h"
#include "tests/core/run/runtime/run_house.h"

#include <QtGlobal>

namespace ephor::runtime::testing {

/// Sets a rule over all releases.
inline void addHouseRule(RunHouse& house, const std::string& text, RuleMode mode = RuleMode::Enforce)
{
    const auto added = house.database->write([&](store::Transaction& transaction) {
        return house.tightenings.addRule(transaction, {"test", text, mode, "Officer", "a test", house.clock.now()});
    });
    if (!added)
        qFatal("%s", describe(added.error()).c_str());
}

/// Puts a release in production that pins these rules besides what it had.
inline void pinRules(RunHouse& house, const std::string& text, RuleMode mode = RuleMode::Enforce)
{
    const auto pinned = house.database->write([&](store::Transaction& transaction) -> Result<void> {
        PolicyBody body;
        body.title = "Rules";
        body.text = text;
        body.mode = mode;
        EPHOR_TRY(auto stored, definition::storedBody(body));
        EPHOR_TRY_VOID(definition::save(
            transaction, {"rules", "desk", std::move(stored), "person:caller", "", 0, house.clock.now()}));
        EPHOR_TRY(const auto serving, route::servingOf(transaction, "clerk", "production"));
        EPHOR_TRY(Release release, route::release(transaction, serving->production));
        release.pins.push_back({DefinitionKind::Policy, "rules", 1});
        EPHOR_TRY(const Release made, route::addRelease(transaction, release));
        return route::setProduction(transaction, "clerk", "production", made.id);
    });
    const auto known = pinned ? house.routing->refresh() : pinned;
    if (!known)
        qFatal("%s", describe(known.error()).c_str());
}

/// What was kept with the verdicts of a run: why rules refused or asked.
inline std::vector<VerdictWhy> whysOf(RunHouse& house, const std::string& run)
{
    std::vector<VerdictWhy> whys;
    const auto read = house.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto steps, journal(snapshot, run));
        for (const JournalStep& step : steps) {
            EPHOR_TRY(const auto fields, house.ledger->open(snapshot, step.entry));
            for (const ledger::SealedField& field : fields) {
                if (field.path != whyPath)
                    continue;
                EPHOR_TRY(whys, fromJson<std::vector<VerdictWhy>>(jsonOf(field.value), UnknownMembers::Refuse));
            }
        }
        return {};
    });
    if (!read)
        qFatal("%s", describe(read.error()).c_str());
    return whys;
}

}
