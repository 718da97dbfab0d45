#include "core/run/runtime/tries.h"

#include "core/domain/reflect.h"
#include "tests/core/run/runtime/protected_house.h"
#include "tests/core/trust/identity/fake_door.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <set>

using namespace ephor;
using namespace ephor::runtime;
using namespace ephor::runtime::testing;

/// Trying a prompt's text: what the model is sent, and what is refused instead.
class TriesTest : public QObject {
    Q_OBJECT

private:
    static Result<TryPrompt::Response> tryIt(RunHouse& house, TryPrompt::Request request)
    {
        request.agent = "clerk";
        request.message = "Where is my money?";
        const test::FakeCall call(house.caller, Permission::EditDefinitions, true);
        const OperationServices services{
            *house.runtime, *house.routing, *house.database, *house.ledger, house.tightenings, house.clock, {}};
        Note note;
        return tryPrompt(services, call, request, note);
    }

    static std::string field(const Error& error, std::string_view name)
    {
        for (const auto& [key, value] : error.fields) {
            if (key == name)
                return value;
        }
        return {};
    }

private Q_SLOTS:
    void passesWhatTheAgentsTextsPass()
    {
        RunHouse house;
        protectWith(house, bodyWith("CREDIT_CARD", ProtectAction::Redact));
        TryPrompt::Request request;
        request.body.text = "The card is {{number}}.";
        request.variables = documentOf(Json{{"number", card}});
        house.model->call("look", {{"text", "find " + card}});
        house.tools["look"]->answerWith(connector::ToolAnswer{"{\"card\":\"" + card + "\"}", false, Duration(0), "ok"});
        house.model->say("It is " + card);
        const auto answer = tryIt(house, request);
        QVERIFY2(answer.has_value(), answer ? "" : answer.error().message.c_str());
        QCOMPARE(answer->text, std::string("It is [CARD NUMBER]"));
        QVERIFY(house.tools["look"]->lastArguments().find("1111") == std::string::npos);
        for (const provider::ChatRequest& sent : house.model->requests()) {
            for (const provider::ChatMessage& message : sent.messages)
                QVERIFY2(message.content.find("1111") == std::string::npos, message.content.c_str());
        }
    }

    void refusesWhatMayNotPass()
    {
        RunHouse house;
        protectWith(house, bodyWith("CREDIT_CARD", ProtectAction::Deny, {TextSurface::Answer}));
        TryPrompt::Request request;
        request.body.text = "You help.";
        house.model->say("It is " + card);
        const auto answer = tryIt(house, request);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, std::string("try.protected"));
        QVERIFY(describe(answer.error()).find("1111") == std::string::npos);
    }

    void standInsOfATryAreItsOwn()
    {
        RunHouse house;
        protectWith(house, bodyWith("CREDIT_CARD", ProtectAction::Tokenise));
        TryPrompt::Request request;
        request.body.text = "The card is {{number}}.";
        request.variables = documentOf(Json{{"number", card}});
        std::set<std::string> seen;
        for (int attempt = 0; attempt < 2; ++attempt) {
            house.model->say("Fine.");
            QVERIFY(tryIt(house, request));
            seen.insert(house.model->requests().back().messages[0].content);
        }
        QCOMPARE(seen.size(), std::size_t(2));
    }

    void sendsTheTextWithItsValues()
    {
        RunHouse house;
        TryPrompt::Request request;
        request.body.text = "You help {{customer.name}} with {{topic}}.";
        request.variables = documentOf(Json{{"customer", {{"name", "Ada"}}}, {"topic", "refunds"}});
        house.model->say("Gladly.");
        const auto answer = tryIt(house, request);
        QVERIFY2(answer.has_value(), answer ? "" : answer.error().message.c_str());
        QCOMPARE(answer->text, std::string("Gladly."));
        const auto sent = house.model->requests();
        QCOMPARE(sent.size(), std::size_t(1));
        QCOMPARE(sent[0].messages[0].content, std::string("You help Ada with refunds."));
    }

    void takesTheVariablesOfTheRecordedRun()
    {
        RunHouse house;
        house.caller.roles.push_back({"*", "*", Role::Officer}); // may open what runs were told
        Story story;
        house.model->say("Gladly.");
        StartRun::Request recorded;
        recorded.variables = documentOf(Json{{"desk", 7}, {"topic", "refunds"}});
        const auto handle = house.start(story, "Help me", recorded);
        QVERIFY(handle && story.waitFor(RunEventKind::Finished));
        TryPrompt::Request request;
        request.run = (*handle)->id();
        request.body.text = "You help at desk {{desk}} with {{topic}}.";
        // What is typed goes before what was recorded.
        request.variables = documentOf(Json{{"topic", "returns"}});
        house.model->say("Gladly.");
        const auto answer = tryIt(house, request);
        QVERIFY2(answer.has_value(), answer ? "" : answer.error().message.c_str());
        const auto sent = house.model->requests().back().messages;
        QCOMPARE(sent[0].content, std::string("You help at desk 7 with returns."));
        QCOMPARE(sent[1].content, std::string("Help me"));
    }

    void refusesRatherThanSendingTags()
    {
        RunHouse house;
        TryPrompt::Request request;
        request.body.text = "You help {{customer.name}} with {{topic}}, {{topic}}.";
        request.variables = documentOf(Json{{"topic", "refunds"}});
        for (const bool dryRun : {true, false}) {
            request.dryRun = dryRun;
            const auto answer = tryIt(house, request);
            QVERIFY(!answer);
            QCOMPARE(answer.error().code, std::string("try.variables-missing"));
            QCOMPARE(field(answer.error(), "names"), std::string("customer.name"));
        }
        request.variables = {};
        QCOMPARE(field(tryIt(house, request).error(), "names"), std::string("customer.name, topic"));
        QVERIFY(house.model->requests().empty());
    }

    void takesTheDefaultsOfTheTypedSchema()
    {
        RunHouse house;
        TryPrompt::Request request;
        request.body.text = "Answer in {{language}}.";
        request.body.variables = documentOf(
            Json{{"type", "object"}, {"properties", {{"language", {{"type", "string"}, {"default", "English"}}}}}});
        QVERIFY(tryIt(house, request));
        QCOMPARE(house.model->requests()[0].messages[0].content, std::string("Answer in English."));
    }

    void usesThePartialsAsTyped()
    {
        RunHouse house;
        TryPrompt::Request request;
        request.body.text = "Rules: {{> rules}}";
        request.body.partials = {{"rules", "be brief, {{name}}"}};
        request.variables = documentOf(Json{{"name", "Ada"}});
        QVERIFY(tryIt(house, request));
        QCOMPARE(house.model->requests()[0].messages[0].content, std::string("Rules: be brief, Ada"));
    }

    void callsOnlyWhatTheRulesAllowWhoeverTries()
    {
        RunHouse house;
        TryPrompt::Request request;
        request.body.text = "Hello.";
        const auto callsAfter = [&] {
            house.model->call("look", Json::object());
            house.model->call("pay", {{"amount", 1}});
            house.model->say("Done.");
            const auto answer = tryIt(house, request);
            if (!answer)
                qFatal("%s", describe(answer.error()).c_str());
            return house.tools["look"]->calls();
        };
        QCOMPARE(callsAfter(), std::size_t(1));
        QVERIFY(house.database->write([&](store::Transaction& transaction) {
            return house.tightenings.addRule(transaction,
                {"test", "forbid(principal in Role::\"viewer\", action == Action::\"look\", resource);",
                    RuleMode::Enforce, "Officer", "a test", house.clock.now()});
        }));
        QCOMPARE(callsAfter(), std::size_t(2));
        house.caller.roles.push_back({"desk", "*", Role::Viewer});
        QCOMPARE(callsAfter(), std::size_t(2));
        house.caller.roles.pop_back();
        QVERIFY(house.database->write([&](store::Transaction& transaction) {
            return house.tightenings.add(
                transaction, {"clerk", "look", Access::Ask, "Officer", "fraud", house.clock.now()});
        }));
        // Nobody is there to be asked in a try.
        QCOMPARE(callsAfter(), std::size_t(2));
        QCOMPARE(house.tools["pay"]->calls(), std::size_t(0));
    }

    void refusesVariablesThatAreNoObject()
    {
        RunHouse house;
        TryPrompt::Request request;
        request.body.text = "Hello.";
        request.variables = documentOf(Json::array({1}));
        const auto answer = tryIt(house, request);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, std::string("try.variables"));
    }
};

QTEST_GUILESS_MAIN(TriesTest)
#include "tries_test.moc"
