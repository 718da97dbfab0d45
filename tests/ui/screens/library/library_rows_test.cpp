#include "tests/ui/screens/library/library_data.h"
#include "ui/library/library_rows.h"
#include "ui/screens/library/tool_page.h"

#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::library;
using namespace ephor::ui::test;

class LibraryRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void problemsAreUnderlinedWhereTheyAre()
    {
        const QString words = QString::fromUtf8(draftText);
        const auto problems = textProblems(words, {unknownReference()});
        QCOMPARE(problems.size(), 1u);
        QCOMPARE(words.mid(problems[0].start, problems[0].length), QStringLiteral("order.reference"));
    }

    void columnsCountBytes()
    {
        Problem problem = unknownReference();
        problem.line = 2;
        problem.column = 6;
        problem.length = 3;
        const QString words = QStringLiteral("x\n\u00e4\u00f6 {{a}}");
        const auto problems = textProblems(words, {problem});
        QCOMPARE(words.mid(problems[0].start, problems[0].length), QStringLiteral("{{a"));
    }

    void aPlaceThatIsGoneIsNotUnderlined()
    {
        Problem problem = unknownReference();
        QVERIFY(textProblems(QStringLiteral("one line"), {problem}).empty());
        problem.line = 0;
        QVERIFY(textProblems(QString::fromUtf8(draftText), {problem}).empty());
    }

    void theNearestNameIsOffered()
    {
        Document schema;
        schema.text = variablesSchema;
        const QStringList declared = declaredNames(schema);
        QVERIFY(declared.contains(QStringLiteral("order.paid_at")));
        QCOMPARE(nearestName(QStringLiteral("customer.nam"), declared), QStringLiteral("customer.name"));
        QCOMPARE(nearestName(QStringLiteral("order.idd"), declared), QStringLiteral("order.id"));
        QCOMPARE(nearestName(QStringLiteral("zzzzzzzzzz"), declared), QString());
    }

    void replacingTouchesTheNameAlone()
    {
        const QString words = QString::fromUtf8(draftText);
        const QString mended = withReplaced(words, unknownReference(), QStringLiteral("order.id"));
        QVERIFY(mended.contains(QStringLiteral("Its bank reference is {{order.id}}.")));
        QCOMPARE(
            withReplaced(QStringLiteral("short"), unknownReference(), QStringLiteral("x")), QStringLiteral("short"));
    }

    void undeclaredVariablesComeFirst()
    {
        Document schema;
        schema.text = variablesSchema;
        const auto lines = variableLines(
            QString::fromUtf8(draftText), schema, {"customer.name", "order.reference"}, {unknownReference()});
        QCOMPARE(lines[0].name, QStringLiteral("order.reference"));
        QVERIFY(lines[0].isUnknown);
        QCOMPARE(lines[0].lines, QList<int>{7});
        QCOMPARE(lines[1].name, QStringLiteral("customer.name"));
        QCOMPARE(lines[1].type, QStringLiteral("text"));
        const auto cells = variableCells(lines);
        QCOMPARE(cells[0].cells[1].text, QStringLiteral("\u2014"));
        QCOMPARE(cells[0].cells[2].text, QStringLiteral("Not declared"));
    }

    void agentsAreNamedOnce()
    {
        Use first;
        first.by = {DefinitionKind::Agent, "a", 1};
        Use second = first;
        second.by.version = 2;
        second.production = true;
        const auto agents = usingAgents({first, second});
        QCOMPARE(agents.size(), 1u);
        QVERIFY(agents[0].production);
    }

    void aRowSaysWhatIsReleased()
    {
        const auto rows = definitionCells({summaryOf(DefinitionKind::Prompt, "a", "A", 3, 2),
                                              summaryOf(DefinitionKind::Prompt, "b", "B", 1, std::nullopt)},
            fixedNow());
        QCOMPARE(rows[0].cells[4].text, QStringLiteral("v2"));
        QCOMPARE(rows[0].cells[5].secondary, QStringLiteral("ahead"));
        QCOMPARE(rows[1].cells[4].text, QStringLiteral("Not released"));
        QCOMPARE(
            fitting({summaryOf(DefinitionKind::Prompt, "abc", "Some Title", 1, 1)}, QStringLiteral("title ab")).size(),
            1u);
        QCOMPARE(
            fitting({summaryOf(DefinitionKind::Prompt, "abc", "Some Title", 1, 1)}, QStringLiteral("title x")).size(),
            0u);
    }

    void headersAreLines()
    {
        const auto headers = headersFrom(QStringLiteral("authorization: secret:crm\n\nx-a:b"));
        QVERIFY(headers);
        QCOMPARE(headers->at("authorization"), std::string("secret:crm"));
        QCOMPARE(headersText(*headers), QStringLiteral("authorization: secret:crm\nx-a: b"));
        QVERIFY(!headersFrom(QStringLiteral("no colon")));
    }
};

QTEST_GUILESS_MAIN(LibraryRowsTest)
#include "library_rows_test.moc"
