#include "tests/story/visitor.h"

#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/domain/reflect.h"
#include "ui/kit/theme.h"

#include <QApplication>
#include <QTest>
#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::story_tests;

namespace {

// One person's request through the released agent, to its end.
bool ask(Desk& desk, int person)
{
    StartRun::Request request;
    request.agent = "clerk";
    request.messages = documentOf(Json::array({Json{{"role", "user"}, {"content", "How is the stock?"}}}));
    request.person = "employee-" + std::to_string(person);
    const auto ended = std::make_shared<std::promise<bool>>();
    const auto handle = desk.backend().start(request, desk.key(), [ended](const RunEvent& event) {
        if (event.kind == RunEventKind::Finished || event.kind == RunEventKind::Failed)
            ended->set_value(event.kind == RunEventKind::Finished);
    });
    return handle && ended->get_future().get();
}

}

/// The main job end to end, at the real shell: edit a prompt, submit, approve as somebody else, canary, numbers,
/// promote, roll back, and every act in the record.
class ChangeStoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }
    void fromAnEditToARollback();
};

void ChangeStoryTest::fromAnEditToARollback()
{
    Desk desk{Way::Local};
    Visitor admin(desk, desk.admin());

    QVERIFY(admin.go(QStringLiteral("library/prompts/clerk-prompt?tab=edit")));
    QVERIFY(admin.editor() != nullptr);
    admin.editor()->setPlainText(QStringLiteral("You keep the stock of the desk, and you are brief."));
    QVERIFY(admin.settle());
    QTRY_VERIFY(admin.button(QStringLiteral("Save")) != nullptr);
    admin.button(QStringLiteral("Save"))->click();
    QVERIFY(admin.settle());
    QTRY_VERIFY(admin.button(QStringLiteral("Submit as change")) != nullptr);
    QVERIFY(admin.act(QStringLiteral("Submit as change"), QStringLiteral("Callers are in a hurry")));

    const auto changes = desk.backend().call<ListChanges>({}, desk.admin());
    QVERIFY(changes && !changes->changes.empty());
    const ChangeSummary submitted = changes->changes.front();
    QVERIFY(submitted.state == ChangeState::Approval);
    const QString page = QStringLiteral("changes/") + QString::fromStdString(submitted.id);
    QVERIFY(admin.go(page));
    QVERIFY2(admin.button(QStringLiteral("approve")) == nullptr, "the author must not be able to approve");

    Visitor officer(desk, desk.officer());
    QVERIFY(officer.go(page));
    QTRY_VERIFY(officer.button(QStringLiteral("approve")) != nullptr);
    QVERIFY(officer.act(QStringLiteral("approve"), QStringLiteral("Reads well")));
    for (int person = 0; person < 60; ++person)
        QVERIFY(ask(desk, person));
    QTRY_VERIFY(officer.button(QStringLiteral("start")) != nullptr);
    QVERIFY(officer.act(QStringLiteral("start"), QStringLiteral("Go")));

    const auto started = desk.backend().call<GetChange>({submitted.id}, desk.officer());
    QVERIFY(started && started->rollout);
    QCOMPARE(started->rollout->share, 0.05);
    QVERIFY(desk.workspace().refreshRoutes());
    for (int person = 0; person < 200; ++person)
        QVERIFY(ask(desk, person));
    const auto compared = desk.backend().call<CompareRollout>({started->rollout->id}, desk.officer());
    QVERIFY(compared);
    QCOMPARE(compared->variants.size(), std::size_t(2));
    QVERIFY(std::ranges::all_of(compared->variants, [](const VariantNumbers& side) { return side.runs > 0; }));

    QVERIFY(officer.go(page));
    QTRY_VERIFY(officer.button(QStringLiteral("promote")) != nullptr);
    QVERIFY(officer.act(QStringLiteral("promote"), QStringLiteral("No sign of harm")));
    QCOMPARE(desk.backend().call<GetChange>({submitted.id}, desk.officer())->rollout->share, 0.25);
    QTRY_VERIFY(officer.button(QStringLiteral("roll-back")) != nullptr);
    QVERIFY(officer.act(QStringLiteral("roll-back"), QStringLiteral("Enough seen")));
    const auto ended = desk.backend().call<GetChange>({submitted.id}, desk.officer());
    QVERIFY(ended->change.summary.state == ChangeState::RolledBack);

    for (const char* operation : {"prompts.save", "changes.create", "changes.submit", "changes.approve",
             "rollouts.start", "rollouts.promote", "rollouts.roll-back"}) {
        QueryRecord::Request query;
        query.filter.operation = operation;
        const auto record = desk.backend().call<QueryRecord>(query, desk.officer());
        QVERIFY(record);
        const bool found
            = std::ranges::any_of(record->rows, [](const RecordRow& row) { return row.outcome != "denied"; });
        QVERIFY2(found, operation);
    }
    QVERIFY(desk.backend().call<VerifyRecord>({}, desk.officer()));
}

QTEST_MAIN(ChangeStoryTest)
#include "change_story_test.moc"
