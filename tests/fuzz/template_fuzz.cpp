#include "core/contract/template.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

using namespace ephor;
using namespace ephor::contract;

namespace {

const Json& fuzzData()
{
    static const Json data = {{"a", "{{b}}<&>"}, {"b", {{"c", 1.5}, {"d", nullptr}}}, {"l", {1, "x", {{"a", true}}}}};
    return data;
}

void checkSpans(std::string_view text)
{
    std::size_t end = 0;
    for (const TemplateSpan& span : highlightTemplate(text)) {
        if (span.offset < end || span.offset + span.length > text.size())
            std::abort();
        end = span.offset + span.length;
    }
}

}

/// A template that also includes itself as the partial "p".
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    checkSpans(text);
    const auto source = Template::parse(text);
    if (!source)
        return 0;
    const Partials partials{{"p", *source}};
    RenderOptions options;
    options.undefined = Undefined::Empty;
    options.escape = Escape::Html;
    options.limits.outputBytes = 64 * 1024;
    options.limits.steps = 10'000;
    const auto rendered = source->render(fuzzData(), partials, options);
    if (rendered && rendered->size() > options.limits.outputBytes)
        std::abort();
    options.undefined = Undefined::Refuse;
    options.escape = Escape::None;
    (void)source->render(fuzzData(), partials, options);
    return 0;
}
