#include "core/base/json.h"
#include "core/trust/guard/escape_view.h"
#include "core/trust/guard/held_stream.h"
#include "tests/core/trust/guard/made_protection.h"

#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

using namespace ephor;
using namespace ephor::guard;
using namespace ephor::guard::testing;

namespace {

const std::string speltCard = "\\u0034111 1111 1111\\u00201111";

/// A text and the same with some of its characters escaped; where each byte of the first begins in the second.
struct Escaped {
    std::string plain;
    std::string text;
    std::vector<std::size_t> origin;
};

std::string unitOf(unsigned char c, std::mt19937& random)
{
    const std::string digits = random() % 2 == 0 ? "0123456789abcdef" : "0123456789ABCDEF";
    const std::string backslashes(random() % 5 == 0 ? 3 : 1, '\\');
    return backslashes + "u00" + digits[c >> 4] + digits[c & 15];
}

std::string hexadecimal(char c)
{
    const std::string digits = "0123456789abcdef";
    return {digits[std::uint8_t(c) >> 4], digits[std::uint8_t(c) & 15]};
}

Escaped escapedAtRandom(const std::string& plain, std::mt19937& random)
{
    const unsigned oneIn = 1 + random() % 6;
    Escaped escaped{plain, {}, {}};
    for (const char c : plain) {
        escaped.origin.push_back(escaped.text.size());
        if (c == '\n' && random() % 2 == 0)
            escaped.text += "\\n";
        else if (std::uint8_t(c) < 0x80 && random() % oneIn == 0)
            escaped.text += unitOf(std::uint8_t(c), random);
        else
            escaped.text += c;
    }
    escaped.origin.push_back(escaped.text.size());
    return escaped;
}

Escaped madeUp(std::mt19937& random)
{
    static const std::vector<std::string> planted{"4111 1111 1111 1111", "5555-5555-5555-4444", "anna.berg@example.com",
        "DE89 3704 0044 0532 0130 00", "+44 20 7946 0958",
        std::string("ghp_") + "16C7e42F292c6912E7710c838347Ae178B4a"};
    static const std::vector<std::string> fillers{"the refund was sent", "please check it again", "on Tuesday",
        "the amount is 12.50", "a card", "write to", "\u00fcber die Stra\u00dfe", "with the number", "see", "(so)"};
    std::string text;
    for (std::size_t left = 3 + random() % 8; left > 0; --left) {
        const auto& from = random() % 3 == 0 ? planted : fillers;
        text += from[random() % from.size()];
        text += random() % 6 == 0 ? "\n" : " ";
    }
    return escapedAtRandom(text, random);
}

std::shared_ptr<const Protection> protectionWith(ProtectAction action)
{
    return withRules({ruleOf("personal", action), ruleOf("financial", action), ruleOf("secret", action)});
}

std::vector<Judged> judged(const Protection& protection, const std::string& text)
{
    auto found = protection.judge(text, TextSurface::Answer, {});
    if (!found)
        qFatal("%s", found.error().message.c_str());
    return std::move(*found);
}

std::string streamed(const std::shared_ptr<const Protection>& protection, const std::string& text, std::mt19937& random)
{
    const auto stream = openHeldStream(protection);
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = 1 + random() % 12;
        shown += stream->push(std::string_view(text).substr(at, length)).value();
        at += length;
    }
    return shown + stream->finish().value();
}

}

/// A value that the escapes of JSON spell is found wherever the JSON stands, and what becomes of it is what becomes of
/// the value.
class EscapedTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void spellings_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("reading");
        QTest::newRow("unit") << QByteArray("a\\u0034b") << QByteArray("a4b");
        QTest::newRow("large digits") << QByteArray("\\u00E4\\u004B") << QByteArray("\u00e4K");
        QTest::newRow("pair") << QByteArray("x\\ud83d\\uDE00y") << QByteArray("x\U0001F600y");
        QTest::newRow("letters") << QByteArray("\\\"\\/\\b\\f\\n\\r\\t") << QByteArray("\"/\b\f\n\r\t");
        QTest::newRow("in a string of a string") << QByteArray("\\\\u0034\\\\\\\\n\\\\\\\"") << QByteArray("4\n\"");
        QTest::newRow("backslash spelled") << QByteArray("\\u005cu0034\\u005C\\u005cn") << QByteArray("4\n");
        QTest::newRow("only a backslash") << QByteArray("a\\u005cq") << QByteArray("a\\q");
        QTest::newRow("pair of a string") << QByteArray("\\\\ud83d\\\\ude00") << QByteArray("\U0001F600");
        QTest::newRow("beside others") << QByteArray("\\d\\u00zz\\u0034\\") << QByteArray("\\d\\u00zz4\\");
        QTest::newRow("half a pair") << QByteArray("\\ud83d\\u0034") << QByteArray("\\ud83d4");
    }
    void spellings()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, reading);
        const auto view = behindEscapes(text.toStdString());
        QVERIFY(view.has_value());
        QCOMPARE(QByteArray::fromStdString(view->text), reading);
        QCOMPARE(view->origin.size(), view->text.size() + 1);
        QVERIFY(std::ranges::is_sorted(view->origin));
        QCOMPARE(view->origin.back(), std::uint32_t(text.size()));
    }

    void whatIsNoEscapeHasNoReading()
    {
        for (const char* const text : {"", "plain", "C:\\dir\\q", "\\x34\\064", "\\u12", "\\ude00", "\\ud83d", "\\\\"})
            QVERIFY2(!behindEscapes(text), text);
    }

    void whatTheEndMayHaveCutIsTold_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("whole");
        QTest::newRow("none") << QByteArray("abc\\u0034d") << 10;
        QTest::newRow("backslash") << QByteArray("abc\\") << 3;
        QTest::newRow("backslashes") << QByteArray("abc\\\\\\") << 3;
        QTest::newRow("digits") << QByteArray("abc\\u003") << 3;
        QTest::newRow("spelled backslash") << QByteArray("abc\\u005c") << 3;
        QTest::newRow("first of a pair") << QByteArray("abc\\ud83d") << 3;
        QTest::newRow("half of a pair") << QByteArray("abc\\ud83d\\ude0") << 3;
        QTest::newRow("no escape") << QByteArray("abc\\q") << 5;
        QTest::newRow("behind others") << QByteArray("\\n\\u0034\\u") << 8;
    }
    void whatTheEndMayHaveCutIsTold()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, whole);
        QCOMPARE(int(wholeEscapes(text.toStdString())), whole);
    }

    void valuesAreFoundWhereverTheJsonStands_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("behind");
        QTest::newRow("JSON") << QByteArray("{\"card\":\"") << QByteArray("\"}");
        QTest::newRow("prose") << QByteArray("Paid with {\"card\":\"") << QByteArray("\"}, as agreed.");
        QTest::newRow("lines") << QByteArray("{\"a\":1}\n{\"card\":\"") << QByteArray("\"}\n{\"a\":2}");
        QTest::newRow("cut off") << QByteArray("{\"a\":[{\"card\":\"") << QByteArray("\",");
        QTest::newRow("a string alone") << QByteArray("\"") << QByteArray("\"");
        QTest::newRow("behind a break") << QByteArray("\"card\\n") << QByteArray("\\n\"");
        QTest::newRow("string in JSON") << QByteArray("{\"content\":\"{\\\"card\\\":\\\"") << QByteArray("\\\"}\"}");
    }
    void valuesAreFoundWhereverTheJsonStands()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, behind);
        const auto protection = withRules({ruleOf("CREDIT_CARD", ProtectAction::Redact)});
        for (const TextSurface surface :
            {TextSurface::Input, TextSurface::Arguments, TextSurface::Result, TextSurface::Answer}) {
            const Inspection inspection
                = look(*protection, (before + QByteArray::fromStdString(speltCard) + behind).toStdString(), surface);
            QCOMPARE(inspection.replacement.value_or(""), (before + "[CARD NUMBER]" + behind).toStdString());
            QCOMPARE(inspection.noticed.size(), std::size_t(1));
        }
    }

    void jsonInAStringIsReadToItsDepth()
    {
        const auto protection = withRules({ruleOf("CREDIT_CARD", ProtectAction::Redact)});
        std::string text = "{\"card\":\"" + speltCard + "\"}";
        for (int depth = 0; depth < 4; ++depth) {
            text = compactJson(Json{{"content", text}});
            const Inspection inspection = look(*protection, text, TextSurface::Result);
            QVERIFY(inspection.replacement.has_value());
            QVERIFY2(inspection.replacement->find("111") == std::string::npos, inspection.replacement->c_str());
            QVERIFY(parseJson(*inspection.replacement));
        }
    }

    void whatStandsInsteadIsThatOfTheValue_data()
    {
        QTest::addColumn<int>("action");
        for (const auto action : {ProtectAction::Mask, ProtectAction::Hash, ProtectAction::Tokenise})
            QTest::addRow("action %d", int(action)) << int(action);
    }
    void whatStandsInsteadIsThatOfTheValue()
    {
        QFETCH(int, action);
        const auto protection = withRules({ruleOf("CREDIT_CARD", ProtectAction(action))});
        const Inspection plain = look(*protection, "card " + card + " paid", TextSurface::Answer);
        const Inspection spelt = look(*protection, "card " + speltCard + " paid", TextSurface::Answer);
        QVERIFY(plain.replacement.has_value());
        QCOMPARE(spelt.replacement.value_or(""), *plain.replacement);
        QVERIFY(spelt.standIns == plain.standIns);
    }

    void anExceptionHoldsForTheSpeltValue()
    {
        ProtectionBody body;
        body.rules = {ruleOf("CREDIT_CARD", ProtectAction::Deny)};
        QVERIFY(look(*made(body), "card " + speltCard, TextSurface::Answer).word == VerdictWord::Deny);
        body.exceptions.push_back({"CREDIT_CARD", made(body)->exceptionOf("CREDIT_CARD", card).value(), "A test card"});
        QVERIFY(look(*made(body), "card " + speltCard, TextSurface::Answer).word == VerdictWord::Allow);
    }

    void aTextThatOnlyLooksEscapedIsReadAsItStands()
    {
        const auto protection = withRules({ruleOf("EMAIL_ADDRESS", ProtectAction::Redact)});
        const Inspection inspection = look(*protection, "C:\\new\\" + mail + "\\backup", TextSurface::Answer);
        QCOMPARE(inspection.replacement.value_or(""), std::string("C:\\new\\[E-MAIL ADDRESS]\\backup"));
    }

    void findingsAreThoseOfThePlainText()
    {
        const auto protection = protectionWith(ProtectAction::Redact);
        std::mt19937 random(20'261'124);
        std::size_t found = 0;
        for (int i = 0; i < 200; ++i) {
            const Escaped escaped = madeUp(random);
            std::string expected;
            for (const Judged& each : judged(*protection, escaped.plain))
                expected += each.finding.entity->name + ' ' + std::to_string(escaped.origin[each.finding.start]) + '-'
                    + std::to_string(escaped.origin[each.finding.end]) + '\n';
            std::string actual;
            for (const Judged& each : judged(*protection, escaped.text)) {
                actual += each.finding.entity->name + ' ' + std::to_string(each.finding.start) + '-'
                    + std::to_string(each.finding.end) + '\n';
                ++found;
            }
            QVERIFY2(actual == expected,
                (escaped.plain + "\n" + escaped.text + "\nfound: " + actual + "\nof the plain text: " + expected)
                    .c_str());
        }
        QVERIFY(found > 100);
    }

    void piecesComeToTheWhole()
    {
        std::mt19937 random(20'261'125);
        int changed = 0;
        for (const auto action : {ProtectAction::Redact, ProtectAction::Tokenise}) {
            const auto protection = protectionWith(action);
            for (int i = 0; i < 60; ++i) {
                const std::string text = madeUp(random).text;
                const std::string whole = look(*protection, text, TextSurface::Answer).replacement.value_or(text);
                changed += whole != text;
                const std::string pieces = streamed(protection, text, random);
                QVERIFY2(pieces == whole, ("text: " + text + "\nwhole: " + whole + "\npieces: " + pieces).c_str());
            }
        }
        QVERIFY(changed > 20);
    }

    void noPieceLetsPartOfAValueOut_data()
    {
        QTest::addColumn<int>("backslashes");
        QTest::newRow("JSON") << 1;
        QTest::newRow("in a string") << 3;
        // Longer than any number that is written without escapes.
        QTest::newRow("in strings of strings") << 15;
    }
    void noPieceLetsPartOfAValueOut()
    {
        QFETCH(int, backslashes);
        const auto protection = protectionWith(ProtectAction::Redact);
        const auto stream = openHeldStream(protection);
        std::string text = "your request was looked at and the answer is on its way to you, see ";
        for (const char c : std::string_view("DE89 3704 0044 0532 0130 00"))
            text += c == ' ' ? " " : std::string(std::size_t(backslashes), '\\') + "u00" + hexadecimal(c);
        std::string shown;
        for (const char c : text) {
            shown += stream->push(std::string_view(&c, 1)).value();
            QVERIFY2(shown.find('\\') == std::string::npos, shown.c_str());
        }
        QVERIFY(!shown.empty());
        shown += stream->finish().value();
        QCOMPARE(shown, look(*protection, text, TextSurface::Answer).replacement.value_or(""));
        QVERIFY(shown.ends_with("see [IBAN]"));
    }
};

QTEST_GUILESS_MAIN(EscapedTextTest)
#include "escaped_text_test.moc"
