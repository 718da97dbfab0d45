// links: core_base core_trust_sanitize
#include "core/base/text.h"
#include "core/trust/sanitize/matching_form.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace ephor::sanitize;

/// The form of a text is its own form, and leads back into the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto form = matchingForm(text);
    if (!form || !ephor::isUtf8(text))
        return 0;
    bool leadsBack = form->originOf(form->text.size()) == text.size();
    for (std::size_t at = 0; at < form->text.size(); ++at)
        leadsBack = leadsBack && form->originOf(at) <= form->originOf(at + 1);
    if (!leadsBack || form->text == text || !ephor::isUtf8(form->text) || matchingForm(form->text))
        std::abort();
    for (std::size_t at = 0; at < form->text.size(); ++at) {
        const auto [start, end] = form->originalRange(at, at + 1);
        if (start > end || end > text.size())
            std::abort();
    }
    return 0;
}
