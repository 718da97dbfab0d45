#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace ephor::detect {

using OpenPhoneSink = std::function<void(std::size_t start, std::size_t end)>;

/// Telephone numbers as Presidio finds them: whatever is a number that is given out, read in the ways of the United
/// States, Britain, Germany, France, Israel, India and Brazil one after the other, so that two may be found that
/// overlap. Of other countries' numbers behind "+" only the length is known. Time linear in the text.
void findOpenPhones(std::string_view text, const OpenPhoneSink& found);

}
