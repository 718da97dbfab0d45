// links: core_base core_trust_sanitize
#include "core/base/text.h"
#include "core/trust/sanitize/sanitizer.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace ephor::sanitize;

/// Any bytes for any sink: what comes out is UTF-8 and settled, and every change is told, in order and within the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const Sink sink = Sink(data[0] % (unsigned(Sink::Code) + 1));
    const std::string_view raw(reinterpret_cast<const char*>(data) + 1, size - 1);
    const AllowedHosts hosts{"ok.example", ".shop.example"};
    const Sanitized once = sanitize(raw, sink, hosts);
    if (!ephor::isUtf8(once.text) || once.removed.empty() != (once.text == raw))
        std::abort();
    std::size_t start = 0;
    for (const Removal& removal : once.removed) {
        if (removal.start < start || removal.end <= removal.start || removal.end > raw.size()
            || removal.revealed.size() > 256 || !ephor::isUtf8(removal.revealed))
            std::abort();
        start = removal.start;
    }
    const Sanitized twice = sanitize(once.text, sink, hosts);
    if (twice.text != once.text || !twice.removed.empty())
        std::abort();
    return 0;
}
