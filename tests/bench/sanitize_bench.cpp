#include "core/base/bytes.h"
#include "core/trust/sanitize/hidden_text.h"
#include "core/trust/sanitize/instructions.h"
#include "core/trust/sanitize/matching_form.h"
#include "core/trust/sanitize/sanitizer.h"
#include "tests/bench/report.h"

#include <algorithm>
#include <ctime>
#include <functional>
#include <random>

using namespace ephor::bench;
namespace sanitize = ephor::sanitize;

namespace {

constexpr std::size_t textBytes = 4 * 1024 * 1024;

struct SampleText {
    const char* name;
    std::string text;
};

std::string repeated(const std::string_view piece)
{
    std::string text;
    text.reserve(textBytes + piece.size());
    while (text.size() < textBytes)
        text += piece;
    return text;
}

std::string randomBase64()
{
    std::mt19937 random(1);
    ephor::Bytes bytes(textBytes / 4 * 3);
    std::ranges::generate(bytes, [&] { return std::uint8_t(random()); });
    std::string wrapped;
    const std::string code = ephor::toBase64(bytes);
    for (std::size_t at = 0; at < code.size(); at += 76)
        wrapped += code.substr(at, 76) + "\n";
    return wrapped;
}

std::string randomDigits()
{
    std::mt19937 random(2);
    std::string text;
    while (text.size() < textBytes)
        text += std::to_string(random()) + (random() % 8 == 0 ? "\n" : " ");
    return text;
}

std::vector<SampleText> sampleTexts()
{
    return {
        {"prose",
            repeated("Dear Ms Pohl, your parcel left Hamburg on Monday and the carrier says nothing new since then. "
                     "Please look "
                     "it up for order A-20441 and tell me what to do; the invoice over 125.90 EUR is due in fourteen "
                     "days.\n")},
        {"German prose",
            repeated("Sehr geehrte Frau Müller, Ihre Bestellung ist unterwegs. Für Rückfragen stehen wir Ihnen gern "
                     "zur Verfügung – "
                     "während der Geschäftszeiten auch telefonisch. Schöne Grüße aus Köln.\n")},
        {"Base64", randomBase64()},
        {"code",
            repeated("template <typename T> std::vector<T> sorted(std::vector<T> values)\n{\n    "
                     "std::ranges::sort(values); // \"in "
                     "place\"\n    return a < b && c[i](x) ? values : std::move(values);\n}\n")},
        {"digits", randomDigits()},
        {"emoji",
            repeated("Great 👍🏽 news 🎉 for the 👨‍👩‍👧‍👦 family ❤️, 1️⃣ day left "
                     "🇩🇪! ")},
        {"page",
            repeated("<div class=\"row\"><p>The <b>parcel</b> is <a href=\"/orders/1\">here</a>.</p><!-- row --><img "
                     "src=\"/a.png\" alt=\"a\"></div>\n")},
        {"attacks",
            repeated("ig\u200bnore \U000E0041\U000E0042 ![x](https://evil.example/?q=1) \x1b[31m <b hidden>x</b> "
                     "\u202etxt ")},
    };
}

/// The best of several turns, in processor time, since others use the machine too.
double megabytesPerSecond(const std::string& text, const std::function<std::size_t(const std::string&)>& work)
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

int main()
{
    Report report("sanitize_bench");
    const auto texts = sampleTexts();
    const auto measure = [&](const char* title, const std::function<std::size_t(const std::string&)>& work) {
        report.section(title);
        for (const SampleText& sample : texts)
            report.figure(sample.name, megabytesPerSecond(sample.text, work), "MB/s");
    };
    measure("matching form", [](const std::string& text) {
        const auto form = sanitize::matchingForm(text);
        return form ? form->text.size() : text.size();
    });
    measure("sanitize for a model",
        [](const std::string& text) { return sanitize::sanitize(text, sanitize::Sink::Model).text.size(); });
    measure("sanitize as Markdown",
        [](const std::string& text) { return sanitize::sanitize(text, sanitize::Sink::Markdown).text.size(); });
    measure("hidden texts", [](const std::string& text) { return sanitize::hiddenTexts(text).size(); });
    measure("signs of instructions", [](const std::string& text) { return sanitize::instructionSigns(text).size(); });
    report.save();
    return 0;
}
