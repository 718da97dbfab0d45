#include "tests/contract/errand.h"

#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/people.h"
#include "core/api/policies.h"
#include "core/domain/reflect.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::contract_tests;

namespace {

const std::string freeze = "@explain(\"Nothing changes over the holidays.\") "
                           "forbid (principal, action in Ephor::Action::\"edit-definitions\", resource);";

template <class T> T take(Result<T> result)
{
    if (!result)
        qFatal("%s: %s", result.error().code.c_str(), result.error().message.c_str());
    return std::move(*result);
}

template <class T> std::string codeOf(const Result<T>& answer)
{
    return answer ? std::string() : answer.error().code;
}

Result<ForbidByRule::Response> forbid(
    Desk& desk, const std::string& name, const std::string& text, RuleMode mode = RuleMode::Enforce)
{
    ForbidByRule::Request request;
    request.name = name;
    request.text = text;
    request.mode = mode;
    request.reason = "the holidays";
    return desk.backend().call<ForbidByRule>(request, desk.officer());
}

Result<SavePrompt::Response> edit(Desk& desk)
{
    SavePrompt::Request prompt;
    prompt.name = "greeting";
    prompt.team = "desk";
    prompt.body.text = "Hello";
    return desk.backend().call<SavePrompt>(prompt, desk.admin());
}

AccessLine accessTo(Desk& desk, const std::string& operation)
{
    ExplainAccess::Request request;
    request.operation = operation;
    const auto answer = take(desk.backend().call<ExplainAccess>(request, desk.admin()));
    return answer.lines.size() == 1 ? answer.lines.front() : AccessLine{};
}

std::vector<RecordRow> entriesOf(Desk& desk, const std::string& operation, const std::string& outcome)
{
    QueryRecord::Request asked;
    asked.filter.operation = operation;
    asked.filter.outcome = outcome;
    return take(desk.backend().call<QueryRecord>(asked, desk.officer())).rows;
}

void addWays()
{
    QTest::addColumn<int>("way");
    QTest::newRow("local") << int(Way::Local);
    QTest::newRow("http") << int(Way::Http);
}

}

/// Rules of the house over what people and keys do with Ephor itself, through every door.
class OperationRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFreezeBindsAtOnceAndIsTakenBackByTwo_data() { addWays(); }
    void aFreezeBindsAtOnceAndIsTakenBackByTwo();
    void observingIsRecordedWithWhatWasDone();
    void keysAreBoundToo_data() { addWays(); }
    void keysAreBoundToo();
    void accessIsExplained_data() { addWays(); }
    void accessIsExplained();
    void agentsPoliciesAreNotOverOperations();
    void aHouseRuleIsCheckedAgainstTheOperationsThereAre();
};

void OperationRulesTest::aFreezeBindsAtOnceAndIsTakenBackByTwo()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    const std::size_t before = entriesOf(desk, "prompts.save", "done").size();
    take(forbid(desk, "freeze", freeze));
    const auto refused = edit(desk);
    QCOMPARE(codeOf(refused), std::string("identity.forbidden-by-rule"));
    QVERIFY(refused.error().message.find("Nothing changes over the holidays.") != std::string::npos);
    const auto denied = entriesOf(desk, "prompts.save", "denied");
    QCOMPARE(denied.size(), std::size_t(1));
    const auto entry = take(desk.backend().call<GetEntry>({denied.front().index, {}}, desk.officer()));
    QVERIFY2(entry.body.text.find("house:freeze/0") != std::string::npos, entry.body.text.c_str());

    const auto rules = take(desk.backend().call<ListRules>({}, desk.admin())).rules;
    const auto listed = std::ranges::find(rules, std::string("house:freeze/0"), &RuleInfo::id);
    QVERIFY(listed != rules.end());
    QCOMPARE(listed->over, std::string("operations"));
    QCOMPARE(listed->origin, std::string("house"));
    QVERIFY(std::ranges::find(rules, std::string("role:admin"), &RuleInfo::id) != rules.end());

    take(desk.backend().call<ProposeRetirement>({"freeze", "the holidays are over"}, desk.admin()));
    take(desk.backend().call<DecideRetirement>({"freeze", true, "they are"}, desk.officer()));
    QVERIFY(edit(desk));
    const auto done = entriesOf(desk, "prompts.save", "done");
    QCOMPARE(done.size(), before + 1);
    const auto kept = take(desk.backend().call<GetEntry>({done.front().index, {}}, desk.officer()));
    QVERIFY2(kept.body.text.find("role:admin") != std::string::npos, kept.body.text.c_str());
    QVERIFY(desk.backend().call<VerifyRecord>({}, desk.officer()));
}

void OperationRulesTest::observingIsRecordedWithWhatWasDone()
{
    Desk desk{Way::Local};
    take(forbid(desk, "freeze", freeze, RuleMode::Observe));
    QVERIFY(edit(desk));
    const auto done = entriesOf(desk, "prompts.save", "done");
    const auto kept = take(desk.backend().call<GetEntry>({done.front().index, {}}, desk.officer()));
    QVERIFY2(kept.body.text.find("\"observed\":[\"house:freeze/0\"]") != std::string::npos, kept.body.text.c_str());
    take(forbid(desk, "freeze", freeze));
    QCOMPARE(codeOf(edit(desk)), std::string("identity.forbidden-by-rule"));
}

void OperationRulesTest::keysAreBoundToo()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    {
        Errand before(desk, "Please look", "wanda");
        QVERIFY(before.heard(RunEventKind::Finished));
    }
    take(forbid(desk, "closed",
        "forbid (principal is Service, action == Ephor::Action::\"runs.start\", resource == Team::\"desk\");"));
    StartRun::Request request;
    request.agent = "clerk";
    request.messages = documentOf(Json::array({Json{{"role", "user"}, {"content", "Please look"}}}));
    const auto refused = desk.backend().start(request, desk.key(), [](const RunEvent&) { });
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("identity.forbidden-by-rule"));
}

void OperationRulesTest::accessIsExplained()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    const AccessLine may = accessTo(desk, "prompts.save");
    QVERIFY(may.permitted);
    QCOMPARE(may.rule, std::string("role:admin"));
    QVERIFY(!may.why.text.empty());
    const AccessLine mayNot = accessTo(desk, "changes.approve");
    QVERIFY(!mayNot.permitted);
    QVERIFY(mayNot.rule.empty());
    QVERIFY2(mayNot.reason.find("being admin") != std::string::npos, mayNot.reason.c_str());
    QVERIFY2(mayNot.why.text.find("role:officer") != std::string::npos, mayNot.why.text.c_str());

    const auto all = take(desk.backend().call<ExplainAccess>({}, desk.officer()));
    QCOMPARE(all.lines.size(), typeOf<Permission>().words.size() - 1);
    for (const AccessLine& line : all.lines)
        QVERIFY(line.operation.empty() && line.permitted == !line.rule.empty());

    ExplainAccess::Request aboutKey;
    const auto keys = take(desk.backend().call<ListKeys>({}, desk.admin())).keys;
    QVERIFY(!keys.empty());
    aboutKey.principal = keys.front().id;
    aboutKey.operation = "runs.open";
    const auto key = take(desk.backend().call<ExplainAccess>(aboutKey, desk.admin()));
    QVERIFY(!key.lines.front().permitted);

    ExplainAccess::Request unknown;
    unknown.operation = "prompts.safe";
    QCOMPARE(codeOf(desk.backend().call<ExplainAccess>(unknown, desk.admin())), std::string("operation.unknown"));

    take(forbid(desk, "freeze", freeze));
    const AccessLine frozen = accessTo(desk, "prompts.save");
    QVERIFY(!frozen.permitted);
    QCOMPARE(frozen.rule, std::string("house:freeze/0"));
    QVERIFY2(frozen.reason.find("Nothing changes") != std::string::npos, frozen.reason.c_str());
}

void OperationRulesTest::agentsPoliciesAreNotOverOperations()
{
    Desk desk{Way::Local};
    SavePolicy::Request policy;
    policy.name = "freeze";
    policy.team = "desk";
    policy.body.title = "Freeze";
    policy.body.text = freeze;
    QCOMPARE(codeOf(desk.backend().call<SavePolicy>(policy, desk.admin())), std::string("policy.operation-rule"));
}

void OperationRulesTest::aHouseRuleIsCheckedAgainstTheOperationsThereAre()
{
    Desk desk{Way::Local};
    CheckPolicy::Request check;
    check.name = "freeze";
    check.home = RuleHome::House;
    check.body.text = freeze;
    const auto good = take(desk.backend().call<CheckPolicy>(check, desk.admin()));
    QVERIFY(good.problems.empty());
    QCOMPARE(good.rules.size(), std::size_t(1));
    QCOMPARE(good.rules.front().over, std::string("operations"));
    check.body.text = "forbid (principal, action == Ephor::Action::\"prompts.safe\", resource);";
    const auto bad = take(desk.backend().call<CheckPolicy>(check, desk.admin()));
    QVERIFY(std::ranges::any_of(bad.problems, [](const Problem& each) { return !each.warning && each.line == 1; }));

    CompletePolicy::Request complete;
    complete.home = RuleHome::House;
    complete.text = "forbid (principal, action == Ephor::Action::\"prompts.s";
    complete.offset = complete.text.size();
    const auto offered = take(desk.backend().call<CompletePolicy>(complete, desk.admin())).completions;
    QVERIFY(std::ranges::any_of(
        offered, [](const PolicyCompletion& each) { return each.text.find("prompts.save") != std::string::npos; }));
}

QTEST_GUILESS_MAIN(OperationRulesTest)
#include "operation_rules_test.moc"
