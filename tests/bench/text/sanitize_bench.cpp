#include "core/trust/sanitize/hidden_text.h"
#include "core/trust/sanitize/instructions.h"
#include "core/trust/sanitize/matching_form.h"
#include "core/trust/sanitize/sanitizer.h"
#include "tests/bench/report.h"
#include "tests/bench/text/sample_texts.h"

using namespace ephor::bench;
namespace sanitize = ephor::sanitize;

int main()
{
    Report report("sanitize_bench");
    const std::vector<SampleText> texts{
        prose(), germanProse(), base64Lines(), sourceCode(), digitLines(), emoji(), webPage(), attacks()};
    measureTexts(report, texts, "matching form", [](const std::string& text) {
        const auto form = sanitize::matchingForm(text);
        return form ? form->text.size() : text.size();
    });
    measureTexts(report, texts, "sanitize for a model",
        [](const std::string& text) { return sanitize::sanitize(text, sanitize::Sink::Model).text.size(); });
    measureTexts(report, texts, "sanitize as Markdown",
        [](const std::string& text) { return sanitize::sanitize(text, sanitize::Sink::Markdown).text.size(); });
    measureTexts(
        report, texts, "hidden texts", [](const std::string& text) { return sanitize::hiddenTexts(text).size(); });
    measureTexts(report, texts, "signs of instructions",
        [](const std::string& text) { return sanitize::instructionSigns(text).size(); });
    report.save();
    return 0;
}
