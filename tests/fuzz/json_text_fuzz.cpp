// links: core_trust_guard
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/trust/guard/escape_view.h"
#include "core/trust/guard/json_view.h"
#include "core/trust/guard/protection.h"

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

using namespace ephor;
using namespace ephor::guard;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

const Protection& protection()
{
    static const std::shared_ptr<const Protection> made = [] {
        ProtectionBody body;
        ProtectionRule rule;
        rule.what = {"personal", "financial", "secret"};
        rule.action = ProtectAction::Tokenise;
        body.rules.push_back(rule);
        return Protection::compile("fuzz", body, {}).value();
    }();
    return *made;
}

}

// The view leads back to its JSON byte by byte; names that are no two of a kind stay; what is hidden in a string comes
// back whole.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 8 * 1024));
    if (!isUtf8(text))
        return 0;
    require(wholeEscapes(text) <= text.size());
    if (const auto view = behindEscapes(text)) {
        require(isUtf8(view->text) && view->origin.size() == view->text.size() + 1);
        require(view->origin.back() == text.size() && std::ranges::is_sorted(view->origin));
        require(!behindEscapes(view->text) || view->text.size() < text.size());
    }
    (void)withUniqueNames(text);
    const auto json = parseJson(text);
    if (!json)
        return 0;
    require(withUniqueNames(text) == text);
    if (const auto view = jsonView(text)) {
        require(isUtf8(view->text) && view->origin.size() == view->text.size() + 1);
        require(view->origin.back() == text.size() && std::ranges::is_sorted(view->origin));
    }
    const auto inspection = protection().inspect(text, TextSurface::Arguments, {});
    require(inspection.has_value());
    // A stand-in that was there before is turned back as well.
    if (!inspection->replacement || inspection->raw || findStandIn(text))
        return 0;
    const auto replaced = parseJson(*inspection->replacement);
    if (!replaced)
        return 0;
    // JSON in a string may spell a value with escapes of its own, and gets it back without them.
    const auto view = jsonView(text);
    if (behindEscapes(view ? view->text : text))
        return 0;
    Vault vault;
    for (const StandIn& standIn : inspection->standIns)
        vault[standIn.token] = standIn.value;
    require(restoredJson(*replaced, vault) == *json);
    return 0;
}
