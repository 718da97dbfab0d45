#include <QtTest>

#include "core/api/insight.h"
#include "core/trust/identity/sessions.h"
#include "tests/core/insight/seeded_workspace.h"

#include <algorithm>

using namespace ephor;
using namespace std::chrono_literals;

namespace {

const Principal everybody = test::SeededWorkspace::person("person:all", {{"*", "*", Role::Viewer}});

const ChangedItem* itemOf(const std::vector<ChangedItem>& items, const std::string& title)
{
    const auto found = std::ranges::find(items, title, &ChangedItem::title);
    return found == items.end() ? nullptr : &*found;
}

}

class WhatChangedTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<test::SeededWorkspace> m_workspace;
    std::string m_priya;

    WhatChanged::Response changed(const Principal& who = everybody, Instant since = {}, std::uint64_t limit = 50)
    {
        WhatChanged::Request request;
        request.since = since;
        request.limit = limit;
        return m_workspace->need(m_workspace->door->call<WhatChanged>(who, request));
    }

private Q_SLOTS:
    void init()
    {
        m_workspace = std::make_unique<test::SeededWorkspace>();
        m_priya = m_workspace->addPerson("Priya Raman", "priya");
        m_workspace->addAgent("refunds", "Customer refunds", "cards", m_priya);
        m_workspace->addAgent("helper", "HR helper", "people", m_priya);
    }

    void actsAreToldInPlainWords()
    {
        auto& workspace = *m_workspace;
        const std::string change = workspace.addChange("refunds", "cards", ChangeState::Live);
        const std::string request = workspace.ask("refunds", "cards");
        const auto late = workspace.clock.now() + 1min;
        workspace.record("changes.create", "change:" + change, m_priya, {{"change", change}});
        workspace.clock.set(late);
        const auto at = [&](std::uint64_t index) { return "assurance/record/" + std::to_string(index); };
        workspace.record("changes.approve", "change:" + change, m_priya, {{"change", change}});
        workspace.record("changes.reject", "change:" + change, "person:all", {{"change", change}}, "denied");
        workspace.record("stops.set", "stop:1", m_priya, {{"mode", "now"}, {"agent", "refunds"}, {"tool", ""}});
        workspace.record("stops.set", "stop:2", m_priya, {{"mode", "no-writes"}, {"agent", ""}, {"tool", ""}});
        workspace.record(
            "stops.set", "stop:3", m_priya, {{"mode", "now"}, {"agent", "refunds"}, {"tool", "payments.send"}});
        const auto all
            = workspace.record("stops.set", "stop:4", m_priya, {{"mode", "no-new-runs"}, {"agent", ""}, {"tool", ""}});
        workspace.record("stops.lift", "stop:1", m_priya, {});
        workspace.record("grants.tighten", "grant:refunds/payments.send", m_priya,
            {{"agent", "refunds"}, {"tool", "payments.send"}, {"access", "deny"}});
        workspace.addDefinition("tool", "payments.send", "Send a payment", "cards", m_priya, Json::object());
        workspace.record("approvals.decide", "approval:" + request, m_priya, {{"approval", request}}, "approved",
            ledger::EntryKind::Approval);
        const auto person
            = workspace.record("people.save", m_priya, "person:all", {{"person", m_priya}, {"act", "added"}});
        workspace.record("prompts.save", "prompt:x", m_priya, {});
        const auto items = changed().items;
        struct Expected {
            const char* title;
            const char* kind;
            std::string route;
        };
        const std::vector<Expected> expected{{"CH-1 drafted: Cite the clause", "change", "changes/CH-1"},
            {"CH-1 approved: Cite the clause", "change", "changes/CH-1"},
            {"Customer refunds stopped", "stop", "agents/refunds"}, {"Every agent: no writes", "stop", at(all - 2)},
            {"payments.send of Customer refunds stopped", "stop", "agents/refunds"},
            {"Every agent: no new runs", "stop", at(all)}, {"Stop lifted: Customer refunds", "lift", "agents/refunds"},
            {"Customer refunds may no longer use payments.send", "grant", "agents/refunds"},
            {"Approved: Send a payment", "approval", "inbox/" + request},
            {"Priya Raman added", "person", at(person)}};
        for (const Expected& each : expected) {
            const ChangedItem* const item = itemOf(items, each.title);
            QVERIFY2(item, each.title);
            QCOMPARE(item->kind, std::string(each.kind));
            QCOMPARE(item->route, each.route);
        }
        QCOMPARE(items.size(), expected.size());
        QVERIFY(std::ranges::is_sorted(items, std::greater(), &ChangedItem::at));
        QCOMPARE(itemOf(items, "Customer refunds stopped")->detail, std::string("By Priya Raman: Because."));

        QVERIFY(!itemOf(changed(everybody, late).items, "CH-1 drafted: Cite the clause"));
        QCOMPARE(changed(everybody, {}, 3).items.size(), std::size_t(3));
        const auto hr = changed(test::SeededWorkspace::person("person:hr", {{"people", "*", Role::Viewer}})).items;
        QCOMPARE(hr.size(), std::size_t(3));
    }

    void rolloutsAreToldByTheirMoves()
    {
        const auto now = m_workspace->clock.now();
        Rollout rollout;
        rollout.id = "ro-1";
        rollout.change = "CH-9";
        rollout.agent = "refunds";
        rollout.environment = "production";
        rollout.candidateNumber = 42;
        rollout.state = RolloutState::RolledBack;
        rollout.history = {{now - 9 * 24h, "Priya", "start", 0.05, ""}, {now - 5h, "Priya", "promote", 0.25, ""},
            {now - 4h, "Priya", "pause", 0.25, ""}, {now - 3h, "Priya", "resume", 0.25, ""},
            {now - 2h, "Priya", "promote", 1, ""}, {now - 1h, "Priya", "roll-back", 0, "Wrong sums."}};
        m_workspace->save(rollout);
        std::vector<std::pair<std::string, std::string>> told;
        for (const ChangedItem& item : changed().items)
            told.emplace_back(item.title, item.kind);
        const std::vector<std::pair<std::string, std::string>> expected{
            {"Customer refunds v42 rolled back", "rollback"}, {"Customer refunds v42 live", "release"},
            {"Customer refunds v42 resumed at 25 %", "rollout"}, {"Customer refunds v42 paused at 25 %", "pause"},
            {"Customer refunds v42 at 25 %", "rollout"}};
        QCOMPARE(told, expected);
    }

    void numbersThatTurnedAreNews()
    {
        auto& telemetry = *m_workspace->telemetry;
        const auto now = m_workspace->clock.now();
        for (int i = 0; i < 30; ++i) {
            const std::string n = std::to_string(i);
            telemetry.report(test::report("a" + n, "refunds", now - 9 * 24h - i * 1h, 4));
            auto slow = test::report("b" + n, "refunds", now - i * 1h - 1h, 8);
            slow.toolVerdicts = {{"payments.send", VerdictWord::Deny}, {"orders.read", VerdictWord::Allow}};
            telemetry.report(slow);
            auto failed = test::report("c" + n, "helper", now - i * 1h - 1h, 1);
            failed.summary.state = i % 5 == 0 ? RunState::Failed : RunState::Done;
            telemetry.report(failed);
        }
        QVERIFY(telemetry.flush());
        const auto items = changed().items;
        QCOMPARE(items.size(), std::size_t(3));
        const ChangedItem* const slower = itemOf(items, "Customer refunds is slower");
        QVERIFY(slower);
        QVERIFY2(slower->detail.ends_with(", on 30 runs"), slower->detail.c_str());
        const ChangedItem* const denied = itemOf(items, "30 calls refused for Customer refunds");
        QVERIFY(denied);
        QCOMPARE(denied->detail, std::string("Of 60 tool calls, none of them was sent"));
        const ChangedItem* const failing = itemOf(items, "HR helper fails more often");
        QVERIFY(failing);
        QCOMPARE(failing->detail, std::string("20 % of 30 runs failed or were denied"));
        QVERIFY(failing->at <= now);
    }

    void sinceIsTheLastVisit()
    {
        const auto now = m_workspace->clock.now();
        QVERIFY(changed().since == now - 7 * 24h);
        Principal visitor = everybody;
        m_workspace->write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(const auto session, identity::beginSession(transaction, m_priya, now - 50h, m_workspace->clock));
            visitor.session = session.id;
            return {};
        });
        QVERIFY(changed(visitor).since == now - 50h);
        QVERIFY(changed(visitor, now - 3h).since == now - 3h);
        QVERIFY(changed(visitor, now - 9'000h).since == now - 90 * 24h);
        QVERIFY(changed(visitor, now + 1h).since == now - 7 * 24h);
    }
};

QTEST_GUILESS_MAIN(WhatChangedTest)
#include "what_changed_test.moc"
