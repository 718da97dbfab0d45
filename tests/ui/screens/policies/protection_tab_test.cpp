#include "tests/ui/screens/policies/policies_stage.h"
#include "tests/ui/screens/policies/protection_data.h"
#include "tests/ui/support/snapshots.h"

#include "core/api/people.h"
#include "ui/bridge/exposure_gauge.h"
#include "ui/bridge/outage_banner.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/chip.h"
#include "ui/kit/data_table.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/kit/theme.h"
#include "ui/screens/policies/detector_dialog.h"
#include "ui/screens/policies/marked_text.h"
#include "ui/screens/policies/policies_screen.h"
#include "ui/screens/policies/protection_page.h"
#include "ui/screens/policies/protection_rule_dialog.h"
#include "ui/screens/policies/standard_dialog.h"

#include <QCheckBox>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

class ProtectionTabTest : public PoliciesStage {
    Q_OBJECT

    void begin(SessionInfo info)
    {
        PoliciesStage::begin(std::move(info));
        DefinitionSummary summary = protectionVersion(0).definition;
        summary.team = "customer-care";
        summary.ownerName = "Tom Becker";
        summary.production = 3;
        summary.changedAt = fixedInstant();
        backend().give<ListDefinitions>({{summary}});
        backend().answer<GetDefinition>(
            [](const GetDefinition::Request& ask) { return protectionVersion(ask.version); });
        backend().give<CheckProtection>({{}, knownEntities()});
        backend().give<TryProtection>(triedCard());
        backend().give<CountFindings>({countsOfBank()});
        backend().give<ReadExposure>({exposureOfBank()});
        backend().give<ListOutages>({});
        backend().give<SaveProtection>({{DefinitionKind::Protection, "customer-data", 5}});
        backend().give<ExceptFinding>({{DefinitionKind::Protection, "customer-data", 5}});
    }

    // Opens the protection and waits until it was checked, which typing waits for.
    void openChecked(const QString& tab = QStringLiteral("edit"))
    {
        const int before = m_stage->backend->calls<CheckProtection>();
        open(QStringLiteral("policies/protection/customer-data?tab=") + tab);
        QTRY_VERIFY(backend().calls<CheckProtection>() > before);
        QVERIFY(settle(m_stage->session));
    }

    void chooseView(int view)
    {
        for (Segmented* which : m_screen->findChildren<Segmented*>()) {
            if (which->isVisible() && which->accessibleName() == QStringLiteral("What is shown"))
                which->setCurrent(view);
        }
    }

    void tryText()
    {
        openChecked();
        typeText();
    }

    void typeText()
    {
        chooseView(5);
        const int before = backend().calls<TryProtection>();
        m_screen->findChild<policies::MarkedText*>()->setPlainText(triedText());
        QTRY_VERIFY(backend().calls<TryProtection>() > before);
        QVERIFY(settle(m_stage->session));
    }

private Q_SLOTS:
    void initTestCase() { install(); }
    void init() { begin(adminSession()); }

    void cleanup() { end(); }

    void listLeadsToTheProtection()
    {
        open(QStringLiteral("policies/protection"));
        auto* table = named<DataTable>(QStringLiteral("Protections"));
        QVERIFY(table);
        QCOMPARE(backend().lastRequest<ListDefinitions>().kind, DefinitionKind::Protection);
        QSignalSpy navigated(m_screen.get(), &Screen::navigate);
        Q_EMIT table->rowOpened(table->model()->index(0, 0));
        QCOMPARE(navigated.last()[0].value<Route>().format(), QStringLiteral("policies/protection/customer-data"));
        button(QStringLiteral("Write a protection"))->click();
        QCOMPARE(navigated.last()[0].value<Route>().format(), QStringLiteral("policies/protection?new=1"));
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
    }

    void standardProtectionIsThereToBeRead()
    {
        ShowStandardProtection::Response standard;
        standard.body.rules.push_back(customerData().rules.back());
        backend().give<ShowStandardProtection>(standard);
        open(QStringLiteral("policies/protection"));
        button(QStringLiteral("Standard protection"))->click();
        QVERIFY(settle(m_stage->session));
        auto* dialog = m_screen->findChild<policies::StandardDialog*>();
        QVERIFY(dialog);
        auto* rules = named<DataTable>(QStringLiteral("Rules of the standard protection"), dialog);
        QVERIFY(rules);
        QCOMPARE(rules->model()->rowCount(), 1);
        QVERIFY(says(QStringLiteral("lose their address"), dialog));
        QVERIFY(says(QStringLiteral("not measured"), dialog));
        QCOMPARE(accessibilityFaults(dialog).join(u'\n'), QString());
        if (const QString folder = qEnvironmentVariable("EPHOR_SNAPSHOTS"); !folder.isEmpty())
            QVERIFY(dialog->grab().save(folder + QStringLiteral("/protection-standard.png")));
    }

    void formShowsAndKeepsEverything()
    {
        openChecked();
        QCOMPARE(m_screen->title(), QStringLiteral("customer-data"));
        QVERIFY(!m_screen->hasUnsavedWork());
        QCOMPARE(named<DataTable>(QStringLiteral("Rules"))->model()->rowCount(), 3);
        chooseView(2);
        auto* reveal = m_screen->findChild<policies::ProtectionPage*>()->findChild<QCheckBox*>();
        reveal->setChecked(true);
        QVERIFY(m_screen->hasUnsavedWork());
        named<Select>(QStringLiteral("A call that carries more than its tool is cleared for"))
            ->setCurrentText(QStringLiteral("Stop the call"));
        auto* grounded = named<TextField>(QStringLiteral("How much of an answer tools must bear out, in percent"));
        grounded->setText(QStringLiteral("most"));
        QVERIFY(!button(QStringLiteral("Save"))->isEnabled());
        grounded->setText(QStringLiteral("60"));
        const auto choose
            = [this](const QString& select, const QString& words) { named<Select>(select)->setCurrentText(words); };
        choose(QStringLiteral("An answer below that"), QStringLiteral("Refuse it"));
        choose(QStringLiteral("Judge of what words leave in doubt"), QStringLiteral("customer-data"));
        choose(QStringLiteral("A call or an answer that gives the prompt away"), QStringLiteral("Only record it"));
        button(QStringLiteral("Save"))->click();
        QVERIFY(settle(m_stage->session));
        const auto sent = backend().lastRequest<SaveProtection>();
        ProtectionBody expected = customerData();
        expected.reveal = true;
        expected.flows = FlowMode::Deny;
        expected.grounded = 60;
        expected.ungrounded = FlowMode::Deny;
        expected.judge = "customer-data";
        expected.marker = FlowMode::Observe;
        QVERIFY(sent.body == expected);
        QCOMPARE(sent.expectedVersion, std::uint64_t(4));
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
    }

    void ruleIsWrittenInPlainWords()
    {
        openChecked();
        button(QStringLiteral("Add a rule"))->click();
        auto* dialog = m_screen->findChild<policies::ProtectionRuleDialog*>();
        QVERIFY(dialog);
        auto* take = dialog->findChild<QAbstractButton*>(QStringLiteral("take-rule"));
        QVERIFY(!take->isEnabled());
        // Single kinds are folded away until words narrow them or their class is opened.
        QVERIFY(!named<QCheckBox>(QStringLiteral("E-mail address"), dialog));
        auto* narrow = named<SearchField>(QStringLiteral("Narrow the kinds"), dialog);
        narrow->setText(QStringLiteral("mail"));
        QTRY_VERIFY(!named<QCheckBox>(QStringLiteral("Everything financial"), dialog));
        named<QCheckBox>(QStringLiteral("E-mail address"), dialog)->click();
        QVERIFY(take->isEnabled());
        narrow->clear();
        QTRY_VERIFY(!named<QCheckBox>(QStringLiteral("E-mail address"), dialog));
        named<Button>(QStringLiteral("Kinds of: Everything financial"), dialog)->click();
        named<QCheckBox>(QStringLiteral("IBAN"), dialog)->click();
        QTRY_VERIFY(named<FilterChip>(QStringLiteral("Remove IBAN"), dialog));
        named<FilterChip>(QStringLiteral("Remove IBAN"), dialog)->click();
        QVERIFY(!named<QCheckBox>(QStringLiteral("IBAN"), dialog)->isChecked());
        QTRY_VERIFY(named<FilterChip>(QStringLiteral("Remove E-mail address"), dialog));
        auto* action = named<Select>(QStringLiteral("What becomes of it"), dialog);
        action->setCurrentText(QStringLiteral("Asks a person"));
        QVERIFY(!take->isEnabled()); // everywhere, and only a call can wait
        button<QCheckBox>(QStringLiteral("What goes to a tool"), dialog)->click();
        QVERIFY(take->isEnabled());
        QCOMPARE(accessibilityFaults(dialog).join(u'\n'), QString());
        take->click();
        QVERIFY(m_screen->hasUnsavedWork());
        QCOMPARE(named<DataTable>(QStringLiteral("Rules"))->model()->rowCount(), 4);
        button(QStringLiteral("Save"))->click();
        QVERIFY(settle(m_stage->session));
        const auto rule = backend().lastRequest<SaveProtection>().body.rules.back();
        QCOMPARE(rule.what.front(), std::string("EMAIL_ADDRESS"));
        QCOMPARE(rule.surfaces.size(), std::size_t(1));
        QCOMPARE(rule.action, ProtectAction::Ask);
    }

    void removingARuleIsADraftUntilSaved()
    {
        openChecked();
        auto* rules = named<DataTable>(QStringLiteral("Rules"));
        rules->selectRow(1);
        button(QStringLiteral("Remove"))->click();
        QCOMPARE(rules->model()->rowCount(), 2);
        // Elsewhere and back: the draft is still there.
        open(QStringLiteral("policies/protection"));
        open(QStringLiteral("policies/protection/customer-data?tab=edit"));
        QCOMPARE(named<DataTable>(QStringLiteral("Rules"))->model()->rowCount(), 2);
        button(QStringLiteral("Discard"))->click();
        QCOMPARE(named<DataTable>(QStringLiteral("Rules"))->model()->rowCount(), 3);
        QVERIFY(!m_screen->hasUnsavedWork());
    }

    void detectorIsCheckedWhileItIsTyped()
    {
        openChecked();
        chooseView(3);
        button(QStringLiteral("Add a detector"))->click();
        auto* dialog = m_screen->findChild<policies::DetectorDialog*>();
        QVERIFY(dialog);
        Problem problem;
        problem.at = "/detectors/1/pattern";
        problem.message = "The pattern has no end.";
        backend().give<CheckProtection>({{problem}, {}});
        named<TextField>(QStringLiteral("Name"), dialog)->setText(QStringLiteral("BRANCH"));
        named<TextField>(QStringLiteral("Pattern"), dialog)->setText(QStringLiteral("B-[0-9"));
        QTRY_VERIFY(says(QStringLiteral("The pattern has no end."), dialog));
        auto* take = dialog->findChild<QAbstractButton*>(QStringLiteral("take-detector"));
        QVERIFY(!take->isEnabled());
        backend().give<CheckProtection>({{}, knownEntities()});
        named<TextField>(QStringLiteral("Pattern"), dialog)->setText(QStringLiteral("B-[0-9]+"));
        QTRY_VERIFY(take->isEnabled());
        QCOMPARE(backend().lastRequest<CheckProtection>().body.detectors.back().pattern, std::string("B-[0-9]+"));
        QCOMPARE(accessibilityFaults(dialog).join(u'\n'), QString());
        take->click();
        QCOMPARE(named<DataTable>(QStringLiteral("Own detectors"))->model()->rowCount(), 2);
    }

    void problemsStandWhereTheyBelong()
    {
        Problem problem;
        problem.at = "/detectors/0/pattern";
        problem.message = "The pattern repeats without end.";
        backend().give<CheckProtection>({{problem}, knownEntities()});
        openChecked();
        QVERIFY(says(problem.message.c_str()));
        m_screen->findChild<policies::ProtectionPage*>()->findChild<QCheckBox*>()->click();
        QVERIFY(!button(QStringLiteral("Save"))->isEnabled());
        for (Banner* banner : m_screen->findChildren<Banner*>()) {
            if (banner->isVisible())
                Q_EMIT banner->actionTriggered();
        }
        auto* detectors = named<DataTable>(QStringLiteral("Own detectors"));
        QVERIFY(detectors);
        QCOMPARE(detectors->currentIndex().row(), 0);
    }

    void textIsTriedWhileItIsTyped()
    {
        tryText();
        const auto ask = backend().lastRequest<TryProtection>();
        QCOMPARE(ask.surface, TextSurface::Input);
        QVERIFY(ask.body == customerData());
        const auto& marks = m_screen->findChild<policies::MarkedText*>()->marks();
        QCOMPARE(marks.size(), std::size_t(2));
        QCOMPARE(triedText().mid(marks[0].start, marks[0].length), QStringLiteral("4111 1111 1111 1111"));
        QCOMPARE(named<DataTable>(QStringLiteral("What was found"))->model()->rowCount(), 2);
        QCOMPARE(named<QPlainTextEdit>(QStringLiteral("What would go on"))->toPlainText(), text(triedCard().text));
        named<Select>(QStringLiteral("Where it passes"))->setCurrentText(QStringLiteral("What goes to a tool"));
        QVERIFY(named<TextField>(QStringLiteral("Of which tool")));
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
    }

    void falseAlarmBecomesAVersion()
    {
        tryText();
        auto* except = m_screen->findChild<QAbstractButton*>(QStringLiteral("except-finding"));
        QVERIFY(!except->isEnabled()); // nothing is chosen
        named<DataTable>(QStringLiteral("What was found"))->selectRow(0);
        QVERIFY(except->isEnabled());
        except->click();
        auto* dialog = m_screen->findChild<ReasonDialog*>();
        QVERIFY(dialog);
        QVERIFY(says(QStringLiteral("a change has released"), dialog));
        button<QRadioButton>(QStringLiteral("It is public anyway"), dialog)->click();
        QSignalSpy notified(m_screen.get(), &Screen::notify);
        button(QStringLiteral("Save the exception"), dialog)->click();
        QVERIFY(settle(m_stage->session));
        const auto ask = backend().lastRequest<ExceptFinding>();
        QCOMPARE(std::string(ask.value), std::string("4111 1111 1111 1111"));
        QCOMPARE(std::string(ask.entity), std::string("CREDIT_CARD"));
        QCOMPARE(std::string(ask.reason), std::string("It is public anyway"));
        QCOMPARE(ask.expectedVersion, std::uint64_t(4));
        QCOMPARE(notified.size(), 1);
    }

    void falseAlarmNeedsASavedProtection()
    {
        tryText();
        chooseView(1);
        m_screen->findChild<policies::ProtectionPage*>()->findChild<QCheckBox*>()->click();
        chooseView(5);
        named<DataTable>(QStringLiteral("What was found"))->selectRow(0);
        auto* except = m_screen->findChild<QAbstractButton*>(QStringLiteral("except-finding"));
        QVERIFY(!except->isEnabled());
        QVERIFY(except->toolTip().contains(QStringLiteral("Save the protection first")));
    }

    void countsLeadToTheirRun()
    {
        open(QStringLiteral("policies/protection?view=found&days=7&agent=hr-helper"));
        QCOMPARE(backend().lastRequest<CountFindings>().days, std::uint64_t(7));
        QCOMPARE(std::string(backend().lastRequest<CountFindings>().agent), std::string("hr-helper"));
        auto* table = named<DataTable>(QStringLiteral("What was found"));
        QCOMPARE(table->model()->rowCount(), 3);
        QSignalSpy navigated(m_screen.get(), &Screen::navigate);
        Q_EMIT table->linkActivated(table->model()->index(1, 8));
        QCOMPARE(navigated.last()[0].value<Route>(), routes::run(text(countsOfBank()[0].lastRun)));
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        named<Segmented>(QStringLiteral("Over how long"))->setCurrent(3);
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<CountFindings>().days, std::uint64_t(90));
        QCOMPARE(moved.last()[0].value<Route>().query.value(QStringLiteral("days")), QStringLiteral("90"));
        auto* kinds = named<Select>(QStringLiteral("Class"));
        kinds->setCurrentIndex(kinds->findData(QStringLiteral("financial")));
        QCOMPARE(table->model()->rowCount(), 1);
        QCOMPARE(moved.last()[0].value<Route>().query.value(QStringLiteral("class")), QStringLiteral("financial"));
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
        backend().give<CountFindings>({});
        open(QStringLiteral("policies/protection?view=found"));
        QVERIFY(m_screen->findChild<EmptyState*>());
        QVERIFY(says(QStringLiteral("Nothing was found in this time")));
    }

    void allThreeComeFirstAndWarn()
    {
        open(QStringLiteral("policies/protection?view=exposure"));
        const auto gauges = m_screen->findChildren<ExposureGauge*>();
        QCOMPARE(gauges.size(), 2);
        QVERIFY(says(QStringLiteral("1 agent has all three")));
        QVERIFY(says(QStringLiteral("All three together")));
        QStringList names;
        for (const ExposureGauge* gauge : gauges)
            names << gauge->accessibleName();
        QVERIFY(names.contains(QStringLiteral("Rule of two: 3 of 3")));
        QSignalSpy navigated(m_screen.get(), &Screen::navigate);
        button<LinkLabel>(QStringLiteral("HR helper"))->click();
        QCOMPARE(navigated.last()[0].value<Route>(), routes::agent(QStringLiteral("hr-helper")));
        QCOMPARE(accessibilityFaults(m_screen.get()).join(u'\n'), QString());
    }

    void outageIsOneLine()
    {
        backend().give<ListOutages>({outagesOfBank()});
        open(QStringLiteral("policies/protection"));
        auto* banner = m_screen->findChild<OutageBanner*>();
        QVERIFY(banner->isVisible());
        QVERIFY(says(QStringLiteral("the detector does not answer")));
        backend().give<ListOutages>({{outagesOfBank()[1]}});
        open(QStringLiteral("policies/protection"));
        QVERIFY(!banner->isVisible());
    }

    void whoMayNotEditReadsWhy()
    {
        begin(auditorSession());
        tryText();
        named<DataTable>(QStringLiteral("What was found"))->selectRow(0);
        auto* except = m_screen->findChild<QAbstractButton*>(QStringLiteral("except-finding"));
        QVERIFY(!except->isEnabled());
        QVERIFY(!except->toolTip().isEmpty());
    }

    void pictures()
    {
        backend().give<ListOutages>({outagesOfBank()});
        open(QStringLiteral("policies/protection"));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("protection-list")));
        open(QStringLiteral("policies/protection?view=found"));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("protection-found")));
        open(QStringLiteral("policies/protection?view=exposure"));
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("protection-exposure")));
        openChecked();
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("protection-rules")));
        typeText();
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("protection-try")));
        chooseView(3);
        QVERIFY(writeSnapshots(m_screen.get(), QStringLiteral("protection-detectors")));
        const QString folder = qEnvironmentVariable("EPHOR_SNAPSHOTS");
        if (folder.isEmpty())
            return;
        m_screen->findChild<policies::ProtectionPage*>()->addRule();
        auto* rule = m_screen->findChild<policies::ProtectionRuleDialog*>();
        QVERIFY(rule->grab().save(folder + QStringLiteral("/protection-rule.png")));
        rule->close();
        m_screen->findChild<policies::ProtectionPage*>()->addDetector();
        auto* detector = m_screen->findChild<policies::DetectorDialog*>();
        QVERIFY(detector->grab().save(folder + QStringLiteral("/protection-detector.png")));
        detector->close();
    }
};

QTEST_MAIN(ProtectionTabTest)

#include "protection_tab_test.moc"
