#include "core/trust/guard/marker.h"
#include "tests/core/trust/guard/made_protection.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::guard;
using namespace ephor::guard::testing;

namespace {

std::string upper(std::string text)
{
    for (char& c : text)
        c = c >= 'a' && c <= 'z' ? char(c - 32) : c;
    return text;
}

std::string fullWidth(std::string_view text)
{
    std::string wide;
    for (const char c : text)
        wide += std::string("\xEF\xBD") + char(0x80 + (c - 'a') + 1);
    return wide;
}

std::string spaced(std::string_view text, std::string_view between)
{
    std::string apart;
    for (const char c : text)
        apart += std::string(1, c) + std::string(between);
    return apart;
}

// The text in pieces of so many bytes; what was let go before it was refused.
Result<std::string> streamed(
    const std::string& text, const std::string& marker, std::size_t size, std::string& released)
{
    const auto stream = openMarkerStream(marker, "protection:house/PROMPT_MARKER");
    for (std::size_t at = 0; at < text.size(); at += size) {
        EPHOR_TRY(const std::string piece, stream->push(text.substr(at, size)));
        released += piece;
    }
    EPHOR_TRY(const std::string rest, stream->finish());
    return released += rest;
}

}

/// A mark in the prompt that nobody can guess: where it turns up, the prompt was told.
class MarkerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isOfOneRunAndOneKey()
    {
        ProtectionKey other = keys().values;
        other[0] ^= 1;
        QCOMPARE(markerOf(keys().values, "r1"), marker());
        QVERIFY(markerOf(keys().values, "r2") != marker());
        QVERIFY(markerOf(other, "r1") != marker());
        QCOMPARE(marker().size(), std::size_t(20));
        QVERIFY(markerLine(marker()).find(marker()) != std::string::npos);
    }

    void isFoundInEveryForm_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const std::string& text) {
            QTest::newRow(name) << QByteArray::fromStdString("It says " + text + " there.");
        };
        row("plain", marker());
        row("capitals", upper(marker()));
        row("spaces", spaced(marker(), " "));
        row("lines", spaced(marker(), "\n"));
        row("hyphens", spaced(marker(), "-"));
        row("unseen characters", spaced(marker(), "\xE2\x80\x8B"));
        row("full width", fullWidth(marker()));
        row("backwards", std::string(marker().rbegin(), marker().rend()));
        row("bold letters", "**" + marker().substr(0, 9) + "**" + marker().substr(9));
        row("Base64", QByteArray::fromStdString("the mark is " + marker() + " of course").toBase64().toStdString());
        QTest::newRow("JSON of pieces") << QByteArray::fromStdString(
            "{\"a\":\"" + marker().substr(0, 7) + "\",\"b\":[\"" + marker().substr(7) + "\"]}");
        QTest::newRow("JSON with breaks") << QByteArray::fromStdString("[\"" + spaced(marker(), "\\n") + "\"]");
        QTest::newRow("name of a member") << QByteArray::fromStdString("{\"" + upper(marker()) + "\":1}");
    }
    void isFoundInEveryForm()
    {
        QFETCH(QByteArray, text);
        QVERIFY(holdsMarker(text.toStdString(), marker()));
        QVERIFY(!holdsMarker(text.toStdString(), markerOf(keys().values, "r2")));
    }

    void nothingOfItIsLetGo()
    {
        for (const std::string& form :
            {marker(), upper(marker()), spaced(marker(), " "), fullWidth(marker()), spaced(marker(), "\xE2\x80\x8B")}) {
            const std::string text = "It says " + form + " there.";
            // Pieces are of whole characters, here of three bytes.
            const bool isPlain = std::ranges::all_of(form, [](char c) { return std::uint8_t(c) < 0x80; });
            for (const std::size_t size : {std::size_t(isPlain ? 1 : 4'000), std::size_t(1'000)}) {
                std::string released;
                const auto whole = streamed(text, marker(), size, released);
                QVERIFY(!whole);
                QCOMPARE(whole.error().code, std::string("guard.denied"));
                QVERIFY2(std::string("It says ").starts_with(released), released.c_str());
            }
        }
    }

    void otherTextsPassWhole()
    {
        const std::string text = "The first letters " + marker().substr(0, 12) + " are not all, nor is "
            + marker().substr(1) + ". " + spaced(marker().substr(0, 19), " ");
        for (std::size_t size = 1; size < 40; ++size) {
            std::string released;
            const auto whole = streamed(text, marker(), size, released);
            QVERIFY(whole.has_value());
            QCOMPARE(*whole, text);
        }
    }

    void whatNeverEndsIsNotHeldForEver()
    {
        std::string released;
        const auto held = streamed(marker().substr(0, 3) + std::string(70'000, ' '), marker(), 1'000, released);
        QVERIFY(!held);
        QCOMPARE(held.error().code, std::string("guard.held-too-much"));
        QVERIFY(released.empty());
    }

private:
    static std::string marker() { return markerOf(keys().values, "r1"); }
};

QTEST_GUILESS_MAIN(MarkerTest)
#include "marker_test.moc"
