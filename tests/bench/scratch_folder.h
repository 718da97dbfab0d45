#pragma once

#include <string>

namespace ephor::bench {

/// A new folder for what a benchmark writes, gone with the object. It is made in EPHOR_BENCH_DISK, else in the folder
/// of the figures' file, so that durable commits meet a real disk and not one in memory; where no figures are kept, in
/// the folder for temporary files.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::string& path() const { return m_path; }

    /// Where such folders are made.
    static std::string parent();

private:
    std::string m_path;
};

}
