#include "tests/ui/screens/inbox/inbox_data.h"

#include "ui/screens/inbox/approval_words.h"
#include "ui/screens/inbox/change_page.h"
#include "ui/screens/inbox/inbox_items.h"

#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::inbox;
using namespace ephor::ui::test;

class InboxWordsTest : public QObject {
    Q_OBJECT

    static Principal ines() { return officerSession().principal; }

private Q_SLOTS:
    void groupsInOrder()
    {
        const std::vector<ListItem> rows = inboxRows(mondayInbox(), {}, fixedNow());
        QStringList groups;
        for (const ListItem& row : rows) {
            if (row.kind == ListItem::Kind::group)
                groups << row.title + QLatin1Char(' ') + row.trailing;
        }
        QCOMPARE(groups,
            QStringList({QStringLiteral("Approve actions 2"), QStringLiteral("Approve changes 1"),
                QStringLiteral("Ratify 1"), QStringLiteral("Done by me 2")}));
        QCOMPARE(rows[1].trailingToken, Token::warn);
        QCOMPARE(rows.back().kind, ListItem::Kind::quiet);
    }

    void filterNarrowsAndDropsEmptyGroups()
    {
        const std::vector<ListItem> rows = inboxRows(mondayInbox(), QStringLiteral("CLAUSE"), fixedNow());
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(idOfKey(rows[1].key.toString()), QStringLiteral("CH-18"));
    }

    void idsLeadToTheirRows()
    {
        const ReadInbox::Response inbox = mondayInbox();
        QCOMPARE(keyOfId(inbox, QStringLiteral("ap-2")), QStringLiteral("action/ap-2"));
        QCOMPARE(keyOfId(inbox, QStringLiteral("ap-0")), QStringLiteral("done/action/ap-0"));
        QVERIFY(keyOfId(inbox, QStringLiteral("ap-9")).isEmpty());
        QVERIFY(isChange(inbox, QStringLiteral("CH-2")));
        QVERIFY(!isChange(inbox, QStringLiteral("ap-9")));
        QVERIFY(fingerprint(inbox, QStringLiteral("ap-2")) != fingerprint(inbox, QStringLiteral("ap-0")));
    }

    void deadlineTellsTheDefault()
    {
        ApprovalRequest request = waitingApproval().request;
        QCOMPARE(deadlineWords(request, fixedNow()).left, QStringLiteral("1 h 12 m left"));
        QVERIFY(deadlineWords(request, fixedNow()).then.contains(QStringLiteral("denied if nobody decides")));
        request.expiresAt = fixedInstant() - std::chrono::seconds(1);
        QCOMPARE(deadlineWords(request, fixedNow()).state, State::denied);
        request.state = ApprovalState::Approved;
        QCOMPARE(deadlineWords(request, fixedNow()).state, State::ok);
    }

    void peopleSayWhoMayAndWhoCannot()
    {
        GetApproval::Response approval = waitingApproval();
        const auto people = approvalPeople(approval, ines(), fixedNow());
        QCOMPARE(people.size(), std::size_t(3));
        QCOMPARE(people[0].name, QStringLiteral("Priya Raman"));
        QCOMPARE(people[0].state, State::ok);
        QCOMPARE(people[1].name, QStringLiteral("You"));
        QCOMPARE(people[2].word, QStringLiteral("Cannot"));
        approval.mayDecide = false;
        QCOMPARE(approvalPeople(approval, ines(), fixedNow())[1].name, QStringLiteral("Governance officer"));
        QCOMPARE(progressWords(approval.request), QStringLiteral("1 of 2"));
    }

    void whoeverConfirmsDoesNotApprove()
    {
        GetApproval::Response approval = waitingSignIn();
        approval.request.needed = 1;
        approval.request.confirmed = true;
        approval.request.decisions = {{approval.request.confirmer, "Ines Marchetti", true, "Mine", fixedInstant()}};
        approval.awaitsMe = false;
        QCOMPARE(progressWords(approval.request), QStringLiteral("0 of 1"));
        QCOMPARE(approvalPeople(approval, ines(), fixedNow())[0].word, QStringLiteral("Confirmed"));
        QCOMPARE(approvalPeople(approval, ines(), fixedNow())[1].name, QStringLiteral("Governance officer"));
        QVERIFY(signInWords(approval)->state == State::ok);
        approval.request.confirmed = false;
        approval.request.state = ApprovalState::Expired;
        QVERIFY(!signInWords(approval));
        QVERIFY(!signInWords(waitingApproval()));
    }

    void similarCasesHaveTheirDenominator()
    {
        GetApproval::Response approval = waitingApproval();
        QCOMPARE(similarWords(approval), QStringLiteral("9 in 90 days: 7 approved, 2 denied"));
        approval.similarApproved = approval.similarDenied = 0;
        QVERIFY(similarWords(approval).contains(QStringLiteral("first of its kind")));
        QCOMPARE(effectState(SideEffect::Egress), State::warning);
        QCOMPARE(effectState(SideEffect::Read), State::neutral);
    }

    void changeLinesNameVersionsAndRights()
    {
        Change change = waitingChange("CH-18").change;
        GrantEdit edit;
        edit.before.access = ephor::Access::Allow;
        edit.after.access = ephor::Access::Ask;
        edit.after.tool = "mail.send";
        change.grants = {edit};
        QCOMPARE(changeLines(change),
            QStringList({QStringLiteral("Prompt contracts-system, v14 to v15"),
                QStringLiteral("mail.send: Allow becomes Ask")}));
    }
};

QTEST_GUILESS_MAIN(InboxWordsTest)
#include "inbox_words_test.moc"
