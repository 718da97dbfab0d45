#include "core/trust/cedar/policy_diff.h"

#include "tests/core/trust/cedar/desk.h"
#include "tests/core/trust/cedar/generator.h"

#include <QTest>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

namespace {

/// "+new -old id:rule" in order, policies without a difference left out.
QByteArray told(const PolicySet& before, const PolicySet& after)
{
    const PolicyDiff found = diff(before, after);
    std::string text;
    for (const Policy* policy : found.added)
        text += "+" + std::string(policy->id) + " ";
    for (const Policy* policy : found.removed)
        text += "-" + std::string(policy->id) + " ";
    for (const PolicyPair& pair : found.kept) {
        if (pair.difference == Difference::None)
            continue;
        text += std::string(pair.before->id) + ">" + std::string(pair.after->id) + ":"
            + (pair.difference == Difference::Layout             ? "layout "
                    : pair.difference == Difference::Annotations ? "annotations "
                                                                 : "rule ");
    }
    return QByteArray::fromStdString(text).trimmed();
}

}

class PolicyDiffTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsChangesApart_data();
    void tellsChangesApart();
    void goesByIds();
    void showsFlips();
    void findsNoFlipInALayout();
    void answersItems();
    void refusesBadItems_data();
    void refusesBadItems();
};

void PolicyDiffTest::tellsChangesApart_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray a = "permit(principal, action, resource) when { context.mfa };";
    const QByteArray b = "forbid(principal, action, resource) when { context.count > 5 };";
    QTest::newRow("the same") << a << a << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("in another order") << QByteArray(a + b) << QByteArray(b + a) << QByteArray();
    QTest::newRow("one before") << a << QByteArray(b + a) << QByteArray("+policy0");
    QTest::newRow("one less") << QByteArray(b + a) << a << QByteArray("-policy0");
    QTest::newRow("blanks and comments") << a
                                         << QByteArray(
                                                "permit ( principal,action,resource) // all\n when {((context.mfa))};")
                                         << QByteArray("policy0>policy0:layout");
    QTest::newRow("annotations") << a << QByteArray("@approve(\"officer\")" + a)
                                 << QByteArray("policy0>policy0:annotations");
    QTest::newRow("condition") << QByteArray(a + b)
                               << QByteArray("forbid(principal, action, resource) when { context.count > 6 };" + a)
                               << QByteArray("policy1>policy0:rule");
    QTest::newRow("a written id keeps its policy") << QByteArray("@id(\"x\")" + a) << QByteArray(a + "@id(\"x\")" + b)
                                                   << QByteArray("+policy0 policy0>policy1:rule");
    QTest::newRow("templates") << QByteArray("permit(principal == ?principal, action, resource);")
                               << QByteArray("permit(principal in ?principal, action, resource);")
                               << QByteArray("+policy0 -policy0");
}

void PolicyDiffTest::tellsChangesApart()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, expected);
    QCOMPARE(told(*take(PolicySet::fromText(before.toStdString())), *take(PolicySet::fromText(after.toStdString()))),
        expected);
}

void PolicyDiffTest::goesByIds()
{
    const std::string rule = "permit(principal, action, resource);";
    const std::vector<PolicySource> before{{"a", rule}, {"b", rule}, {"c", rule}};
    const std::vector<PolicySource> after{{"d", rule}, {"a", "forbid(principal, action, resource);"}, {"c", rule}};
    QCOMPARE(told(*take(PolicySet::fromPolicies(before)), *take(PolicySet::fromPolicies(after))),
        QByteArray("+d -b a>a:rule"));
}

void PolicyDiffTest::showsFlips()
{
    const auto before = take(PolicySet::fromText("permit(principal, action, resource) when { context.count <= 5 };"));
    const auto after = take(PolicySet::fromText("permit(principal, action, resource) when { context.count <= 2 };"
                                                "permit(principal == User::\"bob\", action, resource);"));
    const auto entities = take(Entities::fromJson(people()));
    std::vector<Request> requests;
    for (const char* const user : {"User::\"ann\"", "User::\"bob\""}) {
        for (const int count : {1, 3, 9}) {
            Json asked = annReadsPlan();
            asked["principal"] = user;
            asked["context"]["count"] = count;
            requests.push_back(take(Request::fromJson(asked)));
        }
    }
    const auto found = flips(*before, *after, *entities, requests);
    std::string told;
    for (const VerdictFlip& flip : found) {
        told += std::to_string(flip.request) + (flip.before.decision == Decision::Allow ? "allow" : "deny")
            + std::to_string(flip.before.reasons.size()) + (flip.after.decision == Decision::Allow ? "allow" : "deny")
            + std::to_string(flip.after.reasons.size()) + " ";
    }
    // Ann's 3 is denied now; Bob's 1 rests on a second permit, his 3 on another, his 9 is allowed.
    QCOMPARE(told, std::string("1allow1deny0 3allow1allow2 4allow1allow1 5deny0allow1 "));
}

void PolicyDiffTest::findsNoFlipInALayout()
{
    Generator generator(11);
    const auto entities = take(Entities::fromJson(people()));
    int changed = 0;
    for (int i = 0; i < 200; ++i) {
        const std::string first = generator.policies(4);
        const std::string other = generator.policies(4);
        const auto before = take(PolicySet::fromText(first));
        const auto same = take(PolicySet::fromText("// tidied\n" + first));
        const auto after = take(PolicySet::fromText(other));
        std::vector<Request> requests;
        for (int n = 0; n < 5; ++n)
            requests.push_back(take(Request::fromJson(generator.request())));
        QVERIFY(flips(*before, *same, *entities, requests).empty());
        for (const VerdictFlip& flip : flips(*before, *after, *entities, requests))
            changed += flip.before.decision != flip.after.decision ? 1 : 0;
    }
    QVERIFY(changed > 50);
}

void PolicyDiffTest::answersItems()
{
    const Json item = {{"before", "permit(principal, action, resource);"},
        {"after", "permit(principal, action, resource) when { context.mfa };forbid(principal, action, resource);"},
        {"requests", Json::array({annReadsPlan()})}};
    const Json answer = diffPolicyItem(item);
    QVERIFY2(answer.contains("added"), answer.dump().c_str());
    QVERIFY(answer["added"] == Json::array({{{"id", "policy1"}, {"text", "forbid(principal, action, resource);"}}}));
    QVERIFY(answer["removed"].empty());
    QVERIFY(answer["changed"][0]["differs"] == "rule");
    QVERIFY(answer["flips"][0]["before"]["decision"] == "allow" && answer["flips"][0]["after"]["decision"] == "deny");
    QVERIFY(answer["flips"][0]["request"] == 0);
}

void PolicyDiffTest::refusesBadItems_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("list") << QByteArray("[]") << QByteArray("batch.item");
    QTest::newRow("empty") << QByteArray("{}") << QByteArray("batch.item");
    QTest::newRow("numbers") << QByteArray("{\"before\":1,\"after\":2}") << QByteArray("batch.item");
    QTest::newRow("syntax") << QByteArray("{\"before\":\"\",\"after\":\"permit\"}") << QByteArray("cedar.syntax");
    QTest::newRow("requests") << QByteArray("{\"before\":\"\",\"after\":\"\",\"requests\":{}}")
                              << QByteArray("batch.item");
    QTest::newRow("a request") << QByteArray("{\"before\":\"\",\"after\":\"\",\"requests\":[{}]}")
                               << QByteArray("cedar.request");
    QTest::newRow("mode") << QByteArray("{\"before\":\"\",\"after\":\"\",\"mode\":\"lax\"}")
                          << QByteArray("batch.item");
}

void PolicyDiffTest::refusesBadItems()
{
    QFETCH(QByteArray, item);
    QFETCH(QByteArray, code);
    const Json answer = diffPolicyItem(take(parseJson(item.toStdString())));
    QVERIFY2(answer.contains("error"), answer.dump().c_str());
    QCOMPARE(QByteArray::fromStdString(answer["error"]["code"].get<std::string>()), code);
}

QTEST_GUILESS_MAIN(PolicyDiffTest)
#include "policy_diff_test.moc"
