#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/item_list.h"
#include "ui/kit/paragraph.h"
#include "ui/kit/text_style.h"
#include "ui/kit/theme.h"
#include "ui/kit/wrapped_rows.h"

#include <QHeaderView>
#include <QVBoxLayout>
#include <QTest>

using namespace ephor::ui;

class WrappingTest : public QObject {
    Q_OBJECT

private:
    static QString sentence()
    {
        return QStringLiteral("May call mail.send, after the word of a governance officer. A confirmation went out.");
    }

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(); }

    void aParagraphTakesTheLinesItNeedsAndNoMore()
    {
        const ParagraphWidth wide{4'000, 4'000};
        QCOMPARE(paragraphLines(TextStyle::body, sentence(), wide, 3), 1);
        QCOMPARE(paragraphLines(TextStyle::body, sentence(), {300, 300}, 3), 2);
        QCOMPARE(paragraphLines(TextStyle::body, sentence(), {60, 60}, 3), 3);
        // What stands beside the first line takes room from it alone.
        QCOMPARE(paragraphLines(TextStyle::body, sentence(), {100, 4'000}, 3), 2);
    }

    void rowsOfATableGrowWithTheirWords()
    {
        DataTable table(QStringLiteral("Rules"));
        auto* model = new CellsModel({QStringLiteral("Says"), QStringLiteral("Agent")}, &table);
        Cell titled{QStringLiteral("Leila Haddad")};
        titled.secondary = QStringLiteral("Service owner of everything there is in the house");
        model->setRows({{QStringLiteral("long"), {Cell{sentence()}, Cell{QStringLiteral("Refunds")}}},
            {QStringLiteral("short"), {Cell{QStringLiteral("May read.")}, Cell{QStringLiteral("Refunds")}}},
            {QStringLiteral("titled"), {titled, Cell{QStringLiteral("Refunds")}}}});
        table.setColumns({{QStringLiteral("says"), 0}, {QStringLiteral("agent"), 80}});
        new WrappedRows(&table);
        table.setModel(model);
        table.resize(360, 300);
        table.show();
        const int one = table.verticalHeader()->defaultSectionSize();
        QTRY_VERIFY(table.rowHeight(0) >= one + lineHeight(TextStyle::body));
        QCOMPARE(table.rowHeight(1), one);
        QVERIFY(table.rowHeight(2) > one);
        table.resize(1'600, 300);
        QTRY_COMPARE(table.rowHeight(0), one);
        QCOMPARE(table.rowHeight(2), one);
    }

    void rowsGrowAgainInAnotherLook()
    {
        DataTable table(QStringLiteral("Rules"));
        auto* model = new CellsModel({QStringLiteral("Says"), QStringLiteral("Agent")}, &table);
        model->setRows({{QStringLiteral("long"), {Cell{sentence()}, Cell{QStringLiteral("Refunds")}}}});
        table.setColumns({{QStringLiteral("says"), 0}, {QStringLiteral("agent"), 80}});
        new WrappedRows(&table);
        table.setModel(model);
        table.resize(360, 300);
        table.show();
        const auto twoLines
            = [&] { return table.verticalHeader()->defaultSectionSize() + lineHeight(TextStyle::body); };
        QTRY_VERIFY(table.rowHeight(0) >= twoLines());
        Theme::instance().setAppearance(Theme::Appearance::dark);
        QTRY_VERIFY(table.rowHeight(0) >= twoLines());
        Theme::instance().setAppearance(Theme::Appearance::light);
        table.setDensity(DataTable::Density::relaxed);
        QTRY_VERIFY(table.rowHeight(0) >= twoLines());
    }

    void aTableThatStretchesNeverScrollsSideways()
    {
        DataTable table(QStringLiteral("Record"));
        auto* model = new CellsModel({QStringLiteral("Entry"), QStringLiteral("Time"), QStringLiteral("Who"),
                                         QStringLiteral("Run"), QStringLiteral("What"), QStringLiteral("Outcome")},
            &table);
        table.setModel(model);
        table.setColumns({{QStringLiteral("entry"), 86}, {QStringLiteral("time"), 101}, {QStringLiteral("who"), 143},
            {QStringLiteral("run"), 83}, {QStringLiteral("what"), 0}, {QStringLiteral("outcome"), 93}});
        table.show();
        for (int width = 700; width < 1'400; width += 7) {
            table.resize(width, 200);
            QCOMPARE(table.horizontalHeader()->length(), table.viewport()->width());
        }
        // Nor after a column came back.
        table.setColumnHidden(3, true);
        QTRY_COMPARE(table.horizontalHeader()->length(), table.viewport()->width());
        table.setColumnHidden(3, false);
        QTRY_COMPARE(table.horizontalHeader()->length(), table.viewport()->width());
    }

    void detailsOfAListAreWhole()
    {
        ItemList list(QStringLiteral("What changed"));
        ListItem brief;
        brief.key = 1;
        brief.title = QStringLiteral("Stopped");
        brief.detail = QStringLiteral("By Ines.");
        ListItem tall = brief;
        tall.key = 2;
        tall.detail = sentence();
        list.setItems({brief, tall});
        list.resize(280, 400);
        list.show();
        const auto height = [&](int row) { return list.visualRect(list.model()->index(row, 0)).height(); };
        QTRY_VERIFY(height(1) >= height(0) + lineHeight(TextStyle::small));
        list.resize(1'200, 400);
        QTRY_COMPARE(height(1), height(0));
    }

    void aBannerWrapsItsMend()
    {
        QWidget window;
        auto* rows = new QVBoxLayout(&window);
        auto* banner = new Banner(State::failed, sentence(), sentence());
        rows->addWidget(banner);
        rows->addStretch(1);
        window.resize(2'000, 300);
        window.show();
        const int flat = banner->height();
        window.resize(420, 300);
        QTRY_VERIFY(banner->height() >= flat + 2 * lineHeight(TextStyle::small));
    }
};

QTEST_MAIN(WrappingTest)
#include "wrapping_test.moc"
