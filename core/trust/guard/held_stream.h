#pragma once

#include "core/trust/guard/guard.h"

#include <memory>

namespace ephor::guard {

class Protection;

/// Most bytes that a stream holds back while something in it is unfinished; a text that is longer without an end is
/// not let through.
inline constexpr std::size_t mostHeldBytes = 64 * 1024;

/// Lets an answer go in pieces, as the protection would have left the whole of it. Ordinary sentences go on at once;
/// what could be the beginning of something (digits, names, links, keys) is held until it is clear.
/// Codes of the inspector: guard.denied, guard.held-too-much.
std::unique_ptr<StreamInspector> openHeldStream(std::shared_ptr<const Protection> protection);

}
