#include "ui/kit/button.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/column_fit.h"
#include "ui/kit/data_table.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/diff_view.h"
#include "ui/kit/focus.h"
#include "ui/kit/header_bar.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/kit/pipeline_strip.h"
#include "ui/kit/tab_strip.h"
#include "ui/kit/theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QRadioButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <numeric>
#include <set>

using namespace ephor::ui;

/// What gives way when the room is short, and what never does.
class LayoutTest : public QObject {
    Q_OBJECT

private:
    static int sum(const std::vector<int>& widths) { return std::accumulate(widths.begin(), widths.end(), 0); }

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }

    void columnsShareWhatIsLeft()
    {
        const std::vector<FittedColumn> columns{{0, 100, 140, false, true}, {1, 50, 50, true, true}, {2, 60, 60}};
        QCOMPARE(fittedWidths(columns, 400), (std::vector<int>{140, 200, 60}));
        QCOMPARE(sum(fittedWidths({{0, 30, 30}, {1, 30, 30}, {2, 30, 30}}, 100)), 100);
        QVERIFY(fittedWidths({}, 100).empty());
        // Wider than a gap may be: the rest is everybody's.
        QCOMPARE(
            fittedWidths(columns, 140 + 50 + 60 + widestGap + 30), (std::vector<int>{150, 50 + widestGap + 10, 70}));
    }

    void greyWordsGiveWayFirst()
    {
        const std::vector<FittedColumn> columns{{0, 100, 200, false, true}, {1, 100, 100, true, true}};
        QCOMPARE(fittedWidths(columns, 250), (std::vector<int>{150, 100}));
    }

    void thenTheLongestWords()
    {
        const std::vector<FittedColumn> columns{{0, 300, 300, false, true}, {1, 90, 90, false, true}, {2, 80, 80}};
        const std::vector<int> widths = fittedWidths(columns, 370);
        QCOMPARE(widths[0], 200);
        QCOMPARE(widths[1], 90);
        QCOMPARE(widths[2], 80);
        QVERIFY(fittedWidths(columns, 10)[0] >= narrowestColumn);
    }

    void aTableFitsItsCells()
    {
        DataTable table(QStringLiteral("Prompts"));
        table.resize(600, 200);
        table.setColumns({{QStringLiteral("name"), 40, CellKind::strongText}, {QStringLiteral("title"), 0}});
        auto* model = new CellsModel({QStringLiteral("Name"), QStringLiteral("Title")}, &table);
        table.setModel(model);
        table.setFitColumns();
        const QString longName = QStringLiteral("access-provisioning.system");
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        model->setRows({{1, {Cell{.text = longName}, Cell{.text = QStringLiteral("Short")}}}});
        QCoreApplication::processEvents();
        const CellDelegate& cells = table.cells();
        QVERIFY(table.columnWidth(0) >= cells.naturalWidth(model->index(0, 0), CellDelegate::Extent::all));
        QCOMPARE(table.columnWidth(0) + table.columnWidth(1), table.viewport()->width());
    }

    void reasonsStandInAsManyColumnsAsFit()
    {
        const QStringList reasons{QStringLiteral("Matches the contract"), QStringLiteral("Asked for by the customer"),
            QStringLiteral("Within the limit"), QStringLiteral("Wrong amount")};
        QWidget window;
        auto* rows = new QVBoxLayout(&window);
        auto* picker = new ReasonPicker(reasons, &window);
        rows->addWidget(picker);
        const auto columnsAt = [&](int width) {
            window.resize(width, 400);
            QCoreApplication::processEvents();
            std::set<int> lefts;
            for (const QRadioButton* choice : picker->findChildren<QRadioButton*>()) {
                lefts.insert(choice->x());
                if (choice->width() < choice->sizeHint().width())
                    return 0; // its words are cut
            }
            return int(lefts.size());
        };
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCOMPARE(columnsAt(1'200), 5);
        const int narrow = columnsAt(480);
        QVERIFY(narrow >= 1 && narrow < 5);
        QCOMPARE(columnsAt(1'200), 5);
        Theme::instance().setTypeScale(1.5);
        const int large = columnsAt(1'000);
        Theme::instance().setTypeScale(1.0);
        QVERIFY(large >= 1 && large < 5);
    }

    void theSameRowsKeepWhatIsChosen()
    {
        CellsModel model({QStringLiteral("Name")});
        const auto row
            = [](int key, const char* name) { return CellRow{key, {Cell{.text = QString::fromLatin1(name)}}}; };
        model.setRows({row(1, "b"), row(2, "a")});
        model.sort(0, Qt::AscendingOrder);
        QCOMPARE(model.keyAt(0).toInt(), 2);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setRows({row(1, "b, later"), row(2, "a")});
        QCOMPARE(reset.size(), 0);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("b, later"));
        model.setRows({row(3, "c"), row(1, "b")});
        QCOMPARE(reset.size(), 1);
        QCOMPARE(model.keyAt(0).toInt(), 1);
    }

    void longLinesGoOnBelow()
    {
        DiffView view(QStringLiteral("Difference"));
        view.resize(300, 200);
        DiffLine line;
        line.oldNumber = line.newNumber = 1;
        line.text = QStringLiteral("several words that are far too long for one line of the narrow place they have");
        view.setLines({line, line});
        const int flat = view.contentHeight();
        QVERIFY(view.horizontalScrollBar()->maximum() > 0);
        view.setWrap(DiffView::Wrap::lines);
        QVERIFY(view.contentHeight() >= 2 * (flat - 12));
        QCOMPARE(view.horizontalScrollBar()->maximum(), 0);
        view.setLayoutMode(DiffView::Layout::sideBySide);
        QVERIFY(view.contentHeight() > flat);
        view.setWrap(DiffView::Wrap::none);
        QCOMPARE(view.contentHeight(), flat);
        // Larger type makes longer lines, so that they wrap more often.
        view.setLayoutMode(DiffView::Layout::unified);
        view.setWrap(DiffView::Wrap::lines);
        const int wrapped = view.contentHeight();
        Theme::instance().setTypeScale(2);
        QVERIFY(view.contentHeight() > 3 * wrapped);
        Theme::instance().setTypeScale(1);
        QCOMPARE(view.contentHeight(), wrapped);
    }

    void aStepWithoutRoomTakesASecondLine()
    {
        PipelineStrip strip(QStringLiteral("Steps"));
        const PipelineStep step{
            QStringLiteral("Rolling out 5 %"), QStringLiteral("Now, since Thu 12 Nov 07:23"), State::running, {}};
        strip.setSteps({step, step, step, step, step});
        QVERIFY(strip.heightForWidth(600) > strip.heightForWidth(2'000));
        QCOMPARE(strip.heightForWidth(2'000), strip.minimumSizeHint().height());
    }

    void theTitleStaysWhole()
    {
        HeaderBar header;
        header.setTitle(
            QStringLiteral("access-provisioning.system"), {QStringLiteral("Library"), QStringLiteral("Prompts")});
        header.resize(1104, 48);
        header.show();
        QVERIFY(QTest::qWaitForWindowExposed(&header));
        Label* title = nullptr;
        for (Label* label : header.findChildren<Label*>()) {
            if (label->text() == QStringLiteral("access-provisioning.system"))
                title = label;
        }
        QVERIFY(title);
        QVERIFY(title->width() >= title->sizeHint().width());
        header.setTimeRangeVisible(true);
        header.resize(940, 48);
        QCoreApplication::processEvents();
        QVERIFY(title->width() >= title->sizeHint().width());
        header.resize(1240, 48);
        header.setTitle(QStringLiteral("customer-refunds.system, as it is"),
            {QStringLiteral("Library"), QStringLiteral("Models & providers")});
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
        QVERIFY(title->width() >= title->sizeHint().width());
    }

    void aLinkStandsOnTheLineOfItsKey()
    {
        KeyValueList list(96);
        auto* link = new LinkLabel(QStringLiteral("large"));
        link->setTextStyle(TextStyle::body);
        list.addRow(QStringLiteral("Model"), link);
        Label* words = list.addRow(QStringLiteral("Tools"), QStringLiteral("8 tools"));
        list.resize(300, list.sizeHint().height());
        list.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        QCOMPARE(link->height(), words->height());
        for (Label* key : list.findChildren<Label*>()) {
            if (key->text() == QStringLiteral("Model"))
                QCOMPARE(key->geometry().center().y(), link->geometry().center().y());
        }
    }

    void aRefusedButtonTellsWhy()
    {
        Button button(QStringLiteral("Save"));
        button.setEnabled(false);
        button.setToolTip(QStringLiteral("Nothing has changed."));
        QCOMPARE(button.accessibleDescription(), QStringLiteral("Nothing has changed."));
        button.setToolTip({});
        button.setEnabled(true);
        QVERIFY(button.accessibleDescription().isEmpty());
    }

    void ringsComeFromTheKeyboard()
    {
        QWidget window;
        auto* rows = new QVBoxLayout(&window);
        auto* tabs = new TabStrip(QStringLiteral("Parts"));
        tabs->addTab(QStringLiteral("One"));
        tabs->addTab(QStringLiteral("Two"));
        auto* button = new Button(QStringLiteral("Act"));
        rows->addWidget(tabs);
        rows->addWidget(button);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::mouseClick(button, Qt::LeftButton);
        tabs->setFocus(Qt::OtherFocusReason);
        QVERIFY(tabs->hasFocus());
        QVERIFY(!showsFocus(tabs));
        QTest::keyClick(tabs, Qt::Key_Right);
        QVERIFY(showsFocus(tabs));
        QTest::mouseClick(button, Qt::LeftButton);
        button->setFocus(Qt::MouseFocusReason);
        QVERIFY(!showsFocus(button));
        tabs->setFocus(Qt::TabFocusReason);
        QVERIFY(!showsFocus(tabs));
        button->setFocus(Qt::OtherFocusReason);
        tabs->setFocus(Qt::ShortcutFocusReason);
        QVERIFY(showsFocus(tabs));
        QVERIFY(!showsFocus(button));
    }
};

QTEST_MAIN(LayoutTest)
#include "layout_test.moc"
