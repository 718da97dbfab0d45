#include <QtTest>

#include "core/api/insight.h"
#include "tests/core/insight/seeded_workspace.h"

#include <algorithm>

using namespace ephor;
using namespace std::chrono_literals;

namespace {

const std::string runId = "0192f3b0-7a11-7c3e-9d10-8f3a21aa0001";

const Principal officer = test::SeededWorkspace::person("person:olga", {{"*", "*", Role::Officer}});
const Principal stranger = test::SeededWorkspace::person("person:hr", {{"people", "*", Role::Viewer}});

}

class FindTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<test::SeededWorkspace> m_workspace;
    Release m_release;
    std::string m_approval;
    std::string m_person;

    std::vector<ChangedItem> find(const std::string& text, const Principal& who = officer)
    {
        FindAnything::Request request;
        request.text = text;
        return m_workspace->need(m_workspace->door->call<FindAnything>(who, request)).hits;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_workspace = std::make_unique<test::SeededWorkspace>();
        m_person = m_workspace->addPerson("Priya Raman", "priya");
        m_workspace->addAgent("refunds", "Customer refunds", "cards", m_person);
        m_workspace->addDefinition("prompt", "refunds", "Refund rules", "cards", m_person, Json::object());
        m_workspace->addDefinition("tool", "payments.send", "Send a payment", "cards", m_person, Json::object());
        m_workspace->addDefinition("model", "large", "Large model", "people", m_person, Json::object());
        m_release = m_workspace->addRelease("refunds", 1, m_workspace->clock.now());
        auto run = test::report(runId, "refunds", m_workspace->clock.now(), 1).summary;
        run.team = "cards";
        run.environment = "production";
        run.decision.reference = "order 7731-118";
        m_workspace->addRun(run);
        m_approval = m_workspace->ask("refunds", "cards");
        m_workspace->addChange("refunds", "cards", ChangeState::Live);
        m_workspace->record("prompts.save", "prompt:refunds", m_person, {});
        ledger::NewEntry permit;
        permit.kind = ledger::EntryKind::Permit;
        permit.actor = "agent:refunds";
        permit.operation = "run.start";
        permit.subject = "run:" + runId;
        permit.outcome = "deny";
        permit.refs = {{"run", runId}};
        permit.data = documentOf(Json{{"verdicts",
            {toJson(Verdict{"vd-" + runId + "-1", "route", VerdictWord::Allow, "Served.", "r", ""}),
                toJson(Verdict{"vd-" + runId + "-2", "permission", VerdictWord::Deny, "Not granted.", "r", ""})}}});
        m_workspace->record(permit);
    }

    void whatIsPastedIsFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("route");
        const auto add
            = [](const std::string& text, const char* kind, const std::string& title, const std::string& route) {
                  QTest::newRow(text.c_str()) << QString::fromStdString(text) << QString(kind)
                                              << QString::fromStdString(title) << QString::fromStdString(route);
              };
        const std::string run = "activity/runs/" + runId;
        add("#1", "entry", "Entry #1", "assurance/record/1");
        add("  # 0 ", "entry", "Entry #0", "assurance/record/0");
        add("vd-" + runId + "-2", "verdict", "permission: deny", run);
        add(runId, "run", "Run 21aa0001", run);
        add("0192f3", "run", "Run 21aa0001", run);
        add("0192F3B0-7A11", "run", "Run 21aa0001", run);
        add("21aa0001", "run", "Run 21aa0001", run);
        add("run:" + runId, "run", "Run 21aa0001", run);
        add("21AA0001", "run", "Run 21aa0001", run);
        add("order 7731-118", "run", "Run 21aa0001", run);
        add(m_approval, "approval", "Request for payments.send", "inbox/" + m_approval);
        add("ch-1", "change", "CH-1, Cite the clause", "changes/CH-1");
        add("CH-1", "change", "CH-1, Cite the clause", "changes/CH-1");
        add(m_release.id, "release", "Customer refunds v1", "agents/refunds");
        add(m_release.id.substr(0, 15), "release", "Customer refunds v1", "agents/refunds");
        add(m_release.id.substr(7, 12), "release", "Customer refunds v1", "agents/refunds");
        add("refunds", "agent", "Customer refunds", "agents/refunds");
        add("CUSTOMER", "agent", "Customer refunds", "agents/refunds");
        add("rules", "prompt", "Refund rules", "library/prompts/refunds");
        add("payments", "tool", "Send a payment", "library/tools/payments.send");
        add("Large", "model", "Large model", "library/models/large");
        add("raman", "person", "Priya Raman", "settings/people/" + m_person);
    }
    void whatIsPastedIsFound()
    {
        QFETCH(QString, text);
        QFETCH(QString, kind);
        QFETCH(QString, title);
        QFETCH(QString, route);
        const auto hits = find(text.toStdString());
        QVERIFY(!hits.empty());
        QCOMPARE(QString::fromStdString(hits[0].kind), kind);
        QCOMPARE(QString::fromStdString(hits[0].title), title);
        QCOMPARE(QString::fromStdString(hits[0].route), route);
        // What belongs to another team stays unknown, and the record is not everybody's.
        const auto others = find(text.toStdString(), stranger);
        QCOMPARE(others.empty(), kind != "person" && kind != "model");
    }

    void nothingIsFoundForNothing_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"   ", "#", "#99", "#x", "CH-", "CH-99", "CH-1x", "vd-", "vd-x-1", "0192f", "ffffffff",
                 "order 7731", "%", "' OR 1=1 --"})
            QTest::newRow(text) << QString(text);
    }
    void nothingIsFoundForNothing()
    {
        QFETCH(QString, text);
        const auto hits = find(text.toStdString());
        QVERIFY2(hits.empty(), hits.empty() ? "" : hits[0].title.c_str());
    }

    void statesAreWords()
    {
        const std::string change = m_workspace->addChange("refunds", "cards", ChangeState::RollingOut);
        const auto hits = find(change);
        QCOMPARE(hits.size(), std::size_t(1));
        QCOMPARE(hits[0].detail, std::string("refunds, rolling out"));
    }

    void aListOfHitsIsBounded()
    {
        for (int i = 0; i < 30; ++i)
            m_workspace->addDefinition("tool", "bulk." + std::to_string(i), "Bulk", "cards", m_person, Json::object());
        QCOMPARE(find("bulk").size(), std::size_t(20));
    }
};

QTEST_GUILESS_MAIN(FindTest)
#include "find_test.moc"
