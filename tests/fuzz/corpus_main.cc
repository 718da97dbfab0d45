#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void runInput(const std::vector<char>& bytes)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::size_t runFolder(const std::filesystem::path& folder)
{
    std::size_t inputs = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
        if (!file.is_regular_file())
            continue;
        std::ifstream stream(file.path(), std::ios::binary);
        runInput({std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()});
        ++inputs;
    }
    return inputs;
}

}

/// Runs a fuzz target once over the empty input and every file of the corpora named. A corpus that is not there yet
/// is said so and is no failure: a target may be younger than its first seed.
int main(int argc, char** argv)
{
    runInput({});
    for (int i = 1; i < argc; ++i) {
        if (std::filesystem::is_directory(argv[i]))
            std::cout << runFolder(argv[i]) << " inputs of " << argv[i] << '\n';
        else
            std::cout << "no corpus " << argv[i] << ", so the empty input alone\n";
    }
    return 0;
}
