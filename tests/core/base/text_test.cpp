#include <QtTest>

#include "core/base/text.h"

using namespace ephor;

namespace {

QByteArray joined(const std::vector<std::string_view>& parts)
{
    QByteArray text;
    for (const std::string_view part : parts)
        text += "[" + QByteArray(part.data(), qsizetype(part.size())) + "]";
    return text;
}

}

class TextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void utf8_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("good");
        QTest::newRow("empty") << QByteArray() << true;
        QTest::newRow("ASCII") << QByteArray("abc") << true;
        QTest::newRow("null") << QByteArray("\0", 1) << true;
        QTest::newRow("two bytes, first") << QByteArray("\xC2\x80") << true;
        QTest::newRow("three bytes, last before surrogates") << QByteArray("\xED\x9F\xBF") << true;
        QTest::newRow("last code point") << QByteArray("\xF4\x8F\xBF\xBF") << true;
        QTest::newRow("overlong two") << QByteArray("\xC1\xBF") << false;
        QTest::newRow("overlong three") << QByteArray("\xE0\x9F\xBF") << false;
        QTest::newRow("overlong four") << QByteArray("\xF0\x8F\xBF\xBF") << false;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
        QTest::newRow("above the last") << QByteArray("\xF4\x90\x80\x80") << false;
        QTest::newRow("five bytes") << QByteArray("\xF8\x88\x80\x80\x80") << false;
        QTest::newRow("cut short") << QByteArray("\xE2\x82") << false;
        QTest::newRow("continuation alone") << QByteArray("\x80") << false;
    }
    void utf8()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, good);
        QCOMPARE(isUtf8(std::string_view(bytes.constData(), std::size_t(bytes.size()))), good);
    }

    void utf16()
    {
        QVERIFY(toUtf16("a€😂") == u"a€😂");
        QVERIFY(toUtf16("a\xff z") == u"a\uFFFD z");
        QVERIFY(toUtf16("\xE2\x82") == u"\uFFFD\uFFFD");
    }

    void codePoints()
    {
        QCOMPARE(codePointCount(""), std::size_t(0));
        QCOMPARE(codePointCount("a€😂"), std::size_t(3));
        QCOMPARE(codePointCount("\xff\xfe"), std::size_t(2));
    }

    void shortening_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("shown");
        QTest::newRow("fits") << "abc" << 3 << "abc";
        QTest::newRow("cut") << "abcd" << 3 << "abc…";
        QTest::newRow("never inside a character") << "😂😂😂" << 2 << "😂😂…";
        QTest::newRow("nothing") << "abc" << 0 << "…";
        QTest::newRow("empty") << "" << 0 << "";
    }
    void shortening()
    {
        QFETCH(QString, text);
        QFETCH(int, count);
        QFETCH(QString, shown);
        QCOMPARE(QString::fromStdString(shorten(text.toStdString(), std::size_t(count))), shown);
    }

    void splitting()
    {
        QCOMPARE(joined(split("a,b,,c", ',')), QByteArray("[a][b][][c]"));
        QCOMPARE(joined(split("", ',')), QByteArray("[]"));
        QCOMPARE(joined(split(",", ',')), QByteArray("[][]"));
        QCOMPARE(joined(splitLines("a\n\nb\n")), QByteArray("[a][][b]"));
        QCOMPARE(joined(splitLines("a\nb")), QByteArray("[a][b]"));
        QCOMPARE(joined(splitLines("\n")), QByteArray("[]"));
        QCOMPARE(joined(splitLines("")), QByteArray(""));
    }

    void trimmingAndLowering()
    {
        QCOMPARE(std::string(trim(" \t\r\na b\n ")), std::string("a b"));
        QCOMPARE(std::string(trim(" \n")), std::string());
        QCOMPARE(lowerAscii("AbÄZ"), std::string("abÄz"));
    }

    void positions_data()
    {
        QTest::addColumn<int>("offset");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::newRow("start") << 0 << 1 << 1;
        QTest::newRow("inside") << 1 << 1 << 2;
        QTest::newRow("at the break") << 2 << 1 << 3;
        QTest::newRow("after the break") << 3 << 2 << 1;
        QTest::newRow("empty line") << 4 << 3 << 1;
        QTest::newRow("end") << 6 << 3 << 3;
        QTest::newRow("past the end") << 99 << 3 << 3;
    }
    void positions()
    {
        QFETCH(int, offset);
        QFETCH(int, line);
        QFETCH(int, column);
        const TextPosition position = positionAt("ab\n\ncd", std::size_t(offset));
        QCOMPARE(int(position.line), line);
        QCOMPARE(int(position.column), column);
    }
};

QTEST_GUILESS_MAIN(TextTest)
#include "text_test.moc"
