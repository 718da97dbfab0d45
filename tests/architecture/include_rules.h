#pragma once

#include "tests/architecture/source_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace ephor::architecture {

/// The rooms in rank order: the lines of cmake/rooms.txt that are not comments.
std::vector<std::string> roomsOf(std::string_view list);

/// The room a path lies in: the longest that is a folder above it; empty when there is none.
std::string roomOf(std::string_view path, const std::vector<std::string>& rooms);

/// One sentence for each include of the file at `path` (from the project's root) that breaks a rule of the house.
std::vector<std::string> includeFaults(
    const std::string& path, const std::vector<Include>& includes, const std::vector<std::string>& rooms);

}
