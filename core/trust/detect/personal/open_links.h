#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace ephor::detect {

using OpenLinkSink = std::function<void(std::size_t start, std::size_t end, float score)>;

/// Links as Presidio's four patterns have them: any letters, digits, points and dashes up to the last ending it knows,
/// then a path; with a scheme, without, and both between quotes, which belong to the match. They look at no neighbour,
/// so that the host of an e-mail address is a link, too. Time linear in the text.
void findOpenLinks(std::string_view text, const OpenLinkSink& found);

}
