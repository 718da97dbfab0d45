#include "tests/bench/json_file.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace ephor::bench {

std::string readWholeFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("There is no file " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

Json readJsonFile(const std::string& path)
{
    auto json = parseJson(readWholeFile(path));
    if (!json)
        throw std::runtime_error(path + ": " + describe(json.error()));
    return std::move(*json);
}

}
