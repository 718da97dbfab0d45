#include <QtTest>

#include "core/api/insight.h"
#include "tests/core/insight/seeded_workspace.h"

#include <algorithm>

using namespace ephor;
using namespace std::chrono_literals;

namespace {

Principal officer(const std::string& team = "*")
{
    return test::SeededWorkspace::person("person:olga", {{team, "*", Role::Officer}});
}

using SetRequest = std::function<void(ApprovalRequest&)>;
using SetChange = std::function<void(lifecycle::StoredChange&)>;

}

Q_DECLARE_METATYPE(ephor::Principal)
Q_DECLARE_METATYPE(SetRequest)
Q_DECLARE_METATYPE(SetChange)

class InboxTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<test::SeededWorkspace> m_workspace;

    ReadInbox::Response inboxOf(const Principal& who)
    {
        return m_workspace->need(m_workspace->door->call<ReadInbox>(who));
    }

private Q_SLOTS:
    void init() { m_workspace = std::make_unique<test::SeededWorkspace>(); }

    void actionsAreForWhoMayDecideThem_data()
    {
        QTest::addColumn<Principal>("who");
        QTest::addColumn<SetRequest>("set");
        QTest::addColumn<bool>("shown");
        const auto add = [](const char* name, const Principal& who, bool shown, SetRequest set = {}) {
            QTest::newRow(name) << who << std::move(set) << shown;
        };
        const auto person = test::SeededWorkspace::person;
        add("officer of all teams", officer(), true);
        add("officer of the team", officer("cards"), true);
        add("officer of another team", officer("people"), false);
        add("another role that decides", person("person:o", {{"cards", "*", Role::Owner}}), false);
        add("that role when it is asked for", person("person:o", {{"cards", "*", Role::Owner}}), true,
            [](ApprovalRequest& request) { request.approver = Role::Owner; });
        add("a role that decides nothing", person("person:a", {{"*", "*", Role::Admin}}), false,
            [](ApprovalRequest& request) { request.approver = Role::Admin; });
        add("auditor", person("person:a", {{"*", "*", Role::Auditor}}), false);
        add("who started the run", officer(), false,
            [](ApprovalRequest& request) { request.requester = "person:olga"; });
        add("who has decided", officer(), false, [](ApprovalRequest& request) {
            request.needed = 2;
            request.decisions = {{"person:olga", "Olga", true, "Fine.", {}}};
        });
        add("when another has decided", officer(), true, [](ApprovalRequest& request) {
            request.needed = 2;
            request.decisions = {{"person:paul", "Paul", true, "Fine.", {}}};
        });
        add("what is decided", officer(), false,
            [](ApprovalRequest& request) { request.state = ApprovalState::Approved; });
        add("what has expired", officer(), false,
            [](ApprovalRequest& request) { request.expiresAt = request.requestedAt; });
        Principal key = officer();
        key.kind = PrincipalKind::Service;
        key.permissions = {Permission::View, Permission::DecideActions};
        add("a key decides nothing", key, false);
    }
    void actionsAreForWhoMayDecideThem()
    {
        QFETCH(Principal, who);
        QFETCH(SetRequest, set);
        QFETCH(bool, shown);
        const std::string id = m_workspace->ask("refunds", "cards", set);
        const auto inbox = inboxOf(who);
        QCOMPARE(inbox.items.size(), std::size_t(shown ? 1 : 0));
        if (shown) {
            QCOMPARE(inbox.items[0].kind, std::string("action"));
            QCOMPARE(inbox.items[0].route, "inbox/" + id);
            QVERIFY(inbox.items[0].deadline == m_workspace->clock.now() + 2h);
        }
    }

    void changesAreForWhoMayApproveThem_data()
    {
        QTest::addColumn<Principal>("who");
        QTest::addColumn<int>("state");
        QTest::addColumn<SetChange>("set");
        QTest::addColumn<QString>("shown");
        const auto add
            = [](const char* name, const Principal& who, ChangeState state, const char* shown, SetChange set = {}) {
                  QTest::newRow(name) << who << int(state) << std::move(set) << QString(shown);
              };
        using enum ChangeState;
        const auto as = [](const char* id) { return test::SeededWorkspace::person(id, {{"*", "*", Role::Officer}}); };
        const SetChange selfApproved = [](lifecycle::StoredChange& stored) {
            stored.change.summary.selfApproved = true;
            stored.change.approvals = {{"person:author", "Ada", true, "", {}, "sha256:change", true}};
        };
        const auto approvedBy = [](const char* person, const char* digest, bool approved) {
            return SetChange([=](lifecycle::StoredChange& stored) {
                stored.change.approvals = {{person, "Somebody", approved, "", {}, digest, false}};
            });
        };
        add("officer", officer(), Approval, "change");
        add("officer of the team", officer("cards"), Approval, "change");
        add("officer of another team", officer("people"), Approval, "");
        add("admin", test::SeededWorkspace::person("person:a", {{"*", "*", Role::Admin}}), Approval, "");
        add("author", as("person:author"), Approval, "");
        add("who wrote a version in it", as("person:writer"), Approval, "");
        add("draft", officer(), Draft, "");
        add("rolling out", officer(), RollingOut, "");
        add("who approved it", officer(), Approval, "", approvedBy("person:olga", "sha256:change", true));
        add("who approved what it was before", officer(), Approval, "change",
            approvedBy("person:olga", "sha256:old", true));
        add("when another approved it", officer(), Approval, "change",
            approvedBy("person:paul", "sha256:change", true));
        add("self-approved and live", officer(), Live, "ratify", selfApproved);
        add("self-approved by the author", as("person:author"), Live, "", selfApproved);
        add("self-approved and withdrawn", officer(), Withdrawn, "", selfApproved);
    }
    void changesAreForWhoMayApproveThem()
    {
        QFETCH(Principal, who);
        QFETCH(int, state);
        QFETCH(SetChange, set);
        QFETCH(QString, shown);
        m_workspace->addChange("refunds", "cards", ChangeState(state), set);
        const auto inbox = inboxOf(who);
        QCOMPARE(inbox.items.size(), std::size_t(shown.isEmpty() ? 0 : 1));
        if (!shown.isEmpty()) {
            QCOMPARE(QString::fromStdString(inbox.items[0].kind), shown);
            QCOMPARE(inbox.items[0].id, std::string("CH-1"));
            QCOMPARE(inbox.items[0].title, std::string("CH-1, Cite the clause"));
        }
    }

    void whatEndsSoonestComesFirst()
    {
        m_workspace->addDefinition("tool", "payments.send", "Send a payment", "cards", "person:x", Json::object());
        m_workspace->addChange("refunds", "cards", ChangeState::Approval);
        const std::string later
            = m_workspace->ask("refunds", "cards", [](ApprovalRequest& request) { request.needed = 2; });
        const std::string sooner = m_workspace->ask("refunds", "cards", [](ApprovalRequest& request) {
            request.expiresAt = request.requestedAt + 5min;
            request.reference = "order 7731-118";
        });
        const auto items = inboxOf(officer()).items;
        QCOMPARE(items.size(), std::size_t(3));
        QCOMPARE(items[0].id, sooner);
        QCOMPARE(items[0].title, std::string("Send a payment for order 7731-118"));
        QCOMPARE(items[0].detail, std::string("refunds · 0 of 1 approval"));
        QCOMPARE(items[1].id, later);
        QCOMPARE(items[1].detail, std::string("refunds · 0 of 2 approvals"));
        QCOMPARE(items[2].detail, std::string("refunds · 0 of 0 checks"));
    }

    void erasuresAreForASecondPerson()
    {
        const auto micros = [](Instant at) { return std::int64_t(at.time_since_epoch().count()); };
        const auto wish = [&](const std::string& digest, const std::string& by, Instant at) {
            m_workspace->write([&](store::Transaction& transaction) -> Result<void> {
                EPHOR_TRY([[maybe_unused]] const auto kept,
                    transaction.run("INSERT INTO erasure_wish(person, asked_by, asked_by_name, asked_at, reason)"
                                    " VALUES (?, ?, 'Jonas Weber', ?, 'A letter of 3 March')",
                        {std::string_view(digest), std::string_view(by), micros(at)}));
                return {};
            });
        };
        const Instant now = m_workspace->clock.now();
        wish("hidden:11", "person:jonas", now - 1h);
        wish("hidden:22", "person:olga", now - 1h);
        wish("hidden:33", "person:jonas", now - std::chrono::days(15));
        const auto items = inboxOf(officer()).items;
        QCOMPARE(items.size(), std::size_t(1));
        QVERIFY((items.front()
            == InboxItem{"erasure", "erasure-11", "Erase a person for good", "Jonas Weber asked · A letter of 3 March",
                now - 1h, now - 1h + std::chrono::days(14), "inbox/erasure-11"}));
        // A person's runs may be anywhere.
        QVERIFY(inboxOf(officer("cards")).items.empty());
        QVERIFY(inboxOf(test::SeededWorkspace::person("person:a", {{"*", "*", Role::Admin}})).items.empty());
    }

    void anErasureIConfirmedIsDoneByMe()
    {
        m_workspace->record("people.erase-confirm", "erasure:hidden:11", "person:olga", {{"askedBy", "person:jonas"}});
        m_workspace->record(
            "people.erase-confirm", "erasure:hidden:22", "person:olga", {{"askedBy", "person:jonas"}}, "denied");
        const auto done = inboxOf(officer()).doneByMe;
        QCOMPARE(done.size(), std::size_t(1));
        QCOMPARE(done[0].kind, std::string("erasure"));
        QCOMPARE(done[0].id, std::string("erasure-11"));
        QCOMPARE(done[0].title, std::string("Erased a person for good"));
        QCOMPARE(done[0].detail, std::string("Confirmed: Because."));
    }

    void doneByMeIsWhatIDecidedNewestFirst()
    {
        const std::string action = m_workspace->ask("refunds", "cards");
        const std::string change = m_workspace->addChange("refunds", "cards", ChangeState::Live);
        m_workspace->record("approvals.decide", "approval:" + action, "person:olga", {{"approval", action}}, "denied",
            ledger::EntryKind::Approval);
        m_workspace->record("approvals.decide", "approval:" + action, "person:paul", {{"approval", action}}, "approved",
            ledger::EntryKind::Approval);
        m_workspace->clock.advance(1min);
        m_workspace->record("changes.approve", "change:" + change, "person:olga", {{"change", change}}, "denied");
        m_workspace->record("prompts.save", "prompt:x", "person:olga", {});
        m_workspace->record("changes.ratify", "change:" + change, "person:olga", {{"change", change}});
        const auto done = inboxOf(officer()).doneByMe;
        QCOMPARE(done.size(), std::size_t(2));
        QCOMPARE(done[0].kind, std::string("ratify"));
        QCOMPARE(done[0].detail, std::string("Ratified: Because."));
        QCOMPARE(done[0].route, "changes/" + change);
        QCOMPARE(done[1].title, std::string("payments.send"));
        QCOMPARE(done[1].detail, std::string("Denied: Because."));
        QCOMPARE(done[1].route, "inbox/" + action);
        for (int i = 0; i < 60; ++i)
            m_workspace->record("changes.approve", "change:" + change, "person:olga", {{"change", change}});
        QCOMPARE(inboxOf(officer()).doneByMe.size(), std::size_t(50));
    }
};

QTEST_GUILESS_MAIN(InboxTest)
#include "inbox_test.moc"
