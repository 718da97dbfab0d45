#include "tests/bench/text/sample_texts.h"

#include "core/base/bytes.h"

#include <algorithm>
#include <ctime>
#include <random>
#include <string_view>

namespace ephor::bench {

namespace {

constexpr std::size_t sampleBytes = 4 * 1024 * 1024;

std::string repeatedText(const std::string_view piece)
{
    std::string text;
    text.reserve(sampleBytes + piece.size());
    while (text.size() < sampleBytes)
        text += piece;
    return text;
}

double megabytesPerSecond(const std::string& text, const TextWork& work)
{
    constexpr int turns = 5;
    double best = 0;
    for (int turn = 0; turn < turns; ++turn) {
        const std::clock_t start = std::clock();
        benchmark::DoNotOptimize(work(text));
        const double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
        best = std::max(best, double(text.size()) / 1e6 / std::max(seconds, 1e-6));
    }
    return best;
}

}

SampleText prose()
{
    return {"prose",
        repeatedText("Dear Ms Pohl, your parcel left Hamburg on Monday and the carrier says nothing new since then. "
                     "Please look it up for order A-20441 and tell me what to do; the invoice over 125.90 EUR is due "
                     "in fourteen days.\n")};
}

SampleText germanProse()
{
    return {"German prose",
        repeatedText("Sehr geehrte Frau Müller, Ihre Bestellung ist unterwegs. Für Rückfragen stehen wir Ihnen gern "
                     "zur Verfügung – während der Geschäftszeiten auch telefonisch. Schöne Grüße aus Köln.\n")};
}

SampleText base64Lines()
{
    std::mt19937 random(1);
    Bytes bytes(sampleBytes / 4 * 3);
    std::ranges::generate(bytes, [&] { return std::uint8_t(random()); });
    std::string wrapped;
    const std::string code = toBase64(bytes);
    for (std::size_t at = 0; at < code.size(); at += 76)
        wrapped += code.substr(at, 76) + "\n";
    return {"Base64", std::move(wrapped)};
}

SampleText sourceCode()
{
    return {"code",
        repeatedText("template <typename T> std::vector<T> sorted(std::vector<T> values)\n{\n    "
                     "std::ranges::sort(values); // \"in place\"\n    return a < b && c[i](x) ? values : "
                     "std::move(values);\n}\n")};
}

SampleText logLines()
{
    std::mt19937 random(3);
    const auto number = [&](unsigned most) { return std::to_string(random() % most); };
    std::string text;
    while (text.size() < sampleBytes)
        text += "2026-11-23T04:" + std::to_string(10 + random() % 50) + ":" + std::to_string(10 + random() % 50) + "."
            + number(1000) + "Z INFO worker-" + number(16) + " run=r" + number(1'000'000) + " handled GET /v1/items/"
            + number(100'000) + " in " + number(1000) + " ms for 10.0." + number(256) + "." + number(256) + "\n";
    return {"log lines", std::move(text)};
}

SampleText digitLines()
{
    std::mt19937 random(2);
    std::string text;
    while (text.size() < sampleBytes)
        text += std::to_string(random()) + (random() % 8 == 0 ? "\n" : " ");
    return {"digits", std::move(text)};
}

SampleText personalData()
{
    return {"personal data",
        repeatedText("Ada Nowak, card 4111 1111 1111 1111, IBAN GB29 NWBK 6016 1331 9268 19, ada.nowak@example.com, "
                     "+44 20 7946 0958, SSN 536-90-4399, born 12.03.1984, from 10.1.2.3, passport A12345678\n")};
}

SampleText emoji()
{
    return {"emoji",
        repeatedText("Great 👍🏽 news 🎉 for the 👨‍👩‍👧‍👦 family ❤️, 1️⃣ day left "
                     "🇩🇪! ")};
}

SampleText webPage()
{
    return {"page",
        repeatedText("<div class=\"row\"><p>The <b>parcel</b> is <a href=\"/orders/1\">here</a>.</p><!-- row --><img "
                     "src=\"/a.png\" alt=\"a\"></div>\n")};
}

SampleText attacks()
{
    return {"attacks",
        repeatedText("ig\u200bnore \U000E0041\U000E0042 ![x](https://evil.example/?q=1) \x1b[31m <b hidden>x</b> "
                     "\u202etxt ")};
}

void measureTexts(Report& report, const std::vector<SampleText>& texts, const char* title, const TextWork& work)
{
    report.section(title);
    for (const SampleText& sample : texts)
        report.figure(sample.name, megabytesPerSecond(sample.text, work), "MB/s");
}

}
