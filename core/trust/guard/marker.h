#pragma once

#include "core/trust/guard/guard.h"
#include "core/trust/guard/stand_in.h"

#include <memory>
#include <string>
#include <string_view>

namespace ephor::guard {

/// What a marker is called among findings.
inline constexpr std::string_view markerEntity = "PROMPT_MARKER";

/// Letters that stand in the prompt of one run and nowhere else: where they turn up, the prompt was told. Nobody
/// without the key can guess them, and they are recorded nowhere.
std::string markerOf(const ProtectionKey& key, std::string_view run);

/// The line of the prompt that carries it.
std::string markerLine(std::string_view marker);

/// Whether the marker stands in the text, as detectors read it (sanitize::matchingForm), in any case and with anything
/// but letters and digits between its letters; also backwards, and in what decodes to a text (sanitize::hiddenTexts).
/// Of JSON, in its values put together or its names. `text` is valid UTF-8.
bool holdsMarker(std::string_view text, std::string_view marker);

/// Refuses an answer in pieces, each of whole characters, before anything of the marker is let go; what could be its
/// beginning is held back. Codes: guard.denied, guard.held-too-much.
std::unique_ptr<StreamInspector> openMarkerStream(const std::string& marker, std::string rule);

}
