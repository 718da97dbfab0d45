#include "ui/models/keep_selection.h"
#include "ui/models/paged_table_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <deque>

using namespace ephor;
using namespace ephor::ui;

namespace {

struct Line {
    std::uint64_t index = 0;
    int touched = 0;
};

class LineModel : public PagedTableModel<Line> {
public:
    LineModel()
        : PagedTableModel({QStringLiteral("Index"), QStringLiteral("Touched")})
    {
    }

protected:
    QVariant cell(const Line& line, int column, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        return column == 0 ? QVariant(qulonglong(line.index)) : QVariant(line.touched);
    }
    QString keyOf(const Line& line) const override { return QString::number(line.index); }
};

/// A list of `size` lines, newest first, answered when the test says so.
struct Source {
    struct Waiting {
        LineModel::PageAsk ask;
        LineModel::Done done;
    };

    std::uint64_t size = 0;
    std::deque<Waiting> waiting;
    int asked = 0;
    std::uint64_t skip = ~0ULL; ///< a line that has left the list

    auto fetch()
    {
        return [this](const LineModel::PageAsk& ask, LineModel::Done done) {
            ++asked;
            waiting.push_back({ask, std::move(done)});
        };
    }

    LineModel::Page page(const LineModel::PageAsk& ask, Addressing addressing) const
    {
        LineModel::Page page;
        std::uint64_t before = addressing == Addressing::index ? ask.before : ask.cursor.toULongLong();
        if (before == 0)
            before = size;
        while (before > 0 && page.rows.size() < ask.limit) {
            if (--before != skip)
                page.rows.push_back({before, asked});
        }
        if (addressing == Addressing::cursor && before > 0)
            page.next = QString::number(before);
        page.total = size - (skip < size ? 1 : 0);
        return page;
    }

    void answerAll(Addressing addressing)
    {
        // Wanted pages are asked for in the next turn of the loop.
        for (int turn = 0; turn < 400; ++turn) {
            QCoreApplication::processEvents();
            if (waiting.empty())
                return;
            const Waiting next = std::move(waiting.front());
            waiting.pop_front();
            next.done(page(next.ask, addressing));
        }
        QFAIL("the model asks without end");
    }
};

qulonglong shown(const LineModel& model, int row)
{
    return model.data(model.index(row, 0), Qt::DisplayRole).toULongLong();
}

bool loading(const LineModel& model, int row)
{
    return model.data(model.index(row, 0), CellRole::loading).toBool();
}

}

class PagedTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tenMillionByIndex()
    {
        Source source;
        source.size = 10'000'000;
        LineModel model;
        QSignalSpy total(&model, &PagedTableBase::totalChanged);
        model.setFetch(Addressing::index, source.fetch());
        source.answerAll(Addressing::index);
        QCOMPARE(model.rowCount(), int(largestViewRows));
        QCOMPARE(total.last()[0].toULongLong(), 10'000'000ULL);
        QCOMPARE(shown(model, 0), 9'999'999ULL);

        const int middle = 1'234'567;
        QVERIFY(loading(model, middle));
        source.answerAll(Addressing::index);
        QCOMPARE(shown(model, middle), 9'999'999ULL - 1'234'567ULL);
        QVERIFY(source.asked < 12);

        const int row = model.seek(17);
        QVERIFY(row >= 0);
        QVERIFY(loading(model, row));
        source.answerAll(Addressing::index);
        QCOMPARE(shown(model, row), 17ULL);
        model.seekNewest();
        source.answerAll(Addressing::index);
        QVERIFY(!loading(model, 0) || source.asked > 0);
        source.answerAll(Addressing::index);
        QCOMPARE(shown(model, 0), 9'999'999ULL);
    }

    void windowArithmetic()
    {
        PageWindow window;
        QCOMPARE(window.rows(), 0);
        window.setTotal(300);
        QCOMPARE(window.rows(), 300);
        QCOMPARE(window.indexOf(0), 299ULL);
        QCOMPARE(window.rowOf(0), std::optional(299));
        QVERIFY(!window.rowOf(300));
        QVERIFY((window.blockOf(0) == PageWindow::Block{256, 256}));
        QVERIFY((window.blockOf(1) == PageWindow::Block{300, 44}));
        window.setTotal(10'000'000);
        window.seek(0);
        QCOMPARE(window.rows(), int(largestViewRows));
        QVERIFY(window.rowOf(0));
        QVERIFY(!window.followsNewest());
        window.seek(9'999'999);
        QVERIFY(window.rowOf(9'999'999));
    }

    void growsAtTheTopByIndex()
    {
        Source source;
        source.size = 1'000;
        LineModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFetch(Addressing::index, source.fetch());
        source.answerAll(Addressing::index);
        QPersistentModelIndex kept(model.index(10, 0));
        QCOMPARE(shown(model, 10), 989ULL);
        source.answerAll(Addressing::index);
        source.size = 1'300;
        model.reload();
        source.answerAll(Addressing::index);
        QCOMPARE(model.rowCount(), 1'300);
        QCOMPARE(kept.row(), 310);
        (void)shown(model, 0);
        (void)shown(model, 310);
        source.answerAll(Addressing::index);
        QCOMPARE(shown(model, 0), 1'299ULL);
        QCOMPARE(shown(model, 310), 989ULL);
    }

    void cursorJumpFetchesWhatLiesBetween()
    {
        Source source;
        source.size = 3'000;
        LineModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFetch(Addressing::cursor, source.fetch());
        source.answerAll(Addressing::cursor);
        QCOMPARE(model.rowCount(), 3'000);
        QVERIFY(loading(model, 2'999));
        source.answerAll(Addressing::cursor);
        QCOMPARE(shown(model, 2'999), 0ULL);
        QCOMPARE(shown(model, 1'500), 1'499ULL);
        QCOMPARE(source.asked, 12);
    }

    void cursorKeepsAtMostItsPages()
    {
        Source source;
        source.size = 40'000;
        LineModel model;
        model.setFetch(Addressing::cursor, source.fetch());
        source.answerAll(Addressing::cursor);
        const int far = 66 * 256;
        QVERIFY(model.rowCount() < 40'000);
        for (int row = 0; row <= far; row += 256) {
            (void)shown(model, std::min(row, model.rowCount() - 1));
            source.answerAll(Addressing::cursor);
        }
        QVERIFY(loading(model, 0));
        source.answerAll(Addressing::cursor);
        QCOMPARE(shown(model, 0), 39'999ULL);
    }

    void reloadInsertsNewRowsAndKeepsOldOnes()
    {
        Source source;
        source.size = 600;
        LineModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTableView view;
        view.setModel(&model);
        model.setFetch(Addressing::cursor, source.fetch());
        source.answerAll(Addressing::cursor);
        KeepSelection kept(&view, &model);
        QSignalSpy keys(&kept, &KeepSelection::keyChanged);
        view.setCurrentIndex(model.index(3, 0));
        QCOMPARE(kept.key(), QStringLiteral("596"));
        source.size = 610;
        model.reload();
        source.answerAll(Addressing::cursor);
        QCOMPARE(model.rowCount(), 610);
        QCOMPARE(shown(model, 0), 609ULL);
        QCOMPARE(view.currentIndex().row(), 13);
        QCOMPARE(keys.count(), 1);
        (void)shown(model, 609);
        source.answerAll(Addressing::cursor);
        QCOMPARE(shown(model, 609), 0ULL);
        QCOMPARE(shown(model, 300), 309ULL);
    }

    void rowsThatLeaveTheListAreGone()
    {
        Source source;
        source.size = 700;
        LineModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFetch(Addressing::cursor, source.fetch());
        source.answerAll(Addressing::cursor);
        (void)shown(model, 699);
        source.answerAll(Addressing::cursor);
        source.skip = 300; // in the second page
        model.reload();
        source.answerAll(Addressing::cursor);
        (void)shown(model, 400);
        source.answerAll(Addressing::cursor);
        (void)shown(model, 698);
        source.answerAll(Addressing::cursor);
        QCOMPARE(model.rowCount(), 699);
        QCOMPARE(shown(model, 398), 301ULL);
        QCOMPARE(shown(model, 399), 299ULL);
        QCOMPARE(model.rowOfKey(QStringLiteral("300")), -1);
    }

    void oldAnswersAreDropped()
    {
        Source source;
        source.size = 100;
        LineModel model;
        model.setFetch(Addressing::cursor, source.fetch());
        Source::Waiting old = std::move(source.waiting.front());
        source.waiting.clear();
        source.size = 50;
        model.restart();
        source.answerAll(Addressing::cursor);
        QCOMPARE(model.rowCount(), 50);
        Source before;
        before.size = 100;
        old.done(before.page(old.ask, Addressing::cursor));
        QCOMPARE(model.rowCount(), 50);
    }

    void aFailureIsToldAndNotRepeated()
    {
        Source source;
        source.size = 1'000;
        LineModel model;
        QSignalSpy failed(&model, &PagedTableBase::failed);
        model.setFetch(Addressing::index, source.fetch());
        source.waiting.front().done(fail(ErrorKind::Unavailable, "remote.unreachable", "No answer."));
        source.waiting.clear();
        QCOMPARE(failed.count(), 1);
        QVERIFY(model.hasFailed());
        QCoreApplication::processEvents();
        QVERIFY(source.waiting.empty());
        model.reload();
        source.answerAll(Addressing::index);
        QVERIFY(!model.hasFailed());
        QCOMPARE(model.rowCount(), 1'000);
    }

    void anEmptyListIsEmpty()
    {
        for (const Addressing addressing : {Addressing::index, Addressing::cursor}) {
            Source source;
            LineModel model;
            QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
            model.setFetch(addressing, source.fetch());
            source.answerAll(addressing);
            QCOMPARE(model.rowCount(), 0);
            source.size = 3;
            model.reload();
            source.answerAll(addressing);
            QCOMPARE(model.rowCount(), 3);
        }
    }
};

QTEST_MAIN(PagedTableTest)
#include "paged_table_test.moc"
