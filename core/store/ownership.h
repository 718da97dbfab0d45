#pragma once

#include "core/base/result.h"

#include <string>

namespace ephor::store {

/// The lock by which one process owns a database: an advisory lock on a file beside it, dropped by the system when
/// the process ends however it ends. Several may share it for reading only while nobody owns it.
class Ownership {
public:
    enum class Mode { Own, Share };
    /// Code: store.locked.
    static Result<Ownership> take(const std::string& path, Mode mode);
    Ownership() = default;
    Ownership(Ownership&& other) noexcept;
    Ownership& operator=(Ownership&& other) noexcept;
    ~Ownership();

private:
    explicit Ownership(int file)
        : m_file(file)
    {
    }
    int m_file = -1;
};

}
