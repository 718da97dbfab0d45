#include "ui/kit/cells_model.h"
#include "ui/kit/code_view.h"
#include "ui/kit/command_palette.h"
#include "ui/kit/data_table.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/diff_view.h"
#include "ui/kit/field.h"
#include "ui/kit/filter_bar.h"
#include "ui/kit/icons.h"
#include "ui/kit/segmented.h"
#include "ui/kit/table_copy.h"
#include "ui/kit/tabular.h"
#include "ui/kit/text_style.h"
#include "ui/kit/theme.h"
#include "ui/kit/waterfall.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QFontInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTest>

using namespace ephor::ui;

class WidgetsTest : public QObject {
    Q_OBJECT

private:
    static CellsModel* agents(QObject* parent)
    {
        auto* model = new CellsModel({QStringLiteral("Agent"), QStringLiteral("Runs")}, parent);
        model->setRows(
            {{QStringLiteral("a"),
                 {Cell{.text = QStringLiteral("Expense\taudit")}, Cell{.text = QStringLiteral("1,204"), .sort = 1204}}},
                {QStringLiteral("b"),
                    {Cell{.text = QStringLiteral("=HYPERLINK(1)")}, Cell{.text = QStringLiteral("-5"), .sort = -5}}},
                {QStringLiteral("c"),
                    {Cell{.text = QStringLiteral("IT triage")}, Cell{.text = QStringLiteral("488"), .sort = 488}}}});
        return model;
    }

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }

    void fontsAreEmbedded()
    {
        QCOMPARE(QFontInfo(textFont(TextStyle::body)).family(), QStringLiteral("Inter"));
        QCOMPARE(QFontInfo(textFont(TextStyle::mono)).family(), QStringLiteral("JetBrains Mono"));
        QCOMPARE(QFontInfo(textFont(TextStyle::strong)).weight(), static_cast<int>(QFont::DemiBold));
    }

    void colouringIsNoChangeOfTheText()
    {
        CodeEditor editor(QStringLiteral("Rules"));
        editor.setRules(jsonRules());
        editor.setPlainText(QStringLiteral("{\"a\": 1}"));
        QSignalSpy changed(&editor, &QPlainTextEdit::textChanged);
        editor.setProblems({{1, 3, QStringLiteral("Unknown")}});
        editor.setProblems({});
        editor.setRules(yamlRules());
        QCOMPARE(changed.count(), 0);
        editor.appendPlainText(QStringLiteral("x"));
        QVERIFY(changed.count() > 0);
    }

    void returnPressesTheButtonWithTheFocus()
    {
        Dialog dialog(QStringLiteral("Submit"), {}, nullptr);
        Button* const cancel = dialog.addButton(QStringLiteral("Cancel"), Button::Role::secondary);
        Button* const act = dialog.addButton(QStringLiteral("Submit"), Button::Role::primary);
        QSignalSpy cancelled(cancel, &QAbstractButton::clicked);
        QSignalSpy acted(act, &QAbstractButton::clicked);
        QTest::keyClick(act, Qt::Key_Return);
        QTest::keyClick(cancel, Qt::Key_Enter);
        QCOMPARE(acted.count(), 1);
        QCOMPARE(cancelled.count(), 1);
    }

    void figuresAlign()
    {
        const QFont font = textFont(TextStyle::body);
        QCOMPARE(tabularWidth(font, QStringLiteral("1,111")), tabularWidth(font, QStringLiteral("8,888")));
        QVERIFY(tabularWidth(font, QStringLiteral("10")) > tabularWidth(font, QStringLiteral("1")));
    }

    void everyIconIsDrawn()
    {
        for (int at = 1; at < static_cast<int>(Icon::count); ++at) {
            const QString path = iconPath(static_cast<Icon>(at));
            QVERIFY2(QSvgRenderer(path).isValid(), qPrintable(path));
            const QImage image = icon(static_cast<Icon>(at)).pixmap(32, 32).toImage();
            bool drawn = false;
            for (int y = 0; y < image.height() && !drawn; ++y) {
                for (int x = 0; x < image.width() && !drawn; ++x)
                    drawn = qAlpha(image.pixel(x, y)) > 128;
            }
            QVERIFY2(drawn, qPrintable(path));
        }
    }

    void cellsModelKeepsTheContract()
    {
        CellsModel* model = agents(this);
        QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model->sort(1, Qt::AscendingOrder);
        QCOMPARE(model->keyAt(0).toString(), QStringLiteral("b"));
        QCOMPARE(model->rowOf(QStringLiteral("a")), 2);
        QCOMPARE(model->rowOf(QStringLiteral("none")), -1);
    }

    void copyIsSafeForSpreadsheets()
    {
        CellsModel* model = agents(this);
        QCOMPARE(rowsAsTsv(*model, {1, 0, 0}, {0, 1}),
            QStringLiteral("Agent\tRuns\nExpense audit\t1,204\n'=HYPERLINK(1)\t-5\n"));
        DataTable table(QStringLiteral("Agents"));
        table.setColumns({{QStringLiteral("agent"), 120}, {QStringLiteral("runs"), 80, CellKind::number}});
        table.setModel(model);
        table.selectRow(2);
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("Agent\tRuns\nIT triage\t488\n"));
    }

    void tableKeysWork()
    {
        DataTable table(QStringLiteral("Agents"));
        QLineEdit filter;
        table.setModel(agents(&table));
        table.setFilterField(&filter);
        QSignalSpy opened(&table, &DataTable::rowOpened);
        QSignalSpy peeked(&table, &DataTable::rowPeeked);
        table.setCurrentIndex(table.model()->index(0, 0));
        QTest::keyClick(&table, Qt::Key_J);
        QCOMPARE(table.currentIndex().row(), 1);
        QTest::keyClick(&table, Qt::Key_Return);
        QTest::keyClick(&table, Qt::Key_Space);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(peeked.size(), 1);
        QCOMPARE(table.verticalHeader()->sectionResizeMode(0), QHeaderView::Fixed);
    }

    void cellGeometry()
    {
        CellDelegate cells;
        CellsModel* model = agents(this);
        cells.setColumnKind(0, CellKind::link);
        cells.setColumnKind(1, CellKind::number);
        const QRect cell(100, 0, 200, 28);
        QCOMPARE(cells.contentRect(cell, model->index(0, 0)).left(), 112.0);
        QCOMPARE(cells.contentRect(cell, model->index(0, 1)).right(), 288.0);
        QVERIFY(cells.linkRect(cell, model->index(2, 0)).width() < 100);
        QVERIFY(cells.linkRect(cell, model->index(0, 1)).isEmpty());
        QCOMPARE(cells.kindOf(model->index(0, 1)), CellKind::number);
    }

    void noDecisionWithoutAReason()
    {
        ReasonDialog dialog({QStringLiteral("Refund"), {}, {QStringLiteral("Evidence supports it")},
                                QStringLiteral("Approve"), QStringLiteral("Deny")},
            nullptr);
        Button* approve = nullptr;
        Button* deny = nullptr;
        for (Button* button : dialog.findChildren<Button*>())
            (button->text() == QStringLiteral("Approve") ? approve : deny) = button;
        QVERIFY(approve != nullptr && deny != nullptr);
        QVERIFY(!approve->isEnabled() && !deny->isEnabled());
        QVERIFY(!approve->isDefault() && !approve->autoDefault() && !deny->autoDefault());
        const QList<QRadioButton*> reasons = dialog.findChildren<QRadioButton*>();
        reasons.last()->click();
        QVERIFY(!approve->isEnabled());
        reasons.first()->click();
        QVERIFY(approve->isEnabled() && deny->isEnabled());
        deny->click();
        QVERIFY(dialog.outcome() == ReasonDialog::Outcome::refused);
        QCOMPARE(dialog.reason(), QStringLiteral("Evidence supports it"));
    }

    void aTypedPhraseOpensTheLastStep()
    {
        ConfirmDialog dialog({QStringLiteral("Erase"), {}, {}, QStringLiteral("Erase"), Button::Role::dangerSolid,
                                 QStringLiteral("erase it")},
            nullptr);
        Button* act = nullptr;
        for (Button* button : dialog.findChildren<Button*>()) {
            if (button->text() == QStringLiteral("Erase"))
                act = button;
        }
        QVERIFY(act != nullptr && !act->isEnabled());
        dialog.findChild<TextField*>()->setText(QStringLiteral("erase it"));
        QVERIFY(act->isEnabled());
    }

    void filtersAreTakenFromWhatIsTyped()
    {
        FilterBar bar(QStringLiteral("Search"));
        bar.setKnownKeys({QStringLiteral("status")});
        QSignalSpy changed(&bar, &FilterBar::changed);
        bar.field()->setText(QStringLiteral("status:failed refund other:x"));
        QTest::keyClick(bar.field(), Qt::Key_Return);
        QCOMPARE(bar.filters().size(), std::size_t(1));
        QCOMPARE(bar.filters()[0].value, QStringLiteral("failed"));
        QCOMPARE(bar.text(), QStringLiteral("refund other:x"));
        QCOMPARE(changed.size(), 1);
    }

    void hunksAreReachedByKey()
    {
        using Kind = DiffLine::Kind;
        DiffView view(QStringLiteral("Prompt"));
        view.setLines({{Kind::same, 1, 1}, {Kind::added, 0, 2, QStringLiteral("first")}, {Kind::same, 2, 3},
            {Kind::removed, 3, 0, QStringLiteral("second")}});
        QTest::keyClick(&view, Qt::Key_F8);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("first"));
        QTest::keyClick(&view, Qt::Key_F8);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("second"));
        QTest::keyClick(&view, Qt::Key_F7);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("first"));
    }

    void unchangedStretchesAreFolded()
    {
        using Kind = DiffLine::Kind;
        std::vector<DiffLine> lines;
        for (int at = 1; at <= 20; ++at)
            lines.push_back({Kind::same, at, at, QStringLiteral("line %1").arg(at)});
        DiffView view(QStringLiteral("Prompt"));
        view.setLines(lines);
        QCOMPARE(view.rowCount(), 20);
        lines.insert(lines.begin() + 10, {Kind::added, 0, 11, QStringLiteral("new")});
        view.setLines(lines);
        // Seven folded, three beside, the line, three beside, seven folded.
        QCOMPARE(view.rowCount(), 9);
        QTest::keyClick(&view, Qt::Key_F8);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("new"));
        QTest::keyClick(&view, Qt::Key_Home);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 6);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(view.rowCount(), 15);
        view.setLayoutMode(DiffView::Layout::sideBySide);
        QCOMPARE(view.rowCount(), 9);
        view.unfold();
        QCOMPARE(view.rowCount(), 21);
    }

    void lateAnswersAreDropped()
    {
        QWidget window;
        window.resize(800, 600);
        CommandPalette palette(&window);
        std::function<void(std::vector<PaletteItem>)> late;
        palette.addProvider([&](const QString& typed, std::function<void(std::vector<PaletteItem>)> deliver) {
            if (typed == QStringLiteral("a"))
                late = std::move(deliver);
        });
        QSignalSpy chosen(&palette, &CommandPalette::chosen);
        window.show();
        palette.open(QStringLiteral("a"));
        auto* field = palette.findChild<SearchField*>();
        field->setText(QStringLiteral("ab"));
        late({{QStringLiteral("old"), QStringLiteral("Runs"), {}, QStringLiteral("8f3a21")}});
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(chosen.size(), 0);
        field->setText(QStringLiteral("a"));
        late({{QStringLiteral("new"), QStringLiteral("Runs"), {}, QStringLiteral("8f3a21")}});
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), QStringLiteral("new"));
    }

    void arrowsMoveAChoice()
    {
        Segmented choice(QStringLiteral("Layout"), {QStringLiteral("Unified"), QStringLiteral("Side by side")});
        QSignalSpy changed(&choice, &Segmented::currentChanged);
        QTest::keyClick(&choice, Qt::Key_Right);
        QTest::keyClick(&choice, Qt::Key_Right);
        QCOMPARE(choice.current(), 1);
        QCOMPARE(changed.size(), 1);
    }

    void waterfallKeepsItsSelection()
    {
        Waterfall view(QStringLiteral("Spans"));
        view.setRows({{1, QStringLiteral("a")}, {2, QStringLiteral("b")}});
        view.setCurrentKey(2);
        QSignalSpy selected(&view, &Waterfall::rowSelected);
        view.setRows({{2, QStringLiteral("b")}, {3, QStringLiteral("c")}});
        QCOMPARE(view.currentKey().toInt(), 2);
        QCOMPARE(selected.size(), 0);
    }
};

QTEST_MAIN(WidgetsTest)
#include "widgets_test.moc"
