// links: core_trust_guard
#include "core/base/text.h"
#include "core/trust/guard/held_stream.h"
#include "core/trust/guard/protection.h"

#include <cstdint>
#include <cstdlib>
#include <string>

// Whatever the pieces, the stream ends, neither faults nor loses a character's bytes, and is text again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace ephor;
    using namespace ephor::guard;
    static const std::shared_ptr<const Protection> protection = [] {
        ProtectionBody body;
        ProtectionRule rule;
        rule.what = {"financial", "secret"};
        rule.action = ProtectAction::Redact;
        body.rules.push_back(rule);
        return Protection::compile("fuzz", body, {}).value();
    }();
    if (size < 2)
        return 0;
    const std::size_t step = 1 + data[0] % 32;
    const std::string text = [&] {
        std::string raw(reinterpret_cast<const char*>(data + 1), size - 1);
        return isUtf8(raw) ? raw : std::string();
    }();
    const auto stream = openHeldStream(protection);
    std::string shown;
    for (std::size_t at = 0; at < text.size(); at += step) {
        const auto released = stream->push(text.substr(at, step));
        if (!released)
            return 0;
        shown += *released;
    }
    const auto rest = stream->finish();
    if (!rest)
        return 0;
    shown += *rest;
    if (!isUtf8(shown))
        std::abort();
    return 0;
}
