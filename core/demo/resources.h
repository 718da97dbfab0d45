#pragma once

#include <string_view>

namespace ephor::demo {

/// A file of resources/demo as it was when the program was built, by its path there ("prompts/hr-helper.system.md").
/// Empty when there is none.
std::string_view resource(std::string_view path);

}
