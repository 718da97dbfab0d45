#include "tests/core/trust/detect/scan_words.h"

#include <QTest>

using namespace ephor::detect;

class NamesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void found_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words");
        const auto row
            = [](const char* text, const char* words) { QTest::newRow(text) << QByteArray(text) << QByteArray(words); };
        row("I met John Smith today.", "PERSON John Smith");
        row("We wrote to Dr. Zyxwell yesterday", "PERSON Zyxwell");
        row("Frau Müller rief an", "PERSON Müller");
        row("Ada M. Nowak signed", "PERSON Ada M. Nowak");
        row("Mr Ludwig van Beethoven, composer", "PERSON Ludwig van Beethoven");
        row("José García und Jürgen Weiß", "PERSON José García; PERSON Jürgen Weiß");
        row("my name is Anna", "PERSON Anna");
        row("MARY JOHNSON", "PERSON MARY JOHNSON");
        row("Mark Taylor", "PERSON Mark Taylor");
        row("She moved from New York City to München.", "LOCATION New York City; LOCATION München");
        row("Rio de Janeiro", "LOCATION Rio de Janeiro");
        // Nobody is named by a word at the start of a sentence, or by a first name alone.
        row("Will it work? Mark the line. May I? Rose petals.", "");
        row("Anna", "");
        row("New rules apply", "");
        row("the Paristown", "");
        row("Order Mapping Table", "");
    }
    void found()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        QCOMPARE(QByteArray::fromStdString(scanWords(text.toStdString())), words);
    }

    void namesAreWeak()
    {
        const auto found = builtInSet(Profile::Ephor).scan("John Smith of Berlin");
        QVERIFY(found.has_value());
        QCOMPARE(found->size(), std::size_t(2));
        for (const Finding& finding : *found)
            QVERIFY(finding.score <= 0.5 && !finding.validated);
    }
};

QTEST_GUILESS_MAIN(NamesTest)
#include "names_test.moc"
