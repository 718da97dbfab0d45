#pragma once

#include "core/base/bytes.h"

#include <algorithm>
#include <map>
#include <optional>

namespace ephor::proof {

/// The files of an export, named by their path within it, with "/". Lets a check read a directory, an archive or
/// memory.
class Files {
public:
    virtual ~Files() = default;
    /// The file's bytes, the first `limit` + 1 at most, so that the reader sees an excess; nothing when there is no
    /// such file. Fails only when the medium does: that ends a check without a finding.
    virtual Result<std::optional<Bytes>> read(std::string_view path, std::size_t limit) const = 0;
};

/// An export held in memory.
class MemoryFiles final : public Files {
public:
    Result<std::optional<Bytes>> read(std::string_view path, std::size_t limit) const override
    {
        const auto found = files.find(path);
        if (found == files.end())
            return std::nullopt;
        const auto length = std::min(found->second.size(), limit + 1);
        return Bytes(found->second.begin(), found->second.begin() + static_cast<std::ptrdiff_t>(length));
    }

    std::map<std::string, Bytes, std::less<>> files;
};

}
