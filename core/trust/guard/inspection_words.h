#pragma once

#include "core/domain/protection.h"
#include "core/trust/sanitize/sanitizer.h"

#include <string>
#include <string_view>
#include <vector>

namespace ephor::guard {

/// "removed:invisible": how a removal is counted.
std::string countWord(sanitize::RemovalKind kind);

/// "Characters without width were taken out." What a person reads of removals, each kind once.
std::string removalSentence(const std::vector<sanitize::Removal>& removed);

/// "the answer", "the arguments": where it was found.
std::string_view placeWords(TextSurface surface);

/// "redacted", "masked": what was done.
std::string_view doneWord(ProtectAction action);

}
