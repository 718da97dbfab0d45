#include "tests/ui/screens/settings/settings_data.h"

#include "ui/bridge/definition_words.h"
#include "ui/kit/cells_model.h"
#include "ui/screens/settings/access_dialog.h"
#include "ui/screens/settings/people_rows.h"
#include "ui/screens/settings/provider_row.h"
#include "ui/screens/settings/settings_index.h"

#include <QSet>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::settings;
using namespace ephor::ui::test;

class SettingsWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void grantsReadAsPlaces()
    {
        QCOMPARE(grantWords(grantOf(Role::Officer)), QStringLiteral("Governance officer everywhere"));
        QCOMPARE(grantWords(grantOf(Role::Owner, "retail")), QStringLiteral("Agent owner in retail"));
        QCOMPARE(grantWords(grantOf(Role::Viewer, "*", "test")), QStringLiteral("Viewer in test"));
        QCOMPARE(
            grantWords(grantOf(Role::Viewer, "cards", "production")), QStringLiteral("Viewer in cards, production"));
        const TeamNames teams({{QStringLiteral("retail"), QStringLiteral("Retail banking")}});
        QCOMPARE(grantWords(grantOf(Role::Owner, "retail"), teams), QStringLiteral("Agent owner in Retail banking"));
        QCOMPARE(grantsWords({}), QStringLiteral("No role"));
        QCOMPARE(grantsWords({grantOf(Role::Admin), grantOf(Role::Admin)}), QStringLiteral("Administrator everywhere"));
        QCOMPARE(grantsWords({grantOf(Role::Officer, "care"), grantOf(Role::Viewer), grantOf(Role::Officer, "legal")}),
            QStringLiteral("Governance officer in care and legal · Viewer everywhere"));
    }

    void accessSaysWhichRoleOrRuleDecides()
    {
        AccessLine line;
        line.permission = Permission::OperateRollouts;
        line.permitted = true;
        line.rule = "role:officer";
        line.roles = {grantOf(Role::Officer)};
        QCOMPARE(accessRow(line, {}).cells[0].text, QStringLiteral("Operate rollouts"));
        QCOMPARE(accessRow(line, {}).cells[1].text, QStringLiteral("May"));
        QCOMPARE(accessRow(line, {}).cells[2].text, QStringLiteral("Governance officer everywhere"));
        line.permitted = false;
        line.rule = "house:freeze/0";
        QCOMPARE(accessRow(line, {}).cells[1].text, QStringLiteral("May not"));
        QCOMPARE(accessRow(line, {}).cells[2].text, QStringLiteral("Forbidden by house:freeze/0"));
        line.rule.clear();
        QCOMPARE(accessRow(line, {}).cells[2].text, QStringLiteral("Nothing gives it"));
    }

    void neverSeenIsSaid()
    {
        const std::vector<Person> people = bankPeople();
        QCOMPARE(personRow(people[3], fixedNow()).cells[3].text, QStringLiteral("never"));
        QCOMPARE(personRow(people[0], fixedNow()).cells[3].text, QStringLiteral("12 m ago"));
        QCOMPARE(personRow(people[5], fixedNow()).cells[4].text, QStringLiteral("Inactive"));
    }

    void peopleAreFoundByEveryWord()
    {
        const Person priya = bankPeople()[2];
        QVERIFY(personFits(priya, QStringLiteral("officer cards")));
        QVERIFY(personFits(priya, QStringLiteral("PRIYA")));
        QVERIFY(!personFits(priya, QStringLiteral("officer retail")));
    }

    void keysSayHowLongTheyHold()
    {
        const std::vector<ServiceKey> keys = bankKeys();
        QCOMPARE(keyStateOf(keys[0], fixedNow()).state, State::denied);
        QVERIFY(!keyStateOf(keys[0], fixedNow()).isInForce);
        QCOMPARE(keyStateOf(keys[1], fixedNow()).state, State::ok);
        QCOMPARE(keyStateOf(keys[2], fixedNow()).state, State::warning);
        QVERIFY(keyStateOf(keys[2], fixedNow()).isInForce);
        QVERIFY(!keyStateOf(keys[1], fixedNow().addDays(61)).isInForce);
        QCOMPARE(keyRow(keys[2], fixedNow()).cells[5].text, QStringLiteral("never"));
    }

    void keysAreNeverOfferedWhatIsForPeople()
    {
        const auto offered
            = permissionsForKeys({Permission::View, Permission::ApproveChanges, Permission::DecideActions,
                Permission::ManagePeople, Permission::ManageKeys, Permission::OpenSealed, Permission::InvokeAgents});
        QCOMPARE(offered, (std::vector{Permission::View, Permission::InvokeAgents}));
    }

    void errorsFindTheirField()
    {
        const auto field = [](const char* code) { return personFieldOf(Error(ErrorKind::Invalid, code, "x")); };
        QCOMPARE(field("identity.own-roles"), PersonField::roles);
        QCOMPARE(field("identity.last-admin"), PersonField::roles);
        QCOMPARE(field("people.login-taken"), PersonField::login);
        QCOMPARE(field("people.weak-password"), PersonField::password);
        QCOMPARE(field("store.full"), PersonField::none);
    }

    void settingsAreFoundByWhatPeopleCallThem()
    {
        const auto first = [](const char* typed) {
            const auto found = foundSettings(QLatin1String(typed));
            return found.empty() ? QString() : found.front().title;
        };
        QCOMPARE(first("dark"), QStringLiteral("Theme"));
        QCOMPARE(first("font larger"), QStringLiteral("Type size"));
        QCOMPARE(first("api token"), QStringLiteral("Create a service key"));
        QCOMPARE(first("ollama"), QStringLiteral("Test a model"));
        QCOMPARE(first("password"), QStringLiteral("Reset a person's password"));
        QVERIFY(foundSettings(QStringLiteral("  ")).empty());
        QVERIFY(foundSettings(QStringLiteral("zebra")).empty());
    }

    void everySettingHasItsPage()
    {
        QSet<QString> pages;
        for (const PageEntry& page : pageEntries())
            pages << page.key;
        QCOMPARE(pages.size(), static_cast<int>(pageEntries().size()));
        for (const SettingEntry& entry : settingEntries())
            QVERIFY2(pages.contains(entry.page), qPrintable(entry.title));
    }

    void providersAreDescribed()
    {
        const auto gpt = modelBody(bankModel("gpt").body);
        QVERIFY2(gpt.has_value(), gpt ? "" : gpt.error().message.c_str());
        QCOMPARE(providerWords(*gpt),
            QStringLiteral("OpenAI-compatible · https://api.example.com/v1 · gpt-5 · secret:openai"));
        const auto simulated = modelBody(bankModel("large").body);
        QVERIFY(simulated.has_value());
        QVERIFY(providerWords(*simulated).contains(QStringLiteral("nothing leaves")));
    }

    void testsTellUnknownAsUnknown()
    {
        TestModel::Response answer;
        answer.ok = true;
        answer.latencyMicros = 842'000;
        QVERIFY(testWords(answer).contains(QStringLiteral("842")));
        QVERIFY(testWords(answer).contains(QStringLiteral("— tokens")));
        answer.ok = false;
        answer.problem = "The address does not answer.";
        QCOMPARE(testWords(answer), QStringLiteral("The address does not answer."));
    }
};

QTEST_GUILESS_MAIN(SettingsWordsTest)
#include "settings_words_test.moc"
