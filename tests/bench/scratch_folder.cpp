#include "tests/bench/scratch_folder.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace ephor::bench {

std::string ScratchFolder::parent()
{
    if (const char* disk = std::getenv("EPHOR_BENCH_DISK"))
        return disk;
    if (const char* file = std::getenv("EPHOR_BENCH_JSON"))
        return std::filesystem::absolute(file).parent_path().string();
    return std::filesystem::temp_directory_path().string();
}

ScratchFolder::ScratchFolder()
    : m_path(parent() + "/scratch-XXXXXX")
{
    if (!::mkdtemp(m_path.data()))
        throw std::runtime_error("No folder can be made in " + parent() + "; name another one in EPHOR_BENCH_DISK.");
}

ScratchFolder::~ScratchFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

}
