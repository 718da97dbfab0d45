#pragma once

#include "tests/bench/report.h"

#include <functional>
#include <string>
#include <vector>

namespace ephor::bench {

/// 4 MiB of one kind of text, the same in each run.
struct SampleText {
    const char* name;
    std::string text;
};

SampleText prose();
SampleText germanProse();
SampleText base64Lines();
SampleText sourceCode();
SampleText logLines();
SampleText digitLines();
SampleText personalData();
SampleText emoji();
SampleText webPage();
SampleText attacks();

/// What `work` does with a text counts; what it returns keeps it from being left out.
using TextWork = std::function<std::size_t(const std::string& text)>;

/// A section of the report with a figure for each text: the best of several turns, in processor time, since others use
/// the machine too.
void measureTexts(Report& report, const std::vector<SampleText>& texts, const char* title, const TextWork& work);

}
