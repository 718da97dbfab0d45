#include "core/base/text.h"
#include "core/trust/sanitize/sanitizer.h"
#include "tests/core/trust/sanitize/attacks.h"
#include "tests/core/trust/sanitize/ordinary_texts.h"
#include "tests/core/trust/sanitize/soup.h"

#include <QTest>
#include <algorithm>

using namespace ephor::sanitize;

namespace {

constexpr Sink allSinks[]
    = {Sink::Model, Sink::Text, Sink::Markdown, Sink::Html, Sink::Terminal, Sink::Spreadsheet, Sink::Log, Sink::Code};

const AllowedHosts hosts{"ok.example", ".shop.example"};

QString shown(const std::string& text)
{
    return QString::fromStdString(text);
}

std::string nameOf(const Sink sink)
{
    return boost::describe::enum_to_string(sink, "?");
}

/// What must hold for any bytes and any sink; empty when it does.
std::string broken(const std::string& raw, const Sink sink)
{
    const Sanitized once = sanitize(raw, sink, hosts);
    if (!ephor::isUtf8(once.text))
        return "invalid UTF-8";
    const Sanitized twice = sanitize(once.text, sink, hosts);
    if (twice.text != once.text)
        return "changed again: " + once.text + " -> " + twice.text;
    if (!twice.removed.empty())
        return "removed again without a change";
    if (once.removed.empty() != (once.text == raw))
        return "changed without a word, or told of a change that is none";
    std::size_t start = 0;
    for (const Removal& removal : once.removed) {
        if (removal.start < start || removal.end <= removal.start || removal.end > raw.size())
            return "a removal out of order or of nothing";
        if (!ephor::isUtf8(removal.revealed) || removal.revealed.size() > 256)
            return "an unreadable revelation";
        start = removal.start;
    }
    return {};
}

}

class SanitizerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyAttack_data()
    {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < attacks().size(); ++i)
            QTest::newRow(attacks()[i].name) << int(i);
    }
    void everyAttack()
    {
        QFETCH(int, row);
        const Attack& attack = attacks()[std::size_t(row)];
        const Sanitized result = sanitize(attack.raw, attack.sink, hosts);
        QCOMPARE(shown(result.text), shown(attack.text));
        QVERIFY(!result.removed.empty());
        QCOMPARE(boost::describe::enum_to_string(result.removed.front().kind, "?"),
            boost::describe::enum_to_string(attack.kind, "?"));
        std::string revealed;
        for (const Removal& removal : result.removed)
            revealed += removal.revealed;
        QCOMPARE(shown(revealed), shown(attack.revealed));
    }

    void ordinaryTextStays_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("html");
        for (const OrdinaryText& ordinary : ordinaryTexts())
            QTest::newRow(ordinary.name) << QByteArray::fromStdString(ordinary.text) << ordinary.html;
    }
    void ordinaryTextStays()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, html);
        const std::string raw = text.toStdString();
        for (const Sink sink : allSinks) {
            if (sink == Sink::Log || sink == Sink::Code || (sink == Sink::Html && !html))
                continue;
            const Sanitized result = sanitize(raw, sink, hosts);
            QCOMPARE(shown(result.text), shown(raw));
            QVERIFY(result.removed.empty());
        }
    }

    void everySinkSettles_data() { everyAttack_data(); }
    void everySinkSettles()
    {
        QFETCH(int, row);
        for (const Sink sink : allSinks)
            QCOMPARE(broken(attacks()[std::size_t(row)].raw, sink), std::string());
    }

    /// Any mixture: valid, settled, all told.
    void everyMixtureSettles()
    {
        for (std::uint32_t seed = 0; seed < 400; ++seed) {
            Soup soup(seed);
            const std::size_t pieces = 1 + soup.below(80);
            const std::string raw = seed % 2 == 0 ? soup.text(pieces) : soup.bytes(pieces);
            for (const Sink sink : allSinks) {
                const std::string fault = broken(raw, sink);
                QVERIFY2(fault.empty(),
                    qPrintable(QString("seed %1, %2: %3").arg(seed).arg(nameOf(sink).c_str(), fault.c_str())));
            }
        }
    }

    /// An attack wrapped in itself many times, so that taking one out uncovers the next.
    void nestedAttacksSettle()
    {
        struct Nested {
            const char* before;
            const char* after;
        };
        static constexpr Nested nested[] = {{"<scr", "<script></script>ipt>"}, {"<!-", "<!-- -->- x -->"},
            {"\\x1", "\\x1b[mb[m"}, {"&#8", "&#8203;203;"}, {"](", "](//e.example)"}, {"[a](java", "<b onx=1>"},
            {"<b hidden>", "</b>"}, {"htt", "http://e.example ps://f.example"}, {"ww", "www.e.example w.f.example"}};
        for (const Nested& each : nested)
            for (const int depth : {1, 2, 7, 40}) {
                std::string raw;
                for (int i = 0; i < depth; ++i)
                    raw = each.before + raw + each.after;
                for (const Sink sink : allSinks)
                    QCOMPARE(broken(raw, sink), std::string());
            }
    }

    /// Sown unseen characters make no difference to what is left, where none may stay.
    void unseenCharactersLeaveNoTrace()
    {
        static constexpr char32_t unseen[] = {0x200B, 0x2060, 0xFEFF, 0xAD, 0xE0041, 0x202E, 0xE000, 0xFE05};
        for (std::uint32_t seed = 0; seed < 200; ++seed) {
            Soup soup(seed);
            std::string plain;
            std::string sown;
            for (int i = 0; i < 40; ++i) {
                const char c = char(' ' + soup.below(0x5F));
                plain += c;
                sown += c;
                if (soup.below(3) == 0)
                    appendUtf8(sown, unseen[soup.below(std::uint32_t(std::size(unseen)))]);
            }
            QCOMPARE(sanitize(sown, Sink::Code).text, plain);
        }
    }

    void placesAreThoseOfTheRawText()
    {
        const std::string raw = "a\xff"
                                "b\u200b<!--x\u200by-->c";
        const Sanitized result = sanitize(raw, Sink::Model);
        QCOMPARE(result.text, std::string("a\uFFFDbc"));
        QCOMPARE(result.removed.size(), std::size_t(4));
        const auto piece = [&](std::size_t i) {
            return raw.substr(result.removed[i].start, result.removed[i].end - result.removed[i].start);
        };
        QCOMPARE(piece(0), std::string("\xff"));
        QCOMPARE(piece(1), std::string("\u200b"));
        QCOMPARE(piece(2), std::string("<!--x\u200by-->"));
        QCOMPARE(result.removed[2].revealed, std::string("xy"));
        QCOMPARE(piece(3), std::string("\u200b"));
    }

    void aHundredMegabytes()
    {
        std::string raw(100'000'000, 'a');
        raw.replace(50'000'000, 3, "\u200b");
        const Sanitized result = sanitize(raw, Sink::Model);
        QCOMPARE(result.text.size(), raw.size() - 3);
        QCOMPARE(result.removed.size(), std::size_t(1));
        QCOMPARE(result.removed.front().start, std::size_t(50'000'000));
    }

    void removalsAreBounded()
    {
        std::string raw;
        for (int i = 0; i < 300'000; ++i)
            raw += i % 2 == 0 ? "a\u200b" : "b\xff";
        const Sanitized result = sanitize(raw, Sink::Text);
        QVERIFY(result.removed.size() <= 100'100);
        QCOMPARE(result.removed.front().start, std::size_t(1));
        std::size_t last = 0;
        for (const Removal& removal : result.removed)
            last = std::max(last, removal.end);
        QCOMPARE(last, raw.size());
        QCOMPARE(result.text.size(), std::size_t(300'000 + 150'000 * 3));
    }

    /// Shapes on which a careless reader looks through the rest of the text again and again.
    void longShapesEnd()
    {
        static constexpr const char* shapes[] = {"<a b=\"", "<a b='x\" ", "<!--", "<b hidden>",
            "<i style=display:none><u hidden>", "](", "](a", "](//", "](http://e \"", "](http://e 'x", "](<",
            "]:", "]:\r", "](tel:", "http://", "www.", "www.a", "\\x1b]", "\x1b]", "\x1b[", "&#", "&amp", "<a ", "<",
            "[", "((((", "](((", "\xe2\x80\xae", "\xe2\x81\xa6", "\xf3\xa0\x81\x81", "https://ok.example/", "<a/b ",
            "<a b=\"<a c=' <", "--", "<!--->", "javascript:", "](&#9;"};
        for (const char* const shape : shapes) {
            std::string raw;
            while (raw.size() < 100'000)
                raw += shape;
            for (const Sink sink : {Sink::Model, Sink::Markdown, Sink::Html, Sink::Terminal})
                QVERIFY(ephor::isUtf8(sanitize(raw, sink).text));
        }
    }
};

QTEST_GUILESS_MAIN(SanitizerTest)
#include "sanitizer_test.moc"
