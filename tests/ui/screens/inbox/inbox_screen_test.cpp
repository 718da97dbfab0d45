#include "tests/ui/screens/inbox/inbox_data.h"
#include "tests/ui/support/finding.h"
#include "tests/ui/support/snapshots.h"

#include "core/api/session.h"
#include "ui/kit/button.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/item_list.h"
#include "ui/kit/person_row.h"
#include "ui/kit/theme.h"
#include "ui/screens/inbox/approval_page.h"
#include "ui/screens/inbox/change_page.h"
#include "ui/screens/inbox/decision_card.h"
#include "ui/screens/inbox/inbox_screen.h"

#include <QApplication>
#include <QLabel>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class InboxScreenTest : public QObject, private Finding {
    Q_OBJECT

private:
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<Screen> m_screen;

    ScriptedBackend& backend() { return *m_stage->backend; }

    /// Words of a label that is lower than they need; empty where none is.
    static QString cutLabel(const QWidget* page)
    {
        for (const QLabel* label : page->findChildren<QLabel*>()) {
            if (label->isVisible() && label->hasHeightForWidth()
                && label->height() < label->heightForWidth(label->width()))
                return label->text();
        }
        return {};
    }

    void make(const QString& route = QStringLiteral("inbox"))
    {
        m_screen.reset(makeInboxScreen(m_stage->context, nullptr));
        m_screen->resize(1110, 740);
        m_screen->open(Route::parse(route));
        m_screen->show();
        QVERIFY(settle(m_stage->session));
    }

    void pickReason()
    {
        for (QRadioButton* choice : m_screen->findChildren<QRadioButton*>()) {
            if (choice->isVisible()) {
                choice->click();
                return;
            }
        }
        QFAIL("no reason to pick");
    }

    QWidget* searched() const override { return m_screen.get(); }

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<ephor::ui::Route>();
        Theme::instance().install();
        Theme::instance().setMotion(Theme::Motion::reduced);
        Theme::instance().setAppearance(Theme::Appearance::light);
    }

    void init()
    {
        m_stage = std::make_unique<Stage>();
        backend().give<ReadInbox>(mondayInbox());
        backend().answer<GetApproval>(
            [](const GetApproval::Request& ask) -> Result<GetApproval::Response> { return waitingApproval(ask.id); });
        backend().answer<GetChange>(
            [](const GetChange::Request& ask) -> Result<GetChange::Response> { return waitingChange(ask.id); });
    }

    void cleanup()
    {
        m_screen.reset();
        m_stage.reset();
    }

    void opensTheSoonestFirst()
    {
        m_screen.reset(makeInboxScreen(m_stage->context, nullptr));
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        m_screen->open(Route::parse(QStringLiteral("inbox")));
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<GetApproval>().id, Id("ap-1"));
        QCOMPARE(moved.last()[0].value<Route>().format(), QStringLiteral("inbox/ap-1"));
    }

    void deepLinkOpensItsItem()
    {
        make(QStringLiteral("inbox/ap-2"));
        QCOMPARE(backend().lastRequest<GetApproval>().id, Id("ap-2"));
        QCOMPARE(backend().calls<GetApproval>(), 1);
        QCOMPARE(m_screen->findChild<ItemList*>()->currentKey().toString(), QStringLiteral("action/ap-2"));
        QVERIFY(says(QStringLiteral("1 h 12 m left")));
        QVERIFY(says(QStringLiteral("Cannot be undone.")));
    }

    // Somebody else's request is reached by its link alone; the focus on the list must not open the first item instead.
    void deepLinkToWhatIsNotInTheListStays()
    {
        m_screen.reset(makeInboxScreen(m_stage->context, nullptr));
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        m_screen->resize(1'104, 728);
        m_screen->show();
        m_screen->open(Route::parse(QStringLiteral("inbox/ap-9")));
        QVERIFY(settle(m_stage->session));
        m_screen->findChild<ItemList*>()->setFocus(Qt::OtherFocusReason);
        QFocusEvent came(QEvent::FocusIn, Qt::OtherFocusReason);
        QCoreApplication::sendEvent(m_screen->findChild<ItemList*>(), &came);
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<GetApproval>().id, Id("ap-9"));
        QCOMPARE(backend().calls<GetApproval>(), 1);
        QVERIFY(moved.isEmpty());
        QVERIFY(!m_screen->findChild<ItemList*>()->currentKey().isValid());
        QTest::keyClick(m_screen->findChild<ItemList*>(), Qt::Key_Down);
        QCOMPARE(m_screen->findChild<ItemList*>()->currentKey().toString(), QStringLiteral("action/ap-1"));
    }

    void whoMustSignInAgainIsToldToEverybody()
    {
        GetApproval::Response others = waitingSignIn();
        others.request.confirmer = "person:wanda";
        others.request.confirmerName = "Wanda Nowak";
        others.awaitsMe = false;
        others.whyNotConfirm.clear();
        others.whyNot = "It waits for Wanda Nowak alone.";
        backend().give<GetApproval>(others);
        make(QStringLiteral("inbox/ap-1"));
        QVERIFY(says(QStringLiteral("Wanda Nowak must confirm with a fresh sign-in.")));
        QVERIFY(says(QStringLiteral("money leaves the bank")));
        QVERIFY(says(QStringLiteral("It waits for Wanda Nowak alone.")));
        QVERIFY(!button(QStringLiteral("Confirm")));
        QVERIFY(!button(QStringLiteral("Approve"))->isEnabled());
    }

    void anOldSignInLeadsToANewOne()
    {
        backend().give<GetApproval>(waitingSignIn());
        make(QStringLiteral("inbox/ap-1"));
        QVERIFY(says(QStringLiteral("It is done for you: confirm it with a fresh sign-in.")));
        QVERIFY(!button(QStringLiteral("Confirm"))->isEnabled());
        QVERIFY(m_screen->commands().isEmpty());
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("inbox-sign-in-again")));
        backend().give<SignOut>({});
        backend().failWith<CurrentSession>(
            Error(ErrorKind::Unauthenticated, "session.unknown", "Nobody is signed in.", "Sign in."));
        QSignalSpy ended(&m_stage->session, &Session::ended);
        auto* again = button<LinkLabel>(QStringLiteral("Sign in again"));
        QVERIFY(again);
        again->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<SignOut>(), 1);
        QCOMPARE(ended.size(), 1);
    }

    void afterAFreshSignInItIsConfirmed()
    {
        GetApproval::Response fresh = waitingSignIn();
        fresh.whyNotConfirm.clear();
        backend().give<GetApproval>(fresh);
        ConfirmCall::Response confirmed{fresh.request};
        confirmed.request.confirmed = true;
        confirmed.request.state = ApprovalState::Approved;
        confirmed.request.decisions = {{fresh.request.confirmer, "Ines Marchetti", true, "It is mine", fixedInstant()}};
        backend().give<ConfirmCall>(confirmed);
        make(QStringLiteral("inbox/ap-1"));
        QCOMPARE(m_screen->commands().front().action, QStringLiteral("Confirm"));
        pickReason();
        button(QStringLiteral("Confirm"))->click();
        QVERIFY(settle(m_stage->session));
        const auto sent = backend().lastRequest<ConfirmCall>();
        QVERIFY(sent.confirm);
        QCOMPARE(std::string(sent.digest), fresh.request.digest);
        QCOMPARE(backend().calls<DecideApproval>(), 0);
        QVERIFY(says(QStringLiteral("Ines Marchetti confirmed it after a fresh sign-in.")));
        QVERIFY(!button(QStringLiteral("Confirm")));
    }

    void theRuleThatAskedIsNamedAndOneClickAway()
    {
        make(QStringLiteral("inbox/ap-2"));
        QSignalSpy moved(m_screen.get(), &Screen::navigate);
        LinkLabel* rule = nullptr;
        for (auto* link : m_screen->findChildren<LinkLabel*>())
            rule = link->text() == QStringLiteral("Open the rule") ? link : rule;
        QVERIFY(rule != nullptr);
        QCOMPARE(rule->toolTip(), QStringLiteral("Grant refunds/payments.send"));
        rule->click();
        QCOMPARE(moved.count(), 1);
        QVERIFY(moved.last()[0].value<Route>().format().contains(QStringLiteral("payments.send")));
    }

    void evidenceFitsWithoutScrolling()
    {
        make(QStringLiteral("inbox/ap-2"));
        auto* page = m_screen->findChild<inbox::ApprovalPage*>();
        QVERIFY(page->minimumSizeHint().height() <= 740 - 32);
        QVERIFY(m_screen->minimumSizeHint().width() <= 1110);
        QVERIFY(page->geometry().bottom() <= m_screen->height());
        QTRY_COMPARE(cutLabel(page), QString());
        for (const QString& words : {QStringLiteral("Approve"), QStringLiteral("Deny")}) {
            Button* each = button(words);
            QVERIFY(each);
            QVERIFY(m_screen->rect().contains(QRect(each->mapTo(m_screen.get(), QPoint(0, 0)), each->size())));
            QVERIFY(!each->hasFocus());
        }
        // Equally reachable: the same size, but for the odd pixel.
        QVERIFY(qAbs(button(QStringLiteral("Approve"))->width() - button(QStringLiteral("Deny"))->width()) <= 1);
    }

    void aHighWindowKeepsTheDecisionBesideTheEvidence()
    {
        make(QStringLiteral("inbox/ap-2"));
        m_screen->resize(1'750, 1'000);
        QVERIFY(settle(m_stage->session));
        const auto* page = m_screen->findChild<inbox::ApprovalPage*>();
        const auto* decision = page->findChild<inbox::DecisionCard*>();
        const QWidget* people = nullptr;
        for (const PersonRow* row : page->findChildren<PersonRow*>())
            people = row;
        QVERIFY(people != nullptr);
        const int gap = decision->mapTo(page, QPoint(0, 0)).y() - people->mapTo(page, people->rect().bottomLeft()).y();
        QVERIFY2(gap > 0 && gap < 80, qPrintable(QString::number(gap)));
        QVERIFY(decision->height() < 200);
    }

    void aLateListLeavesTheDecisionWithoutFocus()
    {
        backend().hold<ReadInbox>();
        m_screen.reset(makeInboxScreen(m_stage->context, nullptr));
        m_screen->resize(1110, 740);
        m_screen->open(Route::parse(QStringLiteral("inbox/ap-2")));
        QTRY_VERIFY(m_screen->findChild<inbox::ApprovalPage*>()->isVisibleTo(m_screen.get()));
        m_screen->show();
        QVERIFY(QTest::qWaitForWindowActive(m_screen.get()));
        const auto* decision = m_screen->findChild<inbox::DecisionCard*>();
        QVERIFY(decision->isVisible());
        QVERIFY(!decision->isAncestorOf(QApplication::focusWidget()));
        backend().release<ReadInbox>();
        QVERIFY(settle(m_stage->session));
        QVERIFY(m_screen->findChild<ItemList*>()->hasFocus());
    }

    void tabMeetsTheEvidenceThenTheReasonsThenTheButtons()
    {
        make(QStringLiteral("inbox/ap-2"));
        QStringList met;
        const QWidget* at = m_screen.get();
        do {
            if (const auto* each = qobject_cast<const QAbstractButton*>(at); each && each->isVisible())
                met << each->text();
            at = at->nextInFocusChain();
        } while (at != m_screen.get());
        const auto place = [&](const char* words) { return met.indexOf(QLatin1String(words)); };
        QVERIFY(place("Open run") >= 0);
        QVERIFY(place("Open run") < place("Other, in words"));
        QVERIFY(place("Other, in words") < place("Approve"));
        QVERIFY(place("Approve") < place("Deny"));
    }

    void aLowWindowScrollsTheEvidenceAndKeepsTheDecision()
    {
        Theme::instance().setTypeScale(1.2);
        make(QStringLiteral("inbox/ap-2"));
        m_screen->resize(1'050, 600);
        QVERIFY(settle(m_stage->session));
        const auto* page = m_screen->findChild<inbox::ApprovalPage*>();
        QTRY_COMPARE(cutLabel(page), QString());
        for (const QString& words : {QStringLiteral("Approve"), QStringLiteral("Deny")}) {
            Button* each = button(words);
            QVERIFY(each);
            QVERIFY(m_screen->rect().contains(QRect(each->mapTo(m_screen.get(), QPoint(0, 0)), each->size())));
        }
        Theme::instance().setTypeScale(1.0);
    }

    void decisionNeedsAReason()
    {
        make(QStringLiteral("inbox/ap-2"));
        button(QStringLiteral("Deny"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<DecideApproval>(), 0);
        QVERIFY(says(QStringLiteral("A reason is needed first.")));
    }

    void denialCarriesDigestAndReason()
    {
        backend().answer<DecideApproval>([](const DecideApproval::Request& ask) -> Result<DecideApproval::Response> {
            ApprovalRequest request = waitingApproval().request;
            request.state = ask.approve ? ApprovalState::Approved : ApprovalState::Denied;
            request.decisions.push_back(
                {"person:Ines Marchetti", "Ines Marchetti", ask.approve, ask.reason, fixedInstant()});
            return DecideApproval::Response{request, "It is denied already."};
        });
        make(QStringLiteral("inbox/ap-2"));
        pickReason();
        QList<Command> commands = m_screen->commands();
        QCOMPARE(commands.size(), 2);
        QCOMPARE(commands[1].keys, QKeySequence(Qt::Key_D));
        commands[1].run();
        QVERIFY(settle(m_stage->session));
        const DecideApproval::Request ask = backend().lastRequest<DecideApproval>();
        QCOMPARE(ask.id, Id("ap-2"));
        QCOMPARE(ask.digest, Id(waitingApproval().request.digest));
        QCOMPARE(ask.approve, false);
        QCOMPARE(ask.reason, Reason("Evidence supports it"));
        QVERIFY(says(QStringLiteral("by Ines Marchetti")));
        QVERIFY(m_screen->commands().isEmpty());
        QVERIFY(!button(QStringLiteral("Approve")));
    }

    void decidedElsewhereIsToldAndShown()
    {
        backend().failWith<DecideApproval>(
            Error(ErrorKind::Conflict, "approval.decided", "The request was already decided by Lena Fischer."));
        make(QStringLiteral("inbox/ap-2"));
        backend().answer<GetApproval>([](const GetApproval::Request& ask) -> Result<GetApproval::Response> {
            GetApproval::Response approval = waitingApproval(ask.id);
            approval.mayDecide = false;
            approval.request.state = ApprovalState::Denied;
            approval.request.decisions.push_back(
                {"person:lena", "Lena Fischer", false, "Wrong values", fixedInstant()});
            return approval;
        });
        QSignalSpy told(m_screen.get(), &Screen::notify);
        pickReason();
        button(QStringLiteral("Approve"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(told.size(), 1);
        QVERIFY(told[0][0].value<Notice>().title.contains(QStringLiteral("Lena Fischer")));
        QVERIFY(says(QStringLiteral("by Lena Fischer: Wrong values")));
    }

    void failureKeepsTheReason()
    {
        backend().failWith<DecideApproval>(Error(ErrorKind::Unavailable, "store.full", "The disk is full."));
        make(QStringLiteral("inbox/ap-2"));
        pickReason();
        button(QStringLiteral("Approve"))->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("The disk is full.")));
        QVERIFY(button(QStringLiteral("Approve"))->isEnabled());
        button(QStringLiteral("Approve"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<DecideApproval>(), 2);
    }

    void whoMayNotSeesWhy()
    {
        backend().answer<GetApproval>([](const GetApproval::Request& ask) -> Result<GetApproval::Response> {
            GetApproval::Response approval = waitingApproval(ask.id);
            approval.mayDecide = false;
            approval.whyNot = "You started the run, so somebody else decides.";
            return approval;
        });
        make(QStringLiteral("inbox/ap-2"));
        QVERIFY(!button(QStringLiteral("Approve"))->isEnabled());
        QVERIFY(button(QStringLiteral("Deny"))->toolTip().contains(QStringLiteral("somebody else")));
        QVERIFY(m_screen->commands().isEmpty());
    }

    void changesOpenTheirPage()
    {
        make(QStringLiteral("inbox/CH-18"));
        QSignalSpy navigate(m_screen.get(), &Screen::navigate);
        button(QStringLiteral("Open change"))->click();
        QCOMPARE(navigate.last()[0].value<Route>().format(), QStringLiteral("changes/CH-18"));
        QVERIFY(!button(QStringLiteral("Ratify")));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("inbox-change")));
    }

    void ratifiesInPlace()
    {
        backend().give<RatifyChange>({});
        make(QStringLiteral("inbox/CH-2"));
        QVERIFY(!button(QStringLiteral("Ratify"))->isEnabled());
        pickReason();
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("inbox-ratify")));
        button(QStringLiteral("Ratify"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<RatifyChange>().id, Id("CH-2"));
        QCOMPARE(backend().lastRequest<RatifyChange>().reason, Reason("Reviewed and right"));
        QVERIFY(says(QStringLiteral("Ratified.")));
    }

    void anErasureIsConfirmedWhereThePersonIsNamed()
    {
        ReadInbox::Response inbox = mondayInbox();
        inbox.items.push_back({"erasure", "erasure-11", "Erase a person for good",
            "Jonas Weber asked · A letter of 3 March", fixedInstant(), {}, "inbox/erasure-11"});
        backend().give<ReadInbox>(inbox);
        make(QStringLiteral("inbox/erasure-11"));
        QVERIFY(says(QStringLiteral("Jonas Weber asked · A letter of 3 March")));
        QVERIFY(says(QStringLiteral("The name is kept nowhere")));
        QCOMPARE(backend().calls<GetApproval>(), 0);
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("inbox-erasure")));
        QSignalSpy navigate(m_screen.get(), &Screen::navigate);
        button(QStringLiteral("Look and confirm…"))->click();
        QCOMPARE(navigate.last()[0].value<Route>().format(), QStringLiteral("settings/people?erase=yes"));
        backend().give<ReadInbox>(mondayInbox());
        m_screen->refresh({Topic::People});
        QVERIFY(settle(m_stage->session));
        QTRY_VERIFY(says(QStringLiteral("No longer waiting")));
    }

    void movedOnElsewhereReloads()
    {
        make(QStringLiteral("inbox/ap-2"));
        QCOMPARE(backend().calls<GetApproval>(), 1);
        ReadInbox::Response later = mondayInbox();
        later.items.erase(later.items.begin() + 1);
        backend().give<ReadInbox>(later);
        m_screen->refresh({Topic::Approvals});
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<GetApproval>(), 2);
        m_screen->refresh({Topic::Metrics});
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<ReadInbox>(), 2);
    }

    void nothingWaitingTeaches()
    {
        backend().give<ReadInbox>({});
        make();
        const auto empty = m_screen->findChildren<EmptyState*>();
        QCOMPARE(std::ranges::count_if(empty, [](const EmptyState* state) { return state->isVisible(); }), 1);
        QVERIFY(says(QStringLiteral("a rule asks for a person")));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("inbox-empty")));
    }

    void failureIsInPlace()
    {
        backend().failWith<GetApproval>(
            Error(ErrorKind::Forbidden, "identity.forbidden", "Your roles do not let you see this call."));
        make(QStringLiteral("inbox/ap-2"));
        auto* error = m_screen->findChild<InlineError*>();
        QVERIFY(error && error->isVisible());
        Q_EMIT error->retryRequested();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<GetApproval>(), 2);
    }

    void isAccessible()
    {
        make(QStringLiteral("inbox/ap-2"));
        const QStringList faults = accessibilityFaults(m_screen.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("inbox")));
    }
};

QTEST_MAIN(InboxScreenTest)
#include "inbox_screen_test.moc"
