#include "core/base/bytes.h"
#include "core/trust/detect/detector_set.h"
#include "tests/bench/report.h"

#include <algorithm>
#include <ctime>
#include <functional>
#include <optional>
#include <random>
#include <re2/set.h>
#ifdef EPHOR_VECTORSCAN
#include <hs/hs.h>
#endif

using namespace ephor::bench;
namespace detect = ephor::detect;

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

std::string logLines()
{
    std::mt19937 random(3);
    const auto number = [&](unsigned most) { return std::to_string(random() % most); };
    std::string text;
    while (text.size() < textBytes)
        text += "2026-11-23T04:" + std::to_string(10 + random() % 50) + ":" + std::to_string(10 + random() % 50) + "."
            + number(1000) + "Z INFO worker-" + number(16) + " run=r" + number(1'000'000) + " handled GET /v1/items/"
            + number(100'000) + " in " + number(1000) + " ms for 10.0." + number(256) + "." + number(256) + "\n";
    return text;
}

std::vector<SampleText> sampleTexts()
{
    return {
        {"prose",
            repeated(
                "Dear Ms Pohl, your parcel left Hamburg on Monday and the carrier says nothing new since then. "
                "Please look it up for order A-20441 and tell me what to do; the invoice over 125.90 EUR is due in "
                "fourteen days.\n")},
        {"Base64", randomBase64()},
        {"code",
            repeated("template <typename T> std::vector<T> sorted(std::vector<T> values)\n{\n    "
                     "std::ranges::sort(values); // \"in place\"\n    return a < b && c[i](x) ? values : "
                     "std::move(values);\n}\n")},
        {"log lines", logLines()},
        {"digits", randomDigits()},
        {"personal data",
            repeated("Ada Nowak, card 4111 1111 1111 1111, IBAN GB29 NWBK 6016 1331 9268 19, ada.nowak@example.com, "
                     "+44 20 7946 0958, SSN 536-90-4399, born 12.03.1984, from 10.1.2.3, passport A12345678\n")},
    };
}

// What a careful engineer would write for forty kinds of what our tables hold, without look-around, which neither
// engine has.
constexpr const char* patterns[] = {
    "\\b(?:4\\d{3}|5[1-5]\\d{2}|2[2-7]\\d{2}|3[47]\\d{2}|6(?:011|5\\d{2}))(?:[ -]?\\d{4}){2,3}(?:[ -]?\\d{1,4})?\\b",
    "\\b[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\\b",
    "\\b[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}\\b",
    "\\bhttps?://[^\\s\"'<>]+",
    "\\bwww\\.[a-z0-9.-]+\\.[a-z]{2,}\\b",
    "\\b(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\b",
    "\\b(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}\\b",
    "\\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\\b",
    "\\+\\d{1,3}[ -]?(?:\\(?\\d{1,4}\\)?[ -]?){2,5}\\d{2,4}\\b",
    "\\(?\\b[2-9]\\d{2}\\)?[ .-]?[2-9]\\d{2}[ .-]?\\d{4}\\b",
    "\\b0\\d{2,4}[ /-]?\\d{3,4}[ -]?\\d{3,4}\\b",
    "\\b\\d{3}-\\d{2}-\\d{4}\\b",
    "\\b9\\d{2}-[5-9]\\d-\\d{4}\\b",
    "\\b[A-Z]\\d{8}\\b",
    "\\b[A-Z]\\d{6,12}\\b",
    "\\b\\d{8,17}\\b",
    "\\b[0-36-8]\\d{8}\\b",
    "\\b[12]\\d{9}\\b",
    "\\b\\d[A-HJ-NP-Y][0-9A-HJ-NP-Y]\\d-?[A-HJ-NP-Y][0-9A-HJ-NP-Y]\\d-?[A-HJ-NP-Y]{2}\\d{2}\\b",
    "\\b[A-HJ-MPRSTUX][A-Z]\\d{7}\\b",
    "\\b[1-79]\\d{2}[ -]\\d{3}[ -]\\d{3}\\b",
    "\\b\\d{3}[ -]?\\d{3}[ -]?\\d{4}\\b",
    "\\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]\\b",
    "\\b[A-Z9]{5}\\d{6}[A-Z9]{2}[A-Z0-9][A-Z]{2}\\b",
    "\\b[A-Z]{1,2}\\d[A-Z0-9]? ?\\d[ABD-HJLNP-UW-Z]{2}\\b",
    "\\b[1-9]\\d{10}\\b",
    "\\bDE ?\\d{3} ?\\d{3} ?\\d{3}\\b",
    "\\b[CFGHJ-NPRTV-Z][CFGHJ-NPRTV-Z0-9]{7}\\d\\b",
    "\\b\\d{8}[A-Z]\\d{3}\\b",
    "\\b[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]\\b",
    "\\b\\d{6}[-+A]\\d{3}[0-9A-Y]\\b",
    "\\b\\d{7,8}-?[A-Z]\\b",
    "\\b\\d{4} ?\\d{4} ?\\d{4}\\b",
    "\\b[A-Z]{5}\\d{4}[A-Z]\\b",
    "\\b[STFGM]\\d{7}[A-Z]\\b",
    "\\b\\d{6}-[1-8]\\d{6}\\b",
    "\\b\\d{13}\\b",
    "\\b[13][a-km-zA-HJ-NP-Z1-9]{25,34}\\b",
    "\\b\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2})?)?\\b",
    "\\b\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b",
};

/// The best of several turns, in processor time, since others use the machine too.
double megabytesPerSecond(const std::string& text, const std::function<std::size_t(const std::string&)>& work)
{
    constexpr int turns = 3;
    double best = 0;
    for (int turn = 0; turn < turns; ++turn) {
        const std::clock_t start = std::clock();
        benchmark::DoNotOptimize(work(text));
        const double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
        best = std::max(best, double(text.size()) / 1e6 / std::max(seconds, 1e-6));
    }
    return best;
}

void measureAll(Report& report, const std::vector<SampleText>& texts, const char* title,
    const std::function<std::size_t(const std::string&)>& work)
{
    report.section(title);
    for (const SampleText& sample : texts)
        report.figure(sample.name, megabytesPerSecond(sample.text, work), "MB/s");
}

void measureRe2(Report& report, const std::vector<SampleText>& texts)
{
    RE2::Options options;
    options.set_max_mem(std::int64_t(256) << 20);
    re2::RE2::Set set(options, RE2::UNANCHORED);
    for (const char* const pattern : patterns) {
        std::string error;
        if (set.Add(pattern, &error) < 0)
            throw std::runtime_error(error);
    }
    if (!set.Compile())
        throw std::runtime_error("RE2::Set ran out of memory.");
    // Only which patterns match, a line at a time: where they match would cost more.
    measureAll(report, texts, "RE2::Set, 40 patterns, whether a line matches", [&](const std::string& text) {
        std::vector<int> matched;
        std::size_t count = 0;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            set.Match(std::string_view(text).substr(at, end - at), &matched);
            count += matched.size();
            at = end + 1;
        }
        return count;
    });
}

#ifdef EPHOR_VECTORSCAN
int countMatch(unsigned, unsigned long long, unsigned long long, unsigned, void* count)
{
    ++*static_cast<std::size_t*>(count);
    return 0;
}

void measureVectorscan(Report& report, const std::vector<SampleText>& texts)
{
    std::vector<unsigned> flags(std::size(patterns), HS_FLAG_DOTALL);
    std::vector<unsigned> ids(std::size(patterns));
    for (std::size_t i = 0; i < ids.size(); ++i)
        ids[i] = unsigned(i);
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    hs_scratch_t* scratch = nullptr;
    if (hs_compile_multi(
            patterns, flags.data(), ids.data(), unsigned(ids.size()), HS_MODE_BLOCK, nullptr, &database, &error)
            != HS_SUCCESS
        || hs_alloc_scratch(database, &scratch) != HS_SUCCESS)
        return report.skipped("Vectorscan", error != nullptr ? error->message : "no memory");
    measureAll(report, texts, "Vectorscan, 40 patterns, where each match ends", [&](const std::string& text) {
        std::size_t count = 0;
        hs_scan(database, text.data(), unsigned(text.size()), 0, scratch, countMatch, &count);
        return count;
    });
    hs_free_scratch(scratch);
    hs_free_database(database);
}
#else
void measureVectorscan(Report& report, const std::vector<SampleText>&)
{
    report.section("Vectorscan");
    report.skipped("Vectorscan", "not built in: install libvectorscan-dev and run cmake again");
}
#endif

}

int main()
{
    try {
        Report report("detect_bench");
        const auto texts = sampleTexts();
        const auto ephorSet = detect::DetectorSet::compile(detect::Profile::Ephor).value();
        const auto presidioSet = detect::DetectorSet::compile(detect::Profile::Presidio).value();
        const std::vector<std::string> financial{"CREDIT_CARD", "IBAN_CODE"};
        measureAll(report, texts, "all detectors of Ephor's profile, personal data and secrets",
            [&](const std::string& text) { return ephorSet->scan(text).value().size(); });
        measureAll(report, texts, "Ephor's profile, two entities",
            [&](const std::string& text) { return ephorSet->scanFor(text, financial).value().size(); });
        measureAll(report, texts, "Presidio's profile",
            [&](const std::string& text) { return presidioSet->scan(text).value().size(); });
        measureRe2(report, texts);
        measureVectorscan(report, texts);
        report.save();
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "detect_bench: %s\n", exception.what());
        return 1;
    }
    return 0;
}
