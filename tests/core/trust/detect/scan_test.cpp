#include "core/trust/detect/batch.h"
#include "core/trust/detect/detector_set.h"
#include "core/trust/detect/overlap.h"
#include "tests/core/trust/detect/scan_words.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <random>

using namespace ephor;
using namespace ephor::detect;

namespace {

struct Known {
    const char* entity;
    const char* number;
};

// One of each family whose check digits make it sure wherever it stands.
constexpr Known sureNumbers[] = {
    {"CREDIT_CARD", "4111 1111 1111 1111"},
    {"CREDIT_CARD", "378282246310005"},
    {"IBAN_CODE", "GB29 NWBK 6016 1331 9268 19"},
    {"IBAN_CODE", "DE89370400440532013000"},
    {"IT_FISCAL_CODE", "RSSMRA85T10A562S"},
    {"FI_PERSONAL_IDENTITY_CODE", "131052-308T"},
    {"ES_NIF", "12345678Z"},
    {"SG_NRIC_FIN", "S1234567D"},
    {"KR_RRN", "900101-1234568"},
    {"TR_NATIONAL_ID", "10000000146"},
    {"AU_ABN", "51 824 753 556"},
    {"EMAIL_ADDRESS", "ada@example.com"},
    {"PHONE_NUMBER", "+44 20 7946 0958"},
    {"CRYPTO", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"},
};

QByteArray rowName(const Known& known)
{
    return QByteArray(known.entity) + " " + known.number;
}

std::string replaced(std::string text, char from, std::string_view to)
{
    std::string made;
    for (const char c : text) {
        if (c == from)
            made += to;
        else
            made += c;
    }
    return made;
}

std::string after(std::string_view text, const std::string& between)
{
    std::string made;
    for (const char c : text) {
        made += c;
        if (made.size() < text.size() * 8)
            made += between;
    }
    made.resize(made.size() - between.size());
    return made;
}

std::string fullWidth(std::string_view text)
{
    std::string made;
    for (const char c : text) {
        if (c <= ' ' || c > '~') {
            made += c;
            continue;
        }
        const unsigned point = 0xFF01U + unsigned(c - '!');
        made += char(0xE0U | (point >> 12));
        made += char(0x80U | (point >> 6 & 0x3F));
        made += char(0x80U | (point & 0x3F));
    }
    return made;
}

std::string repeated(std::string_view text, std::size_t size)
{
    std::string made;
    while (made.size() < size)
        made += text;
    return made;
}

}

class ScanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void disguised_data()
    {
        QTest::addColumn<QByteArray>("entity");
        QTest::addColumn<QByteArray>("number");
        for (const Known& known : sureNumbers)
            QTest::newRow(rowName(known)) << QByteArray(known.entity) << QByteArray(known.number);
    }
    void disguised()
    {
        QFETCH(QByteArray, entity);
        QFETCH(QByteArray, number);
        const std::string plain = number.toStdString();
        const std::string name = entity.toStdString() + " ";
        const auto find = [&](const std::string& before, const std::string& written, const std::string& behind) {
            QCOMPARE(scanWords(before + written + behind), name + written);
        };
        find("", plain, "");
        find("We had a look at it: ", plain, ", and all was well.");
        find("", plain, ".");
        find("(", plain, ")");
        find("“", plain, "”");
        find("{\"value\":\"", plain, "\"}");
        find("value=", plain, ";");
        find("<td>", plain, "</td>");
        find("line\n", plain, "\nline");
        find("\t", plain, "\t");
        find("Größe – ", plain, " – straße");
        // Written with characters that nobody sees or that look alike.
        find("x ", after(plain, "\u200B"), " y");
        find("x ", after(plain, "\u2060"), " y");
        find("x ", after(plain, "\u00AD"), " y");
        find("", fullWidth(plain), " y");
        find("x ", replaced(plain, ' ', "\u00A0"), " y");
        find("x ", replaced(plain, ' ', "\u202F"), " y");
        if (entity != "FI_PERSONAL_IDENTITY_CODE")
            find("x ", replaced(plain, '-', "\u2011"), " y");
    }

    void otherSeparators_data() { disguised_data(); }
    void otherSeparators()
    {
        QFETCH(QByteArray, entity);
        QFETCH(QByteArray, number);
        const bool card = entity == "CREDIT_CARD";
        for (const char separator : std::string_view(card ? "-._/:" : "-.")) {
            const std::string written = replaced(number.toStdString(), ' ', std::string(1, separator));
            QCOMPARE(scanWords("x " + written + " y"), entity.toStdString() + " " + written);
        }
    }

    void changedDigitsAreNeverValidated_data()
    {
        QTest::addColumn<QByteArray>("entity");
        QTest::addColumn<QByteArray>("number");
        for (const Known& known : sureNumbers) {
            const QByteArray entity(known.entity);
            if (entity != "EMAIL_ADDRESS" && entity != "PHONE_NUMBER" && entity != "KR_RRN")
                QTest::newRow(rowName(known)) << entity << QByteArray(known.number);
        }
    }
    void changedDigitsAreNeverValidated()
    {
        QFETCH(QByteArray, entity);
        QFETCH(QByteArray, number);
        for (qsizetype i = 0; i < number.size(); ++i) {
            if (number[i] < '0' || number[i] > '9')
                continue;
            for (char digit = '0'; digit <= '9'; ++digit) {
                QByteArray changed = number;
                changed[i] = digit;
                const std::string words = scanWordsFor(changed.toStdString(), entity.toStdString());
                // Several digits of an Australian number may be wrong together, one alone may not.
                QCOMPARE(words.empty(), digit != number[i]);
            }
        }
    }

    void ordinaryTextIsLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
        row("prose", "In 1984 some 12,345 people came, 3.5 % more than in 1983; the 7th of 12 talks took 90 minutes.");
        row("prose with sums", "It cost 1,234,567.89 dollars, or 1.234.567,89 euros, plus 19% on 250 000 of them.");
        row("code",
            "for (std::size_t i = 0; i < 4096; ++i) { sum += table[i & 0xFF] * 0x9E3779B97F4A7C15; } // a::b()");
        row("more code", "const x = arr.map(e => e.id).filter(Boolean); import os.path; self.value_1 = 2**31 - 1");
        row("epoch", "ts=1700000000 ts_ms=1700000000123 took=0.004213 pid=31337 tid=140735340871680");
        row("hash",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 commit 5148443 id 820136e");
        row("identifiers",
            "order 100234567, batch 7781234, part A1-20-3344, item 20240017, version 10.2.33-rc1, ISBN-like 12345");
        row("UUID", "550e8400-e29b-41d4-a716-446655440000");
        row("base64", "TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24sIGJ1dCBieSB0aGlz");
        row("table", "17 42 88 120 4500 7 31\n18 43 89 121 4501 8 32\n19 44 90 122 4502 9 33");
        row("German", "Im § 14 Abs. 3 Nr. 2 steht auf Seite 120 nichts von 500 Stück; siehe Bild 3.2 und Kapitel 4.");
        row("ratios", "1:2:3 and 10/100/1000 and 1-2-3, 5x5, 4.0.1");
    }
    void ordinaryTextIsLeftAlone()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(scanWords(text.toStdString()), std::string());
    }

    void overlapsLeaveTheBest()
    {
        constexpr std::uint32_t one = 0;
        constexpr std::uint32_t two = 1;
        constexpr std::uint32_t link = 2;
        const std::vector<Entity> entities{{"ONE", "", EntityClass::Personal}, {"TWO", "", EntityClass::Personal},
            {"LINK", "", EntityClass::Technical}};
        const auto left = [&](std::vector<Candidate> findings) {
            std::string text;
            for (const Candidate& finding : withoutOverlaps(std::move(findings), entities))
                text += entities[finding.entity].name + std::to_string(finding.start) + " ";
            return text;
        };
        QCOMPARE(left({{one, 0, 5, 0.5F, false}, {two, 3, 8, 0.6F, false}}), "TWO3 ");
        QCOMPARE(left({{one, 0, 5, 0.5F, true}, {two, 3, 8, 0.5F, false}}), "ONE0 ");
        QCOMPARE(left({{one, 0, 5, 0.5F, false}, {two, 3, 9, 0.5F, false}}), "TWO3 ");
        QCOMPARE(left({{two, 3, 8, 0.5F, false}, {one, 0, 5, 0.5F, false}}), "ONE0 ");
        QCOMPARE(left({{one, 0, 5, 0.5F, false}, {two, 5, 8, 0.4F, false}}), "ONE0 TWO5 ");
        // The middle one is best: both neighbours go, though they do not touch each other.
        QCOMPARE(left({{one, 0, 5, 0.5F, false}, {two, 4, 8, 0.9F, false}, {one, 7, 9, 0.5F, false}}), "TWO4 ");
        // The middle one loses to the first, so the last stays.
        QCOMPARE(left({{one, 0, 5, 0.9F, false}, {two, 4, 8, 0.5F, false}, {one, 7, 9, 0.4F, false}}), "ONE0 ONE7 ");
        QCOMPARE(left({{link, 0, 9, 0.5F, false}, {one, 3, 8, 0.5F, false}}), "ONE3 ");
        QCOMPARE(left({}), "");
    }

    void presidioKeepsOverlaps()
    {
        constexpr std::uint32_t one = 0;
        constexpr std::uint32_t two = 1;
        QCOMPARE(withoutContained({{one, 0, 5, 0.5F, false}, {two, 0, 5, 0.9F, false}}).size(), std::size_t(2));
        QCOMPARE(withoutContained({{one, 0, 5, 0.5F, false}, {one, 1, 4, 0.5F, false}}).size(), std::size_t(1));
        QCOMPARE(withoutContained({{one, 0, 5, 0.5F, false}, {one, 1, 4, 0.9F, false}}).size(), std::size_t(2));
        QCOMPARE(withoutContained({{one, 0, 5, 0.5F, false}, {one, 1, 6, 0.5F, false}}).size(), std::size_t(2));
        const std::string all = scanWords("912701234", Profile::Presidio);
        for (const char* const entity : {"US_ITIN", "US_SSN", "US_PASSPORT", "US_BANK_NUMBER", "US_DRIVER_LICENSE"})
            QVERIFY(all.find(entity) != std::string::npos);
        QVERIFY(all.find("DE_LANR") == std::string::npos);
        QCOMPARE(scanWordsFor("020 7946 0958", "PHONE_NUMBER", Profile::Presidio), "PHONE_NUMBER 020 7946 0958");
    }

    // Presidio's patterns for these have no word boundaries, and whoever relies on that finds it in its profile alone.
    void presidioLooksInsideWords()
    {
        QCOMPARE(scanWords("BB1388568"), "MEDICAL_LICENSE BB1388568");
        QCOMPARE(scanWordsFor("BB1388568", "MEDICAL_LICENSE", Profile::Presidio), "MEDICAL_LICENSE BB1388568");
        QCOMPARE(scanWordsFor("xBB1388568y", "MEDICAL_LICENSE", Profile::Presidio), "MEDICAL_LICENSE BB1388568");
        QCOMPARE(scanWordsFor("xBB1388569y", "MEDICAL_LICENSE", Profile::Presidio), "");
        QCOMPARE(scanWordsFor("xBB1388568y", "MEDICAL_LICENSE"), "");
        const std::string wallet = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        QCOMPARE(scanWordsFor("x" + wallet, "CRYPTO", Profile::Presidio), "CRYPTO " + wallet);
        QCOMPARE(scanWordsFor("x" + wallet, "CRYPTO"), "");
        QCOMPARE(scanWordsFor("xx" + wallet + "5", "CRYPTO", Profile::Presidio), "");
    }

    void longTextsAreReadInParts()
    {
        // A number lies across each edge between parts, wherever that is.
        const std::string filler = repeated("nothing to see here, ", (std::size_t(1) << 20) - 40);
        for (std::size_t shift = 0; shift < 64; shift += 5) {
            const std::string text
                = filler + std::string(shift, 'x') + " GB29 NWBK 6016 1331 9268 19 " + repeated("and so on ", 5'000);
            QCOMPARE(scanWords(text), "IBAN_CODE GB29 NWBK 6016 1331 9268 19");
        }
    }

    void sixteenMegabytes()
    {
        const std::string one = "4111 1111 1111 1111 and ada@example.com, ";
        const std::string text = repeated(one, std::size_t(16) << 20);
        const auto found = builtInSet(Profile::Ephor).scan(text);
        QVERIFY(found.has_value());
        QCOMPARE(found->size(), text.size() / one.size() * 2);
        for (std::size_t i = 0; i < found->size(); ++i)
            QCOMPARE((*found)[i].start, i / 2 * one.size() + (i % 2 == 0 ? 0 : 24));
        for (const char c : {'1', 'A', ' ', '@', ':', '.', '(', '+', '-'}) {
            const std::string same(std::size_t(1) << 19, c);
            QVERIFY(builtInSet(Profile::Ephor).scan(same).value().empty());
        }
    }

    // Blanks are what an unoptimised build reads quickest; detect_bench measures the rest.
    void aHundredMegabytes()
    {
        constexpr std::size_t size = 100'000'000;
        constexpr std::string_view card = "4111 1111 1111 1111";
        std::string text(size, ' ');
        const std::vector<std::size_t> places{0, size / 2, (std::size_t(64) << 20) - 9, size - card.size()};
        for (const std::size_t place : places)
            text.replace(place, card.size(), card);
        const auto found = builtInSet(Profile::Ephor).scan(text);
        QVERIFY(found.has_value());
        QCOMPARE(found->size(), places.size());
        for (const Finding& finding : *found)
            QVERIFY(std::ranges::find(places, finding.start) != places.end() && finding.entity->name == "CREDIT_CARD");
    }

    void tooMuchIsRefusedAndNotToldInPart()
    {
        const auto tooLong = builtInSet(Profile::Ephor).scan(std::string(largestScannedText + 1, ' '));
        QVERIFY(!tooLong.has_value());
        QCOMPARE(tooLong.error().code, std::string("detect.too-large"));
        QVERIFY(tooLong.error().message.contains("256 MiB"));
        CustomDetector letter;
        letter.entity = "LETTER";
        letter.title = "Letter";
        letter.words = {"q"};
        letter.score = 1;
        const auto set = DetectorSet::compile(Profile::Ephor, std::span(&letter, 1));
        QVERIFY(set.has_value());
        const std::string name = "LETTER";
        const auto tooMany = (*set)->scanFor(repeated("q ", 2 * (mostFindings + 100)), std::span(&name, 1));
        QVERIFY(!tooMany.has_value());
        QCOMPARE(tooMany.error().code, std::string("detect.too-many-findings"));
    }

    void randomBytesAreRefusedOrRead()
    {
        std::mt19937 chance(7);
        std::size_t refused = 0;
        for (int round = 0; round < 400; ++round) {
            std::string bytes(std::size_t(chance() % 200), '\0');
            for (char& byte : bytes)
                byte = char(round % 2 == 0 ? chance() % 256 : chance() % 128);
            const auto found = builtInSet(Profile::Ephor).scan(bytes);
            if (!found) {
                QCOMPARE(found.error().code, "detect.utf8");
                ++refused;
            } else {
                for (const Finding& finding : *found)
                    QVERIFY(finding.start < finding.end && finding.end <= bytes.size());
            }
        }
        QVERIFY(refused > 100 && refused < 201);
    }

    void items()
    {
        const Json answer = scanItem({{"text", "Größe: ada@example.com"}});
        QCOMPARE(
            answer.dump(), "{\"findings\":[{\"end\":22,\"entity\":\"EMAIL_ADDRESS\",\"score\":0.95,\"start\":7}]}");
        QCOMPARE(scanItem({{"text", "𝟜𝟙𝟙𝟙 1111 1111 1111"}})["findings"][0]["end"].dump(), "19");
        QCOMPARE(
            scanItem({{"text", "4111111111111111"}, {"profile", "presidio"}, {"entities", {"CREDIT_CARD"}}}).dump(),
            "{\"findings\":[{\"end\":16,\"entity\":\"CREDIT_CARD\",\"score\":1.0,\"start\":0}]}");
        QCOMPARE(scanItem({{"text", ""}}).dump(), "{\"findings\":[]}");
        QCOMPARE(scanItem({{"text", "ada@example.com"}, {"entities", Json::array()}}).dump(), "{\"findings\":[]}");
        QCOMPARE(
            scanItem({{"text", "x"}, {"entities", {"NOTHING"}}})["error"]["code"].dump(), "\"detect.unknown-entity\"");
        QCOMPARE(scanItem({{"text", "x"}, {"profile", "other"}})["error"]["code"].dump(), "\"scan.item\"");
        QCOMPARE(scanItem({{"text", "x"}, {"entities", "URL"}})["error"]["code"].dump(), "\"scan.item\"");
        QCOMPARE(scanItem({{"text", "x"}, {"entities", {1}}})["error"]["code"].dump(), "\"scan.item\"");
        QCOMPARE(scanItem({{"text", 1}})["error"]["code"].dump(), "\"scan.item\"");
        QCOMPARE(scanItem(Json::array())["error"]["code"].dump(), "\"scan.item\"");
    }

    void entitiesAreListedOnce()
    {
        for (const Profile profile : {Profile::Ephor, Profile::Presidio}) {
            std::vector<std::string> names;
            for (const Entity& entity : builtInSet(profile).entities()) {
                QVERIFY(!entity.title.empty());
                names.push_back(entity.name);
            }
            std::ranges::sort(names);
            QVERIFY(std::ranges::adjacent_find(names) == names.end());
            QVERIFY(names.size() > 70);
        }
    }
};

QTEST_GUILESS_MAIN(ScanTest)
#include "scan_test.moc"
