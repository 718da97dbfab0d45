// links: core_trust_guard
#include "core/base/text.h"
#include "core/trust/guard/held_stream.h"
#include "core/trust/guard/protection.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace ephor;
using namespace ephor::guard;

namespace {

// Markup that stays open for longer is let go before its end, so that the pieces may come to something else.
constexpr std::size_t longestText = 1'500;

const std::shared_ptr<const Protection>& protection()
{
    static const std::shared_ptr<const Protection> made = [] {
        ProtectionBody body;
        ProtectionRule rule;
        rule.what = {"personal", "financial", "secret"};
        rule.action = ProtectAction::Redact;
        body.rules.push_back(rule);
        return Protection::compile("fuzz", body, {}).value();
    }();
    return made;
}

bool isCleaned(const Inspection& inspection)
{
    return std::ranges::any_of(
        inspection.noticed, [](const Noticed& noticed) { return noticed.what.starts_with("removed:"); });
}

}

// Whatever the pieces: the stream ends, what it lets go is text, and where nothing had to be cleaned it is what the
// whole answer would have become.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2 || size > longestText)
        return 0;
    const std::size_t step = 1 + data[0] % 32;
    const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
    if (!isUtf8(text))
        return 0;
    const auto stream = openHeldStream(protection());
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
    const auto whole = protection()->inspect(text, TextSurface::Answer, {});
    if (!whole)
        std::abort();
    if (!isCleaned(*whole) && shown != whole->replacement.value_or(text))
        std::abort();
    return 0;
}
