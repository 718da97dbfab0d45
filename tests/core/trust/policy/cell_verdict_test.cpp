#include "core/trust/policy/cell_verdict.h"
#include "core/trust/policy/grant_order.h"

#include <QTest>

using namespace ephor;
using namespace ephor::policy;

namespace {

const Instant now = parseInstant("2026-03-16T12:00:00Z").value();

GrantRule rule(Access access)
{
    GrantRule made;
    made.agent = "clerk";
    made.tool = "pay";
    made.access = access;
    return made;
}

}

class CellVerdictTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatTheCellComesTo_data();
    void saysWhatTheCellComesTo();
    void anExpiredGrantIsNone();
    void twoGrantsOfOneCellAreRefused();
    void tellsLooseningFromTightening_data();
    void tellsLooseningFromTightening();
};

void CellVerdictTest::saysWhatTheCellComesTo_data()
{
    QTest::addColumn<int>("grant"); // Access, or -1 for no rule
    QTest::addColumn<int>("tightened");
    QTest::addColumn<int>("word");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char* name, int grant, int tightened, VerdictWord word, const char* rule) {
        QTest::newRow(name) << grant << tightened << int(word) << QString(rule);
    };
    row("no rule denies", -1, -1, VerdictWord::Deny, "default-deny");
    row("none denies", int(Access::None), -1, VerdictWord::Deny, "default-deny");
    row("allow", int(Access::Allow), -1, VerdictWord::Allow, "grant:clerk/pay");
    row("ask", int(Access::Ask), -1, VerdictWord::Ask, "grant:clerk/pay");
    row("deny", int(Access::Deny), -1, VerdictWord::Deny, "grant:clerk/pay");
    row("allow tightened to ask", int(Access::Allow), int(Access::Ask), VerdictWord::Ask, "tightened:clerk/pay");
    row("ask tightened to deny", int(Access::Ask), int(Access::Deny), VerdictWord::Deny, "tightened:clerk/pay");
    row("a tightening never loosens a deny", int(Access::Deny), int(Access::Ask), VerdictWord::Deny, "grant:clerk/pay");
    row("a tightening to ask grants nothing", -1, int(Access::Ask), VerdictWord::Deny, "default-deny");
    row("a tightening without a grant", -1, int(Access::Deny), VerdictWord::Deny, "tightened:clerk/pay");
}

void CellVerdictTest::saysWhatTheCellComesTo()
{
    QFETCH(int, grant);
    QFETCH(int, tightened);
    QFETCH(int, word);
    QFETCH(QString, rule);
    std::vector<GrantRule> rules;
    if (grant >= 0)
        rules.push_back(::rule(Access(grant)));
    std::vector<Tightening> tightenings;
    if (tightened >= 0)
        tightenings.push_back({"clerk", "pay", Access(tightened), "Ines", "fraud", now});
    const PermissionVerdict verdict = cellVerdict(rules, TighteningTable(tightenings), "clerk", "pay", now);
    QCOMPARE(int(verdict.word), word);
    QCOMPARE(QString::fromStdString(verdict.rule), rule);
    QVERIFY(!verdict.reason.empty());
    if (verdict.word != VerdictWord::Allow)
        QVERIFY(!verdict.askWhom.empty());
}

void CellVerdictTest::anExpiredGrantIsNone()
{
    GrantRule expiring = rule(Access::Allow);
    expiring.expires = now;
    const std::vector<GrantRule> rules{expiring};
    QVERIFY(cellVerdict(rules, TighteningTable(), "clerk", "pay", now - std::chrono::microseconds(1)).word
        == VerdictWord::Allow);
    QVERIFY(cellVerdict(rules, TighteningTable(), "clerk", "pay", now).word == VerdictWord::Deny);
    QCOMPARE(cellVerdict(rules, TighteningTable(), "clerk", "pay", now).rule, std::string("expired:clerk/pay"));
    const std::vector<Tightening> asks{{"clerk", "pay", Access::Ask, "Ines", "fraud", now}};
    QVERIFY(cellVerdict(rules, TighteningTable(asks), "clerk", "pay", now).word == VerdictWord::Deny);
}

void CellVerdictTest::twoGrantsOfOneCellAreRefused()
{
    const std::vector<GrantRule> rules{rule(Access::Allow), rule(Access::Deny)};
    const PermissionVerdict verdict = cellVerdict(rules, TighteningTable(), "clerk", "pay", now);
    QVERIFY(verdict.word == VerdictWord::Deny);
    QCOMPARE(verdict.rule, std::string("policy-error"));
}

void CellVerdictTest::tellsLooseningFromTightening_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("after");
    QTest::addColumn<bool>("loosens");
    const Access all[] = {Access::Allow, Access::Ask, Access::None, Access::Deny};
    for (int before = 0; before < 4; ++before) {
        for (int after = 0; after < 4; ++after)
            QTest::addRow("%d to %d", before, after) << int(all[before]) << int(all[after]) << (after < before);
    }
}

void CellVerdictTest::tellsLooseningFromTightening()
{
    QFETCH(int, before);
    QFETCH(int, after);
    QFETCH(bool, loosens);
    QCOMPARE(policy::loosens(rule(Access(before)), rule(Access(after))), loosens);
}

QTEST_GUILESS_MAIN(CellVerdictTest)
#include "cell_verdict_test.moc"
