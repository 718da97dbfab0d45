#include "core/trust/detect/detector_set.h"
#include "tests/bench/report.h"
#include "tests/bench/text/sample_texts.h"

#include <algorithm>
#include <re2/set.h>
#ifdef EPHOR_VECTORSCAN
#include <hs/hs.h>
#endif

using namespace ephor::bench;
namespace detect = ephor::detect;

namespace {

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
    measureTexts(report, texts, "RE2::Set, 40 patterns, whether a line matches", [&](const std::string& text) {
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
    measureTexts(report, texts, "Vectorscan, 40 patterns, where each match ends", [&](const std::string& text) {
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
        const std::vector<SampleText> texts{
            prose(), base64Lines(), sourceCode(), logLines(), digitLines(), personalData()};
        const auto ephorSet = detect::DetectorSet::compile(detect::Profile::Ephor).value();
        const auto presidioSet = detect::DetectorSet::compile(detect::Profile::Presidio).value();
        const std::vector<std::string> financial{"CREDIT_CARD", "IBAN_CODE"};
        measureTexts(report, texts, "all detectors of Ephor's profile, personal data and secrets",
            [&](const std::string& text) { return ephorSet->scan(text).value().size(); });
        measureTexts(report, texts, "Ephor's profile, two entities",
            [&](const std::string& text) { return ephorSet->scanFor(text, financial).value().size(); });
        measureTexts(report, texts, "Presidio's profile",
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
