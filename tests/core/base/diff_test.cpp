#include <QtTest>

#include "core/base/diff.h"
#include "core/base/text.h"

#include <algorithm>
#include <random>

using namespace ephor;

namespace {

std::string shown(const TextDiff& diff)
{
    std::string text;
    for (const DiffedLine& line : diff.lines) {
        text += line.kind == DiffKind::Same ? '=' : line.kind == DiffKind::Removed ? '-' : '+';
        text += std::string(line.text) + (line.terminated ? "|" : "$");
    }
    return text;
}

std::string withoutMarks(const DiffedLine& line)
{
    std::string text;
    std::size_t at = 0;
    for (const DiffMark& mark : line.marks) {
        text += line.text.substr(at, mark.begin - at);
        at = mark.end;
    }
    return text + std::string(line.text.substr(at));
}

// The first text, from the same lines.
std::string undone(const TextDiff& diff)
{
    std::string text;
    for (const DiffedLine& line : diff.lines) {
        if (line.kind != DiffKind::Added)
            text += std::string(line.text) + (line.terminated ? "\n" : "");
    }
    return text;
}

// By the textbook's table: slow and plain.
std::size_t longestCommon(const std::vector<std::string_view>& left, const std::vector<std::string_view>& right)
{
    std::vector<std::vector<std::size_t>> best(left.size() + 1, std::vector<std::size_t>(right.size() + 1));
    for (std::size_t i = 1; i <= left.size(); ++i) {
        for (std::size_t j = 1; j <= right.size(); ++j)
            best[i][j]
                = left[i - 1] == right[j - 1] ? best[i - 1][j - 1] + 1 : std::max(best[i - 1][j], best[i][j - 1]);
    }
    return best[left.size()][right.size()];
}

std::string randomText(std::mt19937& random, std::size_t largestLines, const std::vector<std::string>& lines)
{
    std::string text;
    const std::size_t count = random() % (largestLines + 1);
    for (std::size_t i = 0; i < count; ++i)
        text += lines[random() % lines.size()] + "\n";
    if (!text.empty() && random() % 3 == 0)
        text.pop_back();
    return text;
}

}

class DiffTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lines_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("result");
        QTest::newRow("both empty") << "" << "" << "";
        QTest::newRow("same") << "a\nb\n" << "a\nb\n" << "=a|=b|";
        QTest::newRow("from nothing") << "" << "a\n" << "+a|";
        QTest::newRow("to nothing") << "a\nb" << "" << "-a|-b$";
        QTest::newRow("one line changed") << "a\nb\nc\n" << "a\nx\nc\n" << "=a|-b|+x|=c|";
        QTest::newRow("inserted") << "a\nc\n" << "a\nb\nc\n" << "=a|+b|=c|";
        QTest::newRow("moved") << "a\nb\n" << "b\na\n" << "-a|=b|+a|";
        QTest::newRow("last break lost") << "a\nb\n" << "a\nb" << "=a|-b|+b$";
        QTest::newRow("last break gained") << "a" << "a\n" << "-a$+a|";
        QTest::newRow("empty lines") << "\n\n" << "\n" << "=|-|";
        QTest::newRow("nothing in common") << "a\nb\n" << "c\nd\n" << "-a|-b|+c|+d|";
    }
    void lines()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, result);
        const std::string left = before.toStdString();
        const std::string right = after.toStdString();
        QCOMPARE(QString::fromStdString(shown(diffText(left, right))), result);
    }

    void numbersAreThoseOfTheTexts()
    {
        const TextDiff diff = diffText("a\nb\nc\n", "a\nx\nc\n");
        QCOMPARE(diff.added, std::size_t(1));
        QCOMPARE(diff.removed, std::size_t(1));
        QCOMPARE(diff.lines[1].before, std::size_t(2));
        QCOMPARE(diff.lines[1].after, std::size_t(0));
        QCOMPARE(diff.lines[2].after, std::size_t(2));
        QCOMPARE(diff.lines[3].before, std::size_t(3));
    }

    void words_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("removed");
        QTest::addColumn<QString>("added");
        QTest::newRow("word") << "pay within 30 days" << "pay within 14 days" << "30" << "14";
        QTest::newRow("inserted") << "refund the order" << "refund only the order" << "" << "only ";
        QTest::newRow("sign") << "a(b)c" << "a[b]c" << "(|)" << "[|]";
        QTest::newRow("umlaut is one word") << "der Käse ist alt" << "der Kübel ist alt" << "Käse" << "Kübel";
        QTest::newRow("spaces") << "a  b c d" << "a b c d" << "  " << " ";
    }
    void words()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, removed);
        QFETCH(QString, added);
        const std::string left = before.toStdString();
        const std::string right = after.toStdString();
        const TextDiff diff = diffText(left, right);
        QCOMPARE(diff.lines.size(), std::size_t(2));
        const auto marked = [](const DiffedLine& line) {
            QStringList parts;
            for (const DiffMark& mark : line.marks)
                parts << QString::fromStdString(std::string(line.text.substr(mark.begin, mark.end - mark.begin)));
            return parts.join('|');
        };
        QCOMPARE(marked(diff.lines[0]), removed);
        QCOMPARE(marked(diff.lines[1]), added);
    }

    void aRewrittenLineHasNoMarks()
    {
        const TextDiff diff = diffText("one thing entirely", "another matter altogether");
        QCOMPARE(diff.lines.size(), std::size_t(2));
        QVERIFY(diff.lines[0].marks.empty());
        QVERIFY(diff.lines[1].marks.empty());
    }

    void applyingGivesTheOtherText()
    {
        std::mt19937 random(20260101);
        const std::vector<std::string> few{"a", "b", "c", "a b c d", "a b x d", ""};
        for (int round = 0; round < 3'000; ++round) {
            const std::string before = randomText(random, 12, few);
            const std::string after = randomText(random, 12, few);
            const TextDiff diff = diffText(before, after);
            QCOMPARE(applyDiff(diff), after);
            QCOMPARE(undone(diff), before);
        }
    }

    void itIsAsShortAsCanBe()
    {
        std::mt19937 random(7);
        const std::vector<std::string> few{"a", "b", "c"};
        for (int round = 0; round < 2'000; ++round) {
            const std::string before = randomText(random, 14, few) + "end\n";
            const std::string after = randomText(random, 14, few) + "end\n";
            const TextDiff diff = diffText(before, after);
            const std::size_t common = diff.lines.size() - diff.added - diff.removed;
            QCOMPARE(common, longestCommon(splitLines(before), splitLines(after)));
        }
    }

    void unmarkedPartsAreTheSame()
    {
        std::mt19937 random(11);
        const std::vector<std::string> words{"pay ", "the ", "order", ", ", "ü", "30 ", "(", ")"};
        for (int round = 0; round < 2'000; ++round) {
            const auto line = [&] {
                std::string text;
                for (std::size_t i = random() % 12; i > 0; --i)
                    text += words[random() % words.size()];
                return text + "\n";
            };
            const std::string before = line();
            const std::string after = line();
            const TextDiff diff = diffText(before, after);
            if (diff.lines.size() != 2 || diff.lines[0].marks.empty() || diff.lines[1].marks.empty())
                continue;
            QCOMPARE(withoutMarks(diff.lines[0]), withoutMarks(diff.lines[1]));
            QVERIFY(isUtf8(withoutMarks(diff.lines[0])));
        }
    }

    void limitsEndTheSearchNotTheResult()
    {
        std::string before;
        std::string after;
        for (int i = 0; i < 3'000; ++i) {
            before += "line " + std::to_string(i % 97) + "\n";
            after += "line " + std::to_string((i * 31) % 97) + "\n";
        }
        for (const DiffLimits& limits : {DiffLimits{0, 0}, DiffLimits{1'000, 10}, DiffLimits{100'000, 2'000}}) {
            const TextDiff diff = diffText(before, after, limits);
            QCOMPARE(applyDiff(diff), after);
            QCOMPARE(undone(diff), before);
        }
    }

    // Without its limits the search would take 10^10 steps here: the test program's own time limit is the assertion.
    void hugeUnlikeTextsEnd()
    {
        std::string before;
        std::string after;
        for (int i = 0; i < 200'000; ++i) {
            before += std::to_string(i % 1'009) + "\n";
            after += std::to_string((i * 7 + 3) % 1'013) + "\n";
        }
        QCOMPARE(applyDiff(diffText(before, after)), after);
        const std::string wordsBefore(400'000, '(');
        std::string wordsAfter;
        for (int i = 0; i < 200'000; ++i)
            wordsAfter += "()";
        QCOMPARE(applyDiff(diffText(wordsBefore, wordsAfter)), wordsAfter);
    }

    void hunksKeepContext()
    {
        std::string before;
        for (int i = 1; i <= 30; ++i)
            before += std::to_string(i) + "\n";
        std::string after = before;
        after.replace(after.find("10\n"), 2, "ten");
        after.replace(after.find("14\n"), 2, "fourteen");
        after += "31\n";
        const TextDiff diff = diffText(before, after);
        const auto hunks = hunksOf(diff, 2);
        QCOMPARE(hunks, (std::vector<DiffHunk>{{7, 18}, {30, 33}}));
        QVERIFY(hunksOf(diffText(before, before)).empty());
    }

    void unifiedFormat()
    {
        QCOMPARE(unifiedDiff(diffText("a\nb\nc\n", "a\nx\nc")),
            std::string("@@ -1,3 +1,3 @@\n a\n-b\n-c\n+x\n+c\n\\ No newline at end of file\n"));
        QCOMPARE(unifiedDiff(diffText("", "a\n")), std::string("@@ -0,0 +1 @@\n+a\n"));
        QCOMPARE(unifiedDiff(diffText("a\n", "")), std::string("@@ -1 +0,0 @@\n-a\n"));
        QCOMPARE(unifiedDiff(diffText("a\n", "a\n")), std::string());
    }
};

QTEST_GUILESS_MAIN(DiffTest)
#include "diff_test.moc"
