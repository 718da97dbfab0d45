#include "core/trust/cedar/evaluator.h"
#include "tests/core/trust/cedar/desk.h"

#include <QTest>
#include <random>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

namespace {

QStringList idsOf(const std::vector<const Policy*>& policies)
{
    QStringList ids;
    for (const Policy* policy : policies)
        ids.append(QString::fromUtf8(policy->id.data(), qsizetype(policy->id.size())));
    return ids;
}

}

/// Deny unless permitted, forbid over permit, and what a policy that errs does in each mode.
class AuthorizerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void decides_data();
    void decides();
    void tellsWhereAPolicyErred();
    void theIndexLosesNoPolicy();
    void tellsWhatHoldsOfBothEffects();
};

void AuthorizerTest::decides_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("allows");
    QTest::addColumn<QStringList>("reasons");
    QTest::addColumn<int>("errors");
    QTest::addColumn<bool>("ephorAllows");
    QTest::addColumn<QStringList>("ephorReasons");
    const QByteArray yes = "permit(principal, action, resource);";
    const QByteArray no = "forbid(principal, action, resource);";
    const QByteArray badYes = "permit(principal, action, resource) when { principal.nope };";
    const QByteArray badNo = "forbid(principal, action, resource) when { principal.nope };";
    QTest::newRow("nothing") << QByteArray() << false << QStringList() << 0 << false << QStringList();
    QTest::newRow("a permit") << yes << true << QStringList{"policy0"} << 0 << true << QStringList{"policy0"};
    QTest::newRow("two permits") << yes + yes << true << QStringList{"policy0", "policy1"} << 0 << true
                                 << QStringList{"policy0", "policy1"};
    QTest::newRow("forbid wins") << yes + no << false << QStringList{"policy1"} << 0 << false << QStringList{"policy1"};
    QTest::newRow("a permit errs") << badYes << false << QStringList() << 1 << false << QStringList();
    QTest::newRow("one of two permits errs")
        << badYes + yes << true << QStringList{"policy1"} << 1 << true << QStringList{"policy1"};
    QTest::newRow("a forbid errs") << yes + badNo << true << QStringList{"policy0"} << 1 << false
                                   << QStringList{"policy1"};
    QTest::newRow("one of two forbids errs")
        << yes + badNo + no << false << QStringList{"policy2"} << 1 << false << QStringList{"policy1", "policy2"};
    QTest::newRow("out of scope never errs")
        << QByteArray("forbid(principal is Group, action, resource) when { principal.nope };") + yes << true
        << QStringList{"policy1"} << 0 << true << QStringList{"policy1"};
    QTest::newRow("several actions once")
        << QByteArray("permit(principal, action in [Action::\"read\", Action::\"read\"], resource);") << true
        << QStringList{"policy0"} << 0 << true << QStringList{"policy0"};
    QTest::newRow("no action") << QByteArray("permit(principal, action in [], resource);") << false << QStringList()
                               << 0 << false << QStringList();
}

void AuthorizerTest::decides()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, allows);
    QFETCH(QStringList, reasons);
    QFETCH(int, errors);
    QFETCH(bool, ephorAllows);
    QFETCH(QStringList, ephorReasons);
    const auto policies = take(PolicySet::fromText(text.toStdString()));
    const Verdict cedar = verdictOf(*policies, Mode::Cedar);
    QCOMPARE(cedar.decision == Decision::Allow, allows);
    QCOMPARE(idsOf(cedar.reasons), reasons);
    QCOMPARE(int(cedar.errors.size()), errors);
    const Verdict ephor = verdictOf(*policies, Mode::Ephor);
    QCOMPARE(ephor.decision == Decision::Allow, ephorAllows);
    QCOMPARE(idsOf(ephor.reasons), ephorReasons);
    QCOMPARE(int(ephor.errors.size()), errors);
}

void AuthorizerTest::tellsWhereAPolicyErred()
{
    const std::string text = "permit(principal, action, resource)\nwhen { context.mfa && principal.nope == 1 };";
    const auto policies = take(PolicySet::fromText(text));
    const Verdict verdict = verdictOf(*policies);
    QCOMPARE(verdict.errors.size(), std::size_t(1));
    QCOMPARE(std::size_t(verdict.errors.front().offset), text.find(".nope"));
}

// Random scopes over a few entities: asking every policy must give what asking the index's candidates gives.
void AuthorizerTest::theIndexLosesNoPolicy()
{
    std::mt19937 chance(7);
    const auto pick = [&](const std::vector<std::string>& list) { return list[chance() % list.size()]; };
    const std::vector<std::string> principals{"principal", "principal", "principal == User::\"ann\"",
        "principal == User::\"bob\"", "principal in Group::\"staff\"", "principal in Group::\"night\"",
        "principal is User", "principal is Group", "principal is User in Group::\"desk\""};
    const std::vector<std::string> actions{"action", "action == Action::\"read\"", "action == Action::\"write\"",
        "action in [Action::\"read\", Action::\"write\"]", "action in Action::\"read\"", "action in []"};
    const std::vector<std::string> resources{"resource", "resource == Doc::\"plan\"", "resource in Folder::\"top\"",
        "resource in Folder::\"low\"", "resource is Doc", "resource is Folder"};
    std::string text;
    for (int i = 0; i < 600; ++i)
        text += "permit(" + pick(principals) + ", " + pick(actions) + ", " + pick(resources) + ");\n";
    const auto policies = take(PolicySet::fromText(text));
    const auto entities = take(Entities::fromJson(people()));
    const Request request = take(Request::fromJson(annReadsPlan()));
    Evaluator evaluator(*entities, request);
    std::vector<const Policy*> satisfied;
    for (const Policy& policy : policies->policies()) {
        if (evaluator.satisfies(policy) == Outcome::True)
            satisfied.push_back(&policy);
    }
    QVERIFY(satisfied.size() > 50);
    QVERIFY(satisfied.size() < 400);
    QVERIFY(decide(*policies, *entities, request, Mode::Cedar).reasons == satisfied);
}

void AuthorizerTest::tellsWhatHoldsOfBothEffects()
{
    const auto policies = take(PolicySet::fromText("permit(principal, action, resource);"
                                                   "forbid(principal, action, resource);"
                                                   "forbid(principal, action, resource) when { false };"
                                                   "forbid(principal, action, resource) when { principal.nope };"));
    const auto entities = take(Entities::fromJson(people()));
    const Request request = take(Request::fromJson(annReadsPlan()));
    const Satisfied strict = satisfied(*policies, *entities, request, Mode::Ephor);
    QCOMPARE(idsOf(strict.permits), QStringList({"policy0"}));
    QCOMPARE(idsOf(strict.forbids), QStringList({"policy1", "policy3"}));
    QCOMPARE(strict.errors.size(), std::size_t(1));
    QCOMPARE(idsOf(satisfied(*policies, *entities, request, Mode::Cedar).forbids), QStringList({"policy1"}));
}

QTEST_GUILESS_MAIN(AuthorizerTest)
#include "authorizer_test.moc"
