#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>

namespace ephor::store {

/// Disk space held in a file of its own, given back when the store cannot commit, so that the entry that says so fits.
/// Not thread-safe.
class Reserve {
public:
    /// No file for 0 bytes or an empty path.
    Reserve(std::string path, std::int64_t bytes);
    /// Allocates the blocks, not just a length. Code: store.reserve.
    Result<void> hold();
    void release();

private:
    std::string m_path;
    std::int64_t m_bytes;
};

}
