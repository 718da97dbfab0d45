#include "core/base/text.h"
#include "core/trust/sanitize/matching_form.h"
#include "tests/core/trust/sanitize/soup.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::sanitize;

namespace {

std::string formText(const std::string& text)
{
    const auto form = matchingForm(text);
    return form ? form->text : text;
}

/// What must hold for any text; empty when it does.
std::string broken(const std::string& text)
{
    const auto form = matchingForm(text);
    if (!form)
        return {};
    if (form->text == text)
        return "a form that changes nothing";
    if (form->originOf(form->text.size()) != text.size())
        return "an end that leads to the end";
    if (!isUtf8(form->text))
        return "no valid UTF-8";
    for (std::size_t i = 0; i < form->text.size(); ++i) {
        const bool starts = (std::uint8_t(form->text[i]) & 0xC0) != 0x80;
        const std::size_t at = form->originOf(i);
        if (at > form->originOf(i + 1))
            return "places that rise";
        if (starts && (at >= text.size() || (std::uint8_t(text[at]) & 0xC0) == 0x80))
            return "a character that begins within one";
    }
    if (const auto again = matchingForm(form->text))
        return "another form of the form";
    return {};
}

}

class MatchingFormTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asciiIsItsOwnForm()
    {
        std::string all;
        for (int c = 0; c < 128; ++c)
            all += char(c);
        QVERIFY(!matchingForm(all));
        QVERIFY(!matchingForm(""));
        QVERIFY(!matchingForm("modern 01 lO rn"));
    }

    void foldedAlready()
    {
        QVERIFY(!matchingForm("Grüße aus Zürich, ça va, señor"));
        QVERIFY(!matchingForm("漢字 かな 한글"));
    }

    void forms_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("form");
        const auto row = [](const char* name, const char* given, const char* form) {
            QTest::newRow(name) << QString::fromUtf8(given) << QString::fromUtf8(form);
        };
        row("full width", "ＡＫＩＡ１２３４＠ｘ．ｃｏｍ", "AKIA1234@x.com");
        row("arabic digits", "٤١١١ ۱۲۳۴", "4111 1234");
        row("devanagari digits", "४१११", "4111");
        row("mathematical", "𝟒𝟏𝟏𝟏 𝓲𝓰𝓷𝓸𝓻𝓮", "4111 ignore");
        row("circled", "①②③ ❹ ⓘⓖⓝ 🅘", "123 4 ign I");
        row("keycaps", "4️⃣1️⃣", "41");
        row("zero width", "4111\u200b1111\u200d1111\u2060", "411111111111");
        row("soft hyphen", "pass\u00adword", "password");
        row("directions", "\u202e4111\u202c", "4111");
        row("tags", "a\U000E0041\U000E0042b", "ab");
        row("selectors", "a\ufe0fb\U000E0101c", "abc");
        row("cyrillic", "іgnоrе аll", "ignore all");
        row("cyrillic capitals", "ІGNОRЕ", "IGNORE");
        row("greek", "ΙΒΑΝ ο", "IBAN o");
        row("a cyrillic letter is no digit", "З б", "З б");
        row("dashes", "123‑45–6789 − 1", "123-45-6789 - 1");
        row("quotes", "‘a’ “b” d´un", "'a' \"b\" d'un");
        row("blanks", "1\u00a0234\u2009567\u3000", "1 234 567 ");
        row("ligature", "ﬁle", "file");
        row("strokes", "i\u0336g\u0336n\u0336ore", "ignore");
        row("piled accents", "p\u0302\u0323a o\u0302\u0323\u0302", "pa ộ");
        row("composed", "e\u0301", "é");
        row("looks alike and has an accent", "е\u0301 ё", "é ë");
        row("ideographic full stop", "a@b。com", "a@b.com");
        row("line separator", "a\u2028b\u0085c", "a\nb\nc");
        row("c1", "a\u009bb", "ab");
        row("arabic words keep most letters", "سلم", "سلم");
    }
    void forms()
    {
        QFETCH(QString, given);
        QFETCH(QString, form);
        QCOMPARE(QString::fromStdString(formText(given.toStdString())), form);
        QCOMPARE(broken(given.toStdString()), std::string());
    }

    void rangesLeadBack()
    {
        const std::string text = "see ﬁle 1\u200b2３é!";
        const auto form = matchingForm(text);
        QVERIFY(form);
        QCOMPARE(form->text, std::string("see file 123é!"));
        const auto piece = [&](std::size_t start, std::size_t end) {
            const auto [from, to] = form->originalRange(start, end);
            return text.substr(from, to - from);
        };
        QCOMPARE(piece(0, 3), std::string("see"));
        QCOMPARE(piece(4, 5), std::string("ﬁ")); // half of what it became is all of it
        QCOMPARE(piece(4, 8), std::string("ﬁle"));
        QCOMPARE(piece(9, 12), std::string("1\u200b2３"));
        QCOMPARE(piece(12, 15), std::string("é!"));
        QCOMPARE(piece(3, 3), std::string());
        QCOMPARE(piece(form->text.size(), form->text.size()), std::string());
    }

    void everyCharacter()
    {
        for (char32_t value = 0x80; value <= 0x10FFFF; ++value) {
            // Surrogates are none, and planes 4 to 13 are empty.
            if ((value >= 0xD800 && value <= 0xDFFF) || (value >= 0x40000 && value <= 0xDFFFF))
                continue;
            std::string text = "a";
            appendUtf8(text, value);
            text += "b";
            const std::string fault = broken(text);
            QVERIFY2(fault.empty(), qPrintable(QString("U+%1: %2").arg(value, 0, 16).arg(fault.c_str())));
        }
    }

    void everyMixture()
    {
        for (std::uint32_t seed = 0; seed < 800; ++seed) {
            Soup soup(seed);
            const std::string text = soup.text(1 + soup.below(60));
            const std::string fault = broken(text);
            QVERIFY2(fault.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(fault.c_str())));
        }
    }

    /// Putting unseen characters anywhere changes no form.
    void unseenCharactersChangeNothing()
    {
        static constexpr char32_t unseen[] = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x34F, 0x115F, 0x3164,
            0xFFA0, 0xFE0F, 0xE0041, 0x202E, 0x61C};
        for (std::uint32_t seed = 0; seed < 300; ++seed) {
            Soup soup(seed);
            const std::string text = soup.text(30);
            std::string sown;
            for (std::size_t at = 0; at < text.size();) {
                const std::uint8_t length = codePointAt(text, at).length;
                sown += text.substr(at, length);
                if (soup.below(3) == 0)
                    appendUtf8(sown, unseen[soup.below(std::uint32_t(std::size(unseen)))]);
                at += length;
            }
            QCOMPARE(formText(sown), formText(text));
        }
    }

    /// A base with a million marks would be sorted in quadratic time.
    void marksWithoutEndAreCut()
    {
        std::string text = "a";
        for (int i = 0; i < 1'000'000; ++i)
            text += i % 2 == 0 ? "\u05b0" : "\u0323";
        const auto form = matchingForm(text);
        QVERIFY(form);
        QVERIFY(form->text.size() < 100);
        QCOMPARE(broken(text), std::string());
    }

    void brokenBytesPass()
    {
        const auto form = matchingForm("\xff\xc3 ｘ \xed\xa0\x80");
        QVERIFY(form);
        QCOMPARE(form->text, std::string("\xff\xc3 x \xed\xa0\x80"));
    }
};

QTEST_GUILESS_MAIN(MatchingFormTest)
#include "matching_form_test.moc"
