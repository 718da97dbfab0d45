#include "tests/ui/screens/changes/changes_data.h"
#include "tests/ui/support/finding.h"
#include "tests/ui/support/snapshots.h"

#include "core/domain/reflect.h"
#include "ui/kit/badge.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/diff_view.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/pipeline_strip.h"
#include "ui/kit/theme.h"
#include "ui/screens/changes/changes_screen.h"
#include "ui/screens/changes/compare_card.h"
#include "ui/screens/changes/new_change_dialog.h"
#include "ui/screens/changes/side_cards.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class ChangesScreenTest : public QObject, private Finding {
    Q_OBJECT

    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<Screen> m_screen;

    ScriptedBackend& backend() { return *m_stage->backend; }

    void begin(SessionInfo info = officerSession())
    {
        m_screen.reset();
        m_stage = std::make_unique<Stage>(std::move(info));
        backend().give<ListChanges>({boardOfChanges(), {}});
        backend().give<ListDefinitions>({});
        backend().give<GetChange>(changeShown());
        backend().give<CompareRollout>(comparedSides());
    }

    void open(const Route& route)
    {
        if (!m_screen) {
            m_screen.reset(makeChangesScreen(m_stage->context, nullptr));
            m_screen->resize(1110, 740);
        }
        m_screen->open(route);
        m_screen->show();
        QVERIFY(settle(m_stage->session));
    }

    QAbstractButton* act(const char* id) { return m_screen->findChild<QAbstractButton*>(QLatin1String(id)); }

    // The lists of the board, not those of the choices.
    QList<QListView*> columns()
    {
        QList<QListView*> lists;
        for (QListView* list : m_screen->findChildren<QListView*>()) {
            if (list->metaObject() == &QListView::staticMetaObject)
                lists.append(list);
        }
        return lists;
    }

    template <class Widget> Widget* shown()
    {
        for (Widget* widget : m_screen->findChildren<Widget*>()) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }

    // Answers the dialog on top with its first usual reason, or in words.
    void decide(const QString& words = QStringLiteral("Numbers hold up"))
    {
        auto* dialog = m_screen->findChild<ReasonDialog*>();
        QVERIFY(dialog);
        const auto choices = dialog->findChildren<QRadioButton*>();
        if (!choices.isEmpty())
            choices.last()->click();
        dialog->findChild<QPlainTextEdit*>()->setPlainText(words);
        for (QAbstractButton* button : dialog->findChildren<Button*>()) {
            if (button->isEnabled() && button->text() != QStringLiteral("Cancel")) {
                button->click();
                return;
            }
        }
        QFAIL("No button takes the reason");
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

    void init() { begin(); }

    void cleanup()
    {
        m_screen.reset();
        m_stage.reset();
    }

    void boardOpensACardByKeyboard()
    {
        open({QStringLiteral("changes")});
        const auto lists = columns();
        QCOMPARE(lists.size(), 6);
        QSignalSpy navigated(m_screen.get(), &Screen::navigate);
        lists[0]->setFocus();
        QTest::keyClick(lists[0], Qt::Key_Right);
        QTest::keyClick(lists[1], Qt::Key_Right);
        QTest::keyClick(lists[2], Qt::Key_Down);
        QTest::keyClick(lists[2], Qt::Key_Return);
        QCOMPARE(navigated.size(), 1);
        QCOMPARE(navigated[0][0].value<Route>().format(), QStringLiteral("changes/CH-417"));
    }

    void filtersStandInTheRoute()
    {
        open(Route::parse(QStringLiteral("changes?state=approval&agent=expense-audit&view=list")));
        QCOMPARE(backend().lastRequest<ListChanges>().state, std::optional(ChangeState::Approval));
        QCOMPARE(std::string(backend().lastRequest<ListChanges>().agent), std::string("expense-audit"));
        auto* table = shown<DataTable>();
        QVERIFY(table);
        QCOMPARE(table->model()->rowCount(), 1);
    }

    void emptyBoardTeachesAndFailureCanBeRetried()
    {
        backend().give<ListChanges>({});
        open({QStringLiteral("changes")});
        QVERIFY(shown<EmptyState>());
        begin();
        backend().failWith<ListChanges>(Error(ErrorKind::Unavailable, "backend.unreachable", "It does not answer."));
        open({QStringLiteral("changes")});
        auto* error = shown<InlineError>();
        QVERIFY(error);
        backend().give<ListChanges>({boardOfChanges(), {}});
        Q_EMIT error->retryRequested();
        QVERIFY(settle(m_stage->session));
        QVERIFY(columns().first()->isVisible());
    }

    void promotingSendsTheReason()
    {
        backend().give<PromoteRollout>({rolloutOfChange()});
        open(routes::change(QStringLiteral("CH-418")));
        QVERIFY(says(QStringLiteral("206 of 212")));
        QVERIFY(says(QStringLiteral("Not a stopping rule")));
        QVERIFY(act("promote"));
        act("promote")->click();
        decide();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<PromoteRollout>(), 1);
        QCOMPARE(std::string(backend().lastRequest<PromoteRollout>().id), std::string("ro-1"));
        QCOMPARE(std::string(backend().lastRequest<PromoteRollout>().reason), std::string("Numbers hold up"));
        QCOMPARE(backend().calls<GetChange>(), 2); // and asked again afterwards
    }

    void approvingNamesWhatWasSeen()
    {
        auto shown = changeShown(ChangeState::Approval);
        shown.mayApprove = true;
        backend().give<GetChange>(shown);
        backend().give<ApproveChange>({});
        open(routes::change(QStringLiteral("CH-418")));
        QVERIFY(act("approve")->isEnabled());
        act("approve")->setFocus();
        act("approve")->click();
        decide(QStringLiteral("Read it"));
        QVERIFY(settle(m_stage->session));
        QCOMPARE(std::string(backend().lastRequest<ApproveChange>().digest), shown.change.digest);
        // The buttons are made again; the focus stays with them.
        QVERIFY(m_screen->focusWidget());
        QCOMPARE(m_screen->focusWidget()->objectName(), QStringLiteral("approve"));
    }

    void authorSeesWhyNot()
    {
        auto shown = changeShown(ChangeState::Approval);
        shown.whyNot = "Who drafted a change never counts.";
        backend().give<GetChange>(shown);
        open(routes::change(QStringLiteral("CH-418")));
        QVERIFY(!act("approve")->isEnabled());
        QCOMPARE(act("approve")->toolTip(), QStringLiteral("Who drafted a change never counts."));
        QVERIFY(says(QStringLiteral("Wrote it, so cannot approve it")));
    }

    void whoeverMayNotIsToldWhomToAsk()
    {
        begin(auditorSession());
        open(routes::change(QStringLiteral("CH-418")));
        QVERIFY(!act("promote")->isEnabled());
        QVERIFY(act("promote")->toolTip().contains(QStringLiteral("Ask")));
    }

    void conflictReloadsAndSaysSo()
    {
        auto shown = changeShown(ChangeState::Approval);
        shown.mayApprove = true;
        backend().give<GetChange>(shown);
        backend().failWith<ApproveChange>(
            Error(ErrorKind::Conflict, "change.moved-on", "The change is not the one that was looked at."));
        open(routes::change(QStringLiteral("CH-418")));
        act("approve")->click();
        decide(QStringLiteral("Read it"));
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("Nothing was done.")));
        QCOMPARE(backend().calls<GetChange>(), 2);
    }

    void officerRatifiesWhatWasSelfApproved()
    {
        auto shown = changeShown(ChangeState::Live);
        shown.change.summary.selfApproved = true;
        backend().give<GetChange>(shown);
        backend().give<RatifyChange>({});
        open(routes::change(QStringLiteral("CH-418")));
        Banner* setup = nullptr;
        for (Banner* banner : m_screen->findChildren<Banner*>()) {
            if (banner->isVisible() && banner->accessibleName().startsWith(QStringLiteral("Self-approved")))
                setup = banner;
        }
        QVERIFY(setup);
        Q_EMIT setup->actionTriggered();
        decide(QStringLiteral("Read it, fine"));
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<RatifyChange>(), 1);
    }

    void draftingSendsWhatWasChosen()
    {
        begin(adminSession());
        DefinitionSummary agent;
        agent.kind = DefinitionKind::Agent;
        agent.name = "customer-refunds";
        agent.title = "Customer refunds";
        agent.newest = 5;
        agent.production = 5;
        DefinitionSummary prompt;
        prompt.kind = DefinitionKind::Prompt;
        prompt.name = "customer-refunds.system";
        prompt.newest = 42;
        prompt.production = 41;
        backend().answer<ListDefinitions>([agent, prompt](const ListDefinitions::Request& ask) {
            ListDefinitions::Response answer;
            if (ask.kind == DefinitionKind::Agent)
                answer.definitions = {agent};
            if (ask.kind == DefinitionKind::Prompt)
                answer.definitions = {prompt};
            return answer;
        });
        AgentBody body;
        body.title = "Customer refunds";
        body.prompt = "customer-refunds.system";
        body.tools = {"payments.send"};
        DefinitionVersion version;
        version.body = {compactJson(toJson(body))};
        backend().give<GetDefinition>(version);
        CreateChange::Response drafted;
        drafted.change.id = "CH-422";
        backend().give<CreateChange>(drafted);
        backend().give<SubmitChange>({});
        open(Route::parse(QStringLiteral("changes?new=customer-refunds")));
        auto* dialog = m_screen->findChild<changes::NewChangeDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->findChildren<QCheckBox*>().size(), 1);
        QVERIFY(dialog->findChild<QLineEdit*>()->text().contains(QStringLiteral("v42")));
        QVERIFY(accessibilityFaults(dialog).isEmpty());
        QSignalSpy navigated(m_screen.get(), &Screen::navigate);
        for (Button* button : dialog->findChildren<Button*>()) {
            if (button->text() == QStringLiteral("Save and submit"))
                button->click();
        }
        QVERIFY(settle(m_stage->session));
        const auto ask = backend().lastRequest<CreateChange>();
        QCOMPARE(ask.items.size(), std::size_t(1));
        QCOMPARE(ask.items.front().to, std::uint64_t(42));
        QCOMPARE(std::string(backend().lastRequest<SubmitChange>().id), std::string("CH-422"));
        QCOMPARE(navigated.size(), 1);
        QCOMPARE(navigated[0][0].value<Route>().format(), QStringLiteral("changes/CH-422"));
    }

    void inLargeTypeTheSideStandsBelow()
    {
        open(routes::change(QStringLiteral("CH-418")));
        const auto* checks = shown<changes::ChecksCard>();
        const auto* numbers = shown<changes::CompareCard>();
        QVERIFY(checks && numbers);
        const auto right
            = [this](const QWidget* card) { return card->mapTo(m_screen.get(), QPoint(card->width(), 0)).x(); };
        const auto top = [this](const QWidget* card) { return card->mapTo(m_screen.get(), QPoint()).y(); };
        QVERIFY(right(numbers) <= right(checks) - checks->width());
        const auto guard = qScopeGuard([] { Theme::instance().setTypeScale(1.0); });
        Theme::instance().setTypeScale(1.5);
        m_screen->resize(1'016, 700);
        QVERIFY(settle(m_stage->session));
        QVERIFY(top(checks) >= top(numbers) + numbers->height());
        const auto* strip = shown<PipelineStrip>();
        const int lines = lineHeight(TextStyle::strong) + lineHeight(TextStyle::small);
        QVERIFY(strip->height() >= lines + 2 * metrics::space8);
        for (const QWidget* card : std::initializer_list<const QWidget*>{checks, numbers})
            QVERIFY(right(card) <= m_screen->width());
    }

    void everyControlHasAName()
    {
        open({QStringLiteral("changes")});
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
        open(routes::change(QStringLiteral("CH-418")));
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
        QVERIFY(!m_screen->title().isEmpty());
        QCOMPARE(m_screen->crumbs().size(), 1);
        QCOMPARE(m_screen->commands().size(), 3);
    }

    void pictures()
    {
        open({QStringLiteral("changes")});
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("changes-board")));
        open(Route::parse(QStringLiteral("changes?view=list")));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("changes-list")));
        open(routes::change(QStringLiteral("CH-418")));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("change-page")));
        auto waiting = changeShown(ChangeState::Approval);
        waiting.mayApprove = true;
        GrantEdit edit;
        edit.before.tool = edit.after.tool = "payments.send";
        edit.before.access = ephor::Access::Ask;
        edit.after.access = ephor::Access::Allow;
        edit.loosens = true;
        waiting.change.grants.push_back(edit);
        waiting.change.summary.selfApproved = true;
        backend().give<GetChange>(waiting);
        open(routes::change(QStringLiteral("CH-419")));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("change-approval")));
    }
};

QTEST_MAIN(ChangesScreenTest)

#include "changes_screen_test.moc"
