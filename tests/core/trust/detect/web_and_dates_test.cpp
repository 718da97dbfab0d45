#include "tests/core/trust/detect/scan_words.h"

#include <QTest>

using namespace ephor::detect;

class WebAndDatesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void found_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words");
        const auto row
            = [](const char* text, const char* words) { QTest::newRow(text) << QByteArray(text) << QByteArray(words); };
        row("write to ada.nowak+test@mail.example.com.", "EMAIL_ADDRESS ada.nowak+test@mail.example.com");
        row("<ada@example.co.uk>", "EMAIL_ADDRESS ada@example.co.uk");
        row("mailto:ada@example.com?subject=x", "EMAIL_ADDRESS ada@example.com");
        row("'ada@example.com'", "EMAIL_ADDRESS ada@example.com");
        row("ada@example.com,bob@example.com", "EMAIL_ADDRESS ada@example.com; EMAIL_ADDRESS bob@example.com");
        row("jürgen@bücher.de", "EMAIL_ADDRESS jürgen@bücher.de");
        row("ada@example.com.Then", "EMAIL_ADDRESS ada@example.com");
        row("连络ada@example.com谢谢", "EMAIL_ADDRESS ada@example.com");
        row("ada@example", "");
        row("@ada.com", "");
        row("ada@@example.com", "");
        row("npm i left-pad@1.3.0", "");
        row("see https://example.com/a?b=c#d.", "URL https://example.com/a?b=c#d");
        row("(see http://example.com/a_(b))", "URL http://example.com/a_(b)");
        row("[x](https://example.com/y)", "URL https://example.com/y");
        row("\"https://example.com:8080/\"", "URL https://example.com:8080/");
        row("www.example.org/path,", "URL www.example.org/path");
        row("go to example.com now", "URL example.com");
        row("Call std.to_string in main.py, and e.g. node.js", "");
        row("the end.The start", "");
        row("host 192.168.0.1:8080", "IP_ADDRESS 192.168.0.1");
        row("10.0.0.0/8", "IP_ADDRESS 10.0.0.0/8");
        row("256.1.1.1", "");
        row("version 1.2.3.4", "");
        row("1.2.3.4.5", "");
        row("[2001:db8::8a2e:370:7334]", "IP_ADDRESS 2001:db8::8a2e:370:7334");
        row("::ffff:192.0.2.128", "IP_ADDRESS ::ffff:192.0.2.128");
        row("fe80::1%eth0", "IP_ADDRESS fe80::1%eth0");
        row("::1 is home", "IP_ADDRESS ::1");
        row("2001:0db8:0000:0000:0000:ff00:0042:8329", "IP_ADDRESS 2001:0db8:0000:0000:0000:ff00:0042:8329");
        row("at 12:30:45 std::string ab::cd", "");
        row("1:2:3:4:5:6:7:8:9", "");
        row("00:1a:2b:3c:4d:5e", "MAC_ADDRESS 00:1a:2b:3c:4d:5e");
        row("AA-BB-CC-DD-EE-FF", "MAC_ADDRESS AA-BB-CC-DD-EE-FF");
        row("001a.2b3c.4d5e", "MAC_ADDRESS 001a.2b3c.4d5e");
        row("00:1a:2b:3c-4d:5e", "");
        row("00:1a:2b:3c:4d:5e:6f", "");
        row("2024-02-29", "DATE_TIME 2024-02-29");
        row("2024-11-23T04:10:06.123+01:00", "DATE_TIME 2024-11-23T04:10:06.123+01:00");
        row("2024-11-23 04:10", "DATE_TIME 2024-11-23 04:10");
        row("am 12.3.1984 geboren", "DATE_TIME 12.3.1984");
        row("12/31/1999", "DATE_TIME 12/31/1999");
        row("31/12/99", "DATE_TIME 31/12/99");
        row("12 March 2024", "DATE_TIME 12 March 2024");
        row("12. März 2024", "DATE_TIME 12. März 2024");
        row("March 3rd, 2024", "DATE_TIME March 3rd, 2024");
        row("3-MAR-2024", "DATE_TIME 3-MAR-2024");
        row("le 14 juillet 1789", "DATE_TIME 14 juillet 1789");
        row("2023-02-29", "");
        row("32.01.2024", "");
        row("1.2.2024.5", "");
        row("may 5 people", "DATE_TIME may 5");
        row("the mar 5000 ship", "");
    }
    void found()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        QCOMPARE(QByteArray::fromStdString(scanWords(text.toStdString())), words);
    }

    void phones_data()
    {
        QTest::addColumn<QByteArray>("number");
        for (const char* const number : {"020 7946 0958", "(020) 7946 0958", "02079460958", "+442079460958",
                 "+44 20 7946 0958", "+44 (0)20 7946 0958", "0044 20 7946 0958", "07700 900123", "07700-900-123",
                 "01632 960 983", "(415) 555-2671", "415-555-2671", "415.555.2671", "415 555 2671", "1-415-555-2671",
                 "+14155552671", "+1 (415) 555-2671", "030 12345678", "030/1234567", "0171-1234567", "+49 30 1234567",
                 "089 1234-567", "01 42 68 53 00", "0142685300", "01.42.68.53.00", "+33 1 42 68 53 00", "06 12345678",
                 "06-12345678", "+31 6 12345678", "+39 06 1234 5678", "06 1234567", "+34 612 345 678", "044 668 18 00",
                 "+41 44 668 18 00", "08-123 456 78", "+46 8 123 456 78", "+45 12 34 56 78", "+47 22 12 34 56",
                 "+48 22 123 45 67", "+353 1 234 5678", "+351 21 123 4567", "+32 2 123 45 67", "+43 1 2345678",
                 "+420 601 123 456", "+358 9 1234 5678", "+91 98765 43210", "+972 54-123-4567", "+81 3-1234-5678",
                 "+61 2 9876 5432", "(11) 98765-4321"})
            QTest::newRow(number) << QByteArray(number);
    }
    void phones()
    {
        QFETCH(QByteArray, number);
        const std::string expected = "PHONE_NUMBER " + number.toStdString();
        QCOMPARE(scanWords(number.toStdString()), expected);
        QCOMPARE(scanWords("Ring me: " + number.toStdString() + ", at noon."), expected);
        QCOMPARE(scanWords("(" + number.toStdString() + " today)"), expected);
    }

    void noPhones_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* const text : {"+999 123 456 789", "+1 415 555", "+44 20 7946 09581234", "0001234567",
                 "0123456789", "a020 7946 0958", "020 7946 0958b", "10-12 of 2024-11", "12-34-56", "(1) 2345 (6)",
                 "2024 11 23", "3.141 592 653", "100 000 000 people"})
            QTest::newRow(text) << QByteArray(text);
    }
    void noPhones()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(scanWordsFor(text.toStdString(), "PHONE_NUMBER"), std::string());
    }
};

QTEST_GUILESS_MAIN(WebAndDatesTest)
#include "web_and_dates_test.moc"
