#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/grants.h"
#include "core/domain/reflect.h"
#include "tests/contract/desk.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::contract_tests;

/// A write with an idempotency key happens once, however often it is sent: the acts on changes and rollouts, which a
/// script repeats when it did not hear the answer.
class RecordedOnceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRepeatedActIsAnsweredAndNotRepeated_data();
    void aRepeatedActIsAnsweredAndNotRepeated();
    void aKeyBelongsToOneRequest();
    void aRefusalIsNotKept();
    void onlyAKnownToolIsTightened();

private:
    // The answer of both times; whatever is wrong ends the test through `m_wrong`.
    template <class Op>
    typename Op::Response twice(Desk& desk, const typename Op::Request& request, CallContext context);
    QString m_wrong;
};

template <class Op>
typename Op::Response RecordedOnceTest::twice(Desk& desk, const typename Op::Request& request, CallContext context)
{
    const std::string name(Op::operation.name);
    context.idempotencyKey = "once-" + name;
    const auto first = desk.backend().call<Op>(request, context);
    if (!first) {
        m_wrong += QString::fromStdString(name + ": " + describe(first.error()) + "\n");
        return {};
    }
    const auto before = desk.backend().call<RecordState>({}, context);
    const auto second = desk.backend().call<Op>(request, context);
    const auto after = desk.backend().call<RecordState>({}, context);
    if (!second)
        m_wrong += QString::fromStdString(name + ", again: " + describe(second.error()) + "\n");
    else if (toJson(*second) != toJson(*first))
        m_wrong += QString::fromStdString(name + " answered something else the second time\n");
    if (!before || !after || before->size != after->size)
        m_wrong += QString::fromStdString(name + " was recorded twice\n");
    return *first;
}

void RecordedOnceTest::aRepeatedActIsAnsweredAndNotRepeated_data()
{
    QTest::addColumn<int>("way");
    QTest::newRow("local") << int(Way::Local);
    QTest::newRow("http") << int(Way::Http);
}

void RecordedOnceTest::aRepeatedActIsAnsweredAndNotRepeated()
{
    QFETCH(int, way);
    m_wrong.clear();
    Desk desk{Way(way)};
    const CallContext admin = desk.admin();
    const CallContext officer = desk.officer();
    SavePrompt::Request prompt;
    prompt.name = "clerk-prompt";
    prompt.body.text = "You keep the stock, and you are brief.";
    prompt.expectedVersion = 1;
    QCOMPARE(twice<SavePrompt>(desk, prompt, admin).saved.version, std::uint64_t(2));
    CreateChange::Request draft;
    draft.agent = "clerk";
    draft.title = "Be brief";
    draft.items = {{DefinitionKind::Prompt, "clerk-prompt", 1, 2}};
    const std::string id = twice<CreateChange>(desk, draft, admin).change.id;
    twice<SubmitChange>(desk, {id}, admin);
    const auto shown = desk.backend().call<GetChange>({id}, officer);
    QVERIFY2(shown.has_value(), qPrintable(m_wrong));
    const std::string digest = shown->change.digest;
    twice<ApproveChange>(desk, {id, digest, "Reads well"}, officer);
    const std::string rollout = twice<StartRollout>(desk, {id, "go"}, admin).rollout.id;
    twice<PauseRollout>(desk, {rollout, "Look first"}, admin);
    twice<ResumeRollout>(desk, {rollout, "Looks well"}, admin);
    twice<RollBack>(desk, {rollout, "Enough seen"}, admin);
    TightenGrant::Request tighten;
    tighten.agent = "clerk";
    tighten.tool = "stock.look";
    tighten.access = Access::Deny;
    tighten.reason = "Not today";
    twice<TightenGrant>(desk, tighten, officer);
    QVERIFY2(m_wrong.isEmpty(), qPrintable(m_wrong));
    const auto changes = desk.backend().call<ListChanges>({}, admin);
    QVERIFY(changes);
    QCOMPARE(changes->changes.size(), std::size_t(2));
}

void RecordedOnceTest::aKeyBelongsToOneRequest()
{
    Desk desk(Way::Local);
    CallContext admin = desk.admin();
    admin.idempotencyKey = "one";
    SavePrompt::Request prompt;
    prompt.name = "another";
    prompt.team = "desk";
    prompt.body.text = "One.";
    QVERIFY(desk.backend().call<SavePrompt>(prompt, admin));
    prompt.body.text = "Two.";
    const auto other = desk.backend().call<SavePrompt>(prompt, admin);
    QVERIFY(!other);
    QCOMPARE(other.error().code, std::string("idempotency.mismatch"));
}

void RecordedOnceTest::aRefusalIsNotKept()
{
    Desk desk(Way::Local);
    CallContext admin = desk.admin();
    admin.idempotencyKey = "again";
    SavePrompt::Request prompt;
    prompt.name = "clerk-prompt";
    prompt.body.text = "New.";
    prompt.expectedVersion = 7;
    QVERIFY(!desk.backend().call<SavePrompt>(prompt, admin));
    prompt.expectedVersion = 1;
    QVERIFY(desk.backend().call<SavePrompt>(prompt, admin));
}

void RecordedOnceTest::onlyAKnownToolIsTightened()
{
    Desk desk(Way::Local);
    TightenGrant::Request tighten;
    tighten.agent = "clerk";
    tighten.tool = "stock.lok";
    tighten.access = Access::Deny;
    tighten.reason = "A slip of the pen";
    const auto refused = desk.backend().call<TightenGrant>(tighten, desk.officer());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("definition.unknown"));
    tighten.tool = "stock.look";
    QVERIFY(desk.backend().call<TightenGrant>(tighten, desk.officer()));
}

QTEST_GUILESS_MAIN(RecordedOnceTest)
#include "recorded_once_test.moc"
