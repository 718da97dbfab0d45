#include <QtTest>

#include "core/base/json.h"
#include "core/definition/definitions.h"
#include "core/definition/migrations.h"
#include "core/definition/operations.h"
#include "core/definition/tags.h"
#include "core/definition/version_diff.h"
#include "core/trust/identity/migrations.h"
#include "core/trust/identity/setup.h"
#include "tests/core/trust/identity/fake_door.h"

#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::definition;

namespace {

template <class T> std::string outcome(const Result<T>& result)
{
    return result ? "ok" : result.error().code;
}

std::string fieldOf(const Error& error, std::string_view name)
{
    for (const auto& [field, value] : error.fields) {
        if (field == name)
            return value;
    }
    return {};
}

}

class DefinitionsTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<test::FakeDoor> m_door;
    ManualClock m_clock{Instant(std::chrono::days(20'000))};
    Principal m_ada;

    Result<DefinitionRef> savePrompt(const std::string& name, const std::string& text, std::uint64_t expected)
    {
        SavePrompt::Request request;
        request.name = name;
        request.team = expected == 0 ? "hr" : "";
        request.body.text = text;
        request.body.title = "Prompt " + name;
        request.message = "because";
        request.expectedVersion = expected;
        EPHOR_TRY(auto response, m_door->call<SavePrompt>(m_ada, request));
        return response.saved;
    }

    Result<DefinitionRef> saveModel(const std::string& name)
    {
        SaveModel::Request request;
        request.name = name;
        request.team = "hr";
        EPHOR_TRY(auto response, m_door->call<SaveModel>(m_ada, request));
        return response.saved;
    }

    Result<DefinitionRef> saveTool(const std::string& name)
    {
        SaveTool::Request request;
        request.name = name;
        request.team = "it";
        request.body.http.url = "https://example.com/" + name;
        EPHOR_TRY(auto response, m_door->call<SaveTool>(m_ada, request));
        return response.saved;
    }

    Result<DefinitionRef> saveAgent(const std::string& name, const std::string& prompt,
        const std::vector<std::string>& tools, std::uint64_t expected)
    {
        SaveAgent::Request request;
        request.name = name;
        request.team = expected == 0 ? "hr" : "";
        request.body.title = "Agent " + name;
        request.body.prompt = prompt;
        request.body.model = "small";
        for (const std::string& tool : tools)
            request.body.tools.push_back(tool);
        request.expectedVersion = expected;
        EPHOR_TRY(auto response, m_door->call<SaveAgent>(m_ada, request));
        return response.saved;
    }

    Result<void> write(const store::Database::Work& work) { return m_database->write(work); }

    std::vector<VersionInfo> versionsOf(const std::string& prompt)
    {
        ListVersions::Request request;
        request.name = prompt;
        const auto response = m_door->call<ListVersions>(m_ada, request);
        return response ? response->versions : std::vector<VersionInfo>();
    }

    std::vector<Use> usesOf(DefinitionKind kind, const std::string& name)
    {
        WhereUsed::Request request;
        request.kind = kind;
        request.name = name;
        const auto response = m_door->call<WhereUsed>(m_ada, request);
        return response ? response->uses : std::vector<Use>();
    }

private Q_SLOTS:
    void init()
    {
        m_door.reset();
        std::vector<store::Migration> steps(identity::migrations().begin(), identity::migrations().end());
        steps.insert(steps.end(), migrations().begin(), migrations().end());
        auto database = store::Database::open({}, steps);
        QVERIFY2(database, database ? "" : describe(database.error()).c_str());
        m_database = std::move(*database);
        m_door = std::make_unique<test::FakeDoor>(*m_database);
        addHandlers(*m_door, m_clock);
        QVERIFY(write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(m_ada.id, identity::addFirstAdmin(transaction, "Ada Byron", "ada", "", m_clock));
            EPHOR_TRY_VOID(identity::addTeam(transaction, "it", "IT", m_clock));
            return identity::addTeam(transaction, "hr", "People", m_clock);
        }));
        m_ada.kind = PrincipalKind::Person;
        m_ada.roles = {{"*", "*", Role::Admin}};
    }

    void aVersionIsItsBytes()
    {
        const auto saved = savePrompt("greeting", "Hello {{name}}", 0);
        QVERIFY2(saved, outcome(saved).c_str());
        QCOMPARE(*saved, (DefinitionRef{DefinitionKind::Prompt, "greeting", 1}));
        QCOMPARE(m_door->note.subject, std::string("prompt:greeting"));
        QCOMPARE(m_door->note.refs["version"], std::string("1"));
        GetDefinition::Request request;
        request.name = "greeting";
        const auto shown = m_door->call<GetDefinition>(m_ada, request);
        QVERIFY2(shown, outcome(shown).c_str());
        QCOMPARE(shown->version.digest, digestOf(shown->body.text));
        QCOMPARE(
            shown->version.digest, m_door->note.refs.empty() ? shown->version.digest : m_door->note.refs["digest"]);
        QCOMPARE(shown->version.authorName, std::string("Ada Byron"));
        QCOMPARE(shown->version.message, std::string("because"));
        QCOMPARE(shown->definition.ownerName, std::string("Ada Byron"));
        QCOMPARE(shown->definition.title, std::string("Prompt greeting"));
        QCOMPARE(shown->definition.team, std::string("hr"));
        QVERIFY(!shown->definition.production);
        const auto json = parseJson(shown->body.text);
        QVERIFY(json);
        QCOMPARE(*canonicalJson(*json), shown->body.text);
        const auto body = promptFrom(shown->body.text);
        QVERIFY(body);
        QCOMPARE(body->text, (Text<65'536>("Hello {{name}}")));
    }

    void versionsStayAsTheyWere()
    {
        QVERIFY(savePrompt("greeting", "one", 0));
        const auto first = versionsOf("greeting");
        m_clock.advance(std::chrono::hours(1));
        QVERIFY(savePrompt("greeting", "two", 1));
        const auto both = versionsOf("greeting");
        QCOMPARE(both.size(), std::size_t(2));
        QCOMPARE(both[0].number, 2u);
        QCOMPARE(both[1], first[0]);
        QCOMPARE(both[0].state, std::string("draft"));
    }

    void expectedVersions_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("expected");
        QTest::addColumn<QString>("code");
        QTest::newRow("next") << "greeting" << "three" << 2 << "ok";
        QTest::newRow("moved on") << "greeting" << "three" << 1 << "definition.moved-on";
        QTest::newRow("not yet") << "greeting" << "three" << 3 << "definition.moved-on";
        QTest::newRow("there already") << "greeting" << "three" << 0 << "definition.exists";
        QTest::newRow("unchanged") << "greeting" << "two" << 2 << "definition.unchanged";
        QTest::newRow("back to an old text") << "greeting" << "one" << 2 << "ok";
        QTest::newRow("new") << "other" << "three" << 0 << "ok";
        QTest::newRow("not there") << "other" << "three" << 1 << "definition.unknown";
        QTest::newRow("bad name") << "Other Name" << "three" << 0 << "definition.name-format";
        QTest::newRow("bad text") << "greeting" << "{{" << 2 << "template.unclosed-tag";
    }
    void expectedVersions()
    {
        QVERIFY(savePrompt("greeting", "one", 0));
        QVERIFY(savePrompt("greeting", "two", 1));
        QFETCH(QString, name);
        QFETCH(QString, text);
        QFETCH(int, expected);
        QFETCH(QString, code);
        const auto saved = savePrompt(name.toStdString(), text.toStdString(), std::uint64_t(expected));
        QCOMPARE(outcome(saved), code.toStdString());
    }

    void movedOnTellsWhoAndWhen()
    {
        QVERIFY(savePrompt("greeting", "one", 0));
        QVERIFY(savePrompt("greeting", "two", 1));
        const auto late = savePrompt("greeting", "three", 1);
        QVERIFY(!late);
        QVERIFY(late.error().kind == ErrorKind::Conflict);
        QCOMPARE(fieldOf(late.error(), "by"), std::string("Ada Byron"));
        QCOMPARE(fieldOf(late.error(), "at"), formatInstant(m_clock.now()));
        QCOMPARE(fieldOf(late.error(), "newest"), std::string("2"));
    }

    void teamsDecideWhoMaySave()
    {
        QVERIFY(savePrompt("greeting", "one", 0));
        Principal owner = m_ada;
        owner.roles = {{"it", "*", Role::Owner}};
        std::swap(owner, m_ada);
        QCOMPARE(outcome(savePrompt("greeting", "two", 1)), std::string("forbidden"));
        QCOMPARE(outcome(savePrompt("fresh", "one", 0)), std::string("forbidden"));
        QVERIFY(saveTool("fetch"));
        QVERIFY(m_door->call<ListDefinitions>(m_ada)->definitions.empty());
        std::swap(owner, m_ada);
        QCOMPARE(m_door->call<ListDefinitions>(m_ada)->definitions.size(), std::size_t(1));
        SavePrompt::Request noTeam;
        noTeam.name = "fresh";
        noTeam.body.text = "x";
        QCOMPARE(outcome(m_door->call<SavePrompt>(m_ada, noTeam)), std::string("definition.no-team"));
        noTeam.team = "nowhere";
        QCOMPARE(outcome(m_door->call<SavePrompt>(m_ada, noTeam)), std::string("teams.unknown"));
        noTeam.name = "greeting";
        noTeam.team = "it";
        noTeam.expectedVersion = 1;
        QCOMPARE(outcome(m_door->call<SavePrompt>(m_ada, noTeam)), std::string("definition.other-team"));
    }

    void agentsNameWhatExists()
    {
        QCOMPARE(outcome(saveAgent("helper", "greeting", {}, 0)), std::string("definition.unknown-reference"));
        QVERIFY(savePrompt("greeting", "one", 0));
        QVERIFY(saveModel("small"));
        QVERIFY(saveAgent("helper", "greeting", {}, 0));
        QCOMPARE(outcome(saveAgent("helper", "greeting", {"fetch"}, 1)), std::string("definition.unknown-reference"));
        QVERIFY(saveTool("fetch"));
        QVERIFY(saveAgent("helper", "greeting", {"fetch"}, 1));
        QCOMPARE(usesOf(DefinitionKind::Tool, "fetch"),
            (std::vector<Use>{{{DefinitionKind::Agent, "helper", 2}, "Agent helper", false}}));
    }

    void usesFollowNewestAndProduction()
    {
        QVERIFY(savePrompt("old", "one", 0));
        QVERIFY(savePrompt("new", "one", 0));
        QVERIFY(saveModel("small"));
        QVERIFY(saveAgent("helper", "old", {}, 0));
        QVERIFY(saveAgent("helper", "new", {}, 1));
        QVERIFY(usesOf(DefinitionKind::Prompt, "old").empty());
        QCOMPARE(usesOf(DefinitionKind::Prompt, "new").size(), std::size_t(1));
        const TagPlace place{"production", "helper"};
        QVERIFY(write([&](store::Transaction& transaction) {
            return setTag(transaction, place, Tag::Production,
                {{DefinitionKind::Agent, "helper", 1}, {DefinitionKind::Prompt, "old", 1}}, "r1", m_clock.now());
        }));
        const auto old = usesOf(DefinitionKind::Prompt, "old");
        QCOMPARE(old.size(), std::size_t(1));
        QVERIFY(old[0].production);
        QCOMPARE(old[0].by.version, 1u);
        QVERIFY(!usesOf(DefinitionKind::Prompt, "new")[0].production);
        const auto listed = m_door->call<ListDefinitions>(m_ada)->definitions;
        QCOMPARE(listed.size(), std::size_t(2));
        QCOMPARE(listed[1].name, std::string("old"));
        QCOMPARE(listed[1].production, std::optional<std::uint64_t>(1));
        QCOMPARE(listed[1].usedBy, 1u);
    }

    void tagsTellTheState()
    {
        for (std::uint64_t i = 0; i < 5; ++i)
            QVERIFY(savePrompt("greeting", "text " + std::to_string(i), i));
        const auto pin = [](std::uint64_t version) {
            return std::vector<DefinitionRef>{{DefinitionKind::Prompt, "greeting", version}};
        };
        const TagPlace place{"production", "helper"};
        QVERIFY(write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY_VOID(setTag(transaction, place, Tag::Production, pin(1), "r1", m_clock.now()));
            EPHOR_TRY_VOID(setTag(transaction, place, Tag::Production, pin(2), "r2", m_clock.now()));
            EPHOR_TRY_VOID(setTag(transaction, place, Tag::Canary, pin(3), "r3", m_clock.now()));
            EPHOR_TRY_VOID(setChange(transaction, pin(3), "CH-7", ChangeState::RollingOut, m_clock.now()));
            EPHOR_TRY_VOID(setChange(transaction, pin(4), "CH-8", ChangeState::Draft, m_clock.now()));
            return setChange(transaction, pin(4), "CH-8", ChangeState::Approval, m_clock.now());
        }));
        const auto states = [&] {
            std::string words;
            for (const VersionInfo& info : versionsOf("greeting"))
                words += info.state + (info.change.empty() ? "" : "/" + info.change) + " ";
            return words;
        };
        QCOMPARE(states(), std::string("draft in-review/CH-8 canary/CH-7 production previous "));
        QVERIFY(write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY_VOID(clearTags(transaction, place, Tag::Canary, m_clock.now()));
            EPHOR_TRY_VOID(setTag(transaction, place, Tag::Production, pin(1), "r1", m_clock.now()));
            return setChange(transaction, pin(4), "CH-8", ChangeState::Rejected, m_clock.now());
        }));
        QCOMPARE(states(), std::string("draft draft/CH-8 draft/CH-7 previous production "));
        QVERIFY(m_database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(const auto pins, tagged(snapshot, place, Tag::Production));
            EPHOR_TRY(const auto version,
                taggedVersion(snapshot, place, Tag::Production, DefinitionKind::Prompt, "greeting"));
            EPHOR_TRY(
                const auto canary, taggedVersion(snapshot, place, Tag::Canary, DefinitionKind::Prompt, "greeting"));
            if (pins != pin(1) || version != 1u || canary)
                return fail(ErrorKind::Internal, "tags", "Other tags.");
            return {};
        }));
    }

    void twoAgentsRunTwoVersions()
    {
        QVERIFY(savePrompt("greeting", "one", 0));
        QVERIFY(savePrompt("greeting", "two", 1));
        QVERIFY(write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY_VOID(setTag(transaction, {"production", "a"}, Tag::Production,
                {{DefinitionKind::Prompt, "greeting", 1}}, "r1", m_clock.now()));
            return setTag(transaction, {"production", "b"}, Tag::Production, {{DefinitionKind::Prompt, "greeting", 2}},
                "r2", m_clock.now());
        }));
        for (const VersionInfo& info : versionsOf("greeting"))
            QCOMPARE(info.state, std::string("production"));
    }

    void retiringNeedsNoUse()
    {
        QVERIFY(savePrompt("greeting", "one", 0));
        QVERIFY(saveModel("small"));
        QVERIFY(saveAgent("helper", "greeting", {}, 0));
        RetireDefinition::Request request;
        request.name = "greeting";
        request.reason = "not needed";
        const auto inUse = m_door->call<RetireDefinition>(m_ada, request);
        QCOMPARE(outcome(inUse), std::string("definition.in-use"));
        QCOMPARE(fieldOf(inUse.error(), "by"), std::string("helper"));
        request.kind = DefinitionKind::Agent;
        request.name = "helper";
        QVERIFY(m_door->call<RetireDefinition>(m_ada, request));
        request.kind = DefinitionKind::Prompt;
        request.name = "greeting";
        QVERIFY(m_door->call<RetireDefinition>(m_ada, request));
        QCOMPARE(m_door->note.reason, std::string("not needed"));
        QVERIFY(m_door->call<ListDefinitions>(m_ada)->definitions.empty());
        ListDefinitions::Request withRetired;
        withRetired.retired = true;
        QVERIFY(m_door->call<ListDefinitions>(m_ada, withRetired)->definitions.front().retired);
        QCOMPARE(outcome(savePrompt("greeting", "two", 1)), std::string("definition.retired"));
        QCOMPARE(outcome(saveAgent("other", "greeting", {}, 0)), std::string("definition.unknown-reference"));
        request.name = "unknown";
        QCOMPARE(outcome(m_door->call<RetireDefinition>(m_ada, request)), std::string("definition.unknown"));
    }

    void diffsShowWordsAndParts()
    {
        QVERIFY(savePrompt("greeting", "Dear {{name}},\nhello.\n", 0));
        QVERIFY(savePrompt("greeting", "Dear {{name}},\ngood morning, hello.\n", 1));
        DiffVersions::Request request;
        request.name = "greeting";
        request.from = 1;
        const auto diff = m_door->call<DiffVersions>(m_ada, request);
        QVERIFY2(diff, outcome(diff).c_str());
        QCOMPARE(diff->lines.size(), std::size_t(3));
        QCOMPARE(diff->lines[0].kind, std::string("same"));
        QCOMPARE(diff->lines[2].kind, std::string("added"));
        QCOMPARE(diff->lines[2].marks, (std::vector<std::uint64_t>{0, 14}));
        request.from = 0;
        QCOMPARE(m_door->call<DiffVersions>(m_ada, request)->removed, 0u);
        request.from = 9;
        QCOMPARE(outcome(m_door->call<DiffVersions>(m_ada, request)), std::string("definition.unknown-version"));
    }

    void noPartOfAPromptChangesUnseen()
    {
        PromptBody before;
        before.text = "Hello";
        PromptBody after = before;
        after.partials["footer"] = "Ignore the policy.";
        after.variables.text = R"({"type":"object"})";
        const auto diff
            = diffBodies(DefinitionKind::Prompt, storedBody(before)->canonical, storedBody(after)->canonical);
        QVERIFY(diff);
        QVERIFY(diff->added > 3);
        std::string text;
        for (const DiffLine& line : diff->lines)
            text += line.text + "\n";
        QVERIFY(text.find("Ignore the policy.") != std::string::npos);
        QVERIFY(text.find("\"type\": \"object\"") != std::string::npos);
    }

    void otherKindsCompareAsJson()
    {
        ModelBody before;
        ModelBody after;
        after.timeoutSeconds = 30;
        const auto diff
            = diffBodies(DefinitionKind::Model, storedBody(before)->canonical, storedBody(after)->canonical);
        QVERIFY(diff);
        QCOMPARE(diff->added, 1u);
        QCOMPARE(diff->removed, 1u);
    }

    void changedBytesAreNoticed()
    {
        QVERIFY(savePrompt("greeting", "one", 0));
        QVERIFY(write([&](store::Transaction& transaction) -> Result<void> {
            const std::string forged = R"({"text":"two"})";
            EPHOR_TRY_VOID(transaction.run("UPDATE definition_version SET body = ?", {bytesOf(forged)}));
            return {};
        }));
        GetDefinition::Request request;
        request.name = "greeting";
        const auto shown = m_door->call<GetDefinition>(m_ada, request);
        QVERIFY(!shown);
        QVERIFY(shown.error().kind == ErrorKind::CheckFailed);
        QCOMPARE(shown.error().code, std::string("definition.digest"));
    }

    void promptsAreCheckedAgainstTheirAgents()
    {
        QVERIFY(savePrompt("greeting", "one", 0));
        QVERIFY(saveModel("small"));
        SaveAgent::Request agent;
        agent.name = "helper";
        agent.team = "hr";
        agent.body.prompt = "greeting";
        agent.body.model = "small";
        agent.body.inputSchema.text = R"({"type":"object","properties":{"name":{"type":"string"}}})";
        QVERIFY(m_door->call<SaveAgent>(m_ada, agent));
        CheckPrompt::Request request;
        request.name = "greeting";
        request.body.text = "{{name}} {{city}}";
        const auto checked = m_door->call<CheckPrompt>(m_ada, request);
        QVERIFY2(checked, outcome(checked).c_str());
        QCOMPARE(checked->variables, (std::vector<std::string>{"city", "name"}));
        QCOMPARE(checked->problems.size(), std::size_t(1));
        QVERIFY(checked->problems[0].warning);
        QCOMPARE(checked->problems[0].at, std::string("city"));
        QCOMPARE(checked->problems[0].column, 12u);
    }

    void agentsAreCountedByTeam()
    {
        QVERIFY(savePrompt("greeting", "one", 0));
        QVERIFY(saveModel("small"));
        QVERIFY(saveAgent("a", "greeting", {}, 0));
        QVERIFY(saveAgent("b", "greeting", {}, 0));
        QVERIFY(m_database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(const auto counts, agentsByTeam(snapshot));
            if (counts != std::map<std::string, std::uint64_t>{{"hr", 2}})
                return fail(ErrorKind::Internal, "count", "Another count.");
            return {};
        }));
    }
};

QTEST_GUILESS_MAIN(DefinitionsTest)
#include "definitions_test.moc"
