#include "core/store/ownership.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace ephor::store {

Result<Ownership> Ownership::take(const std::string& path, Mode mode)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(Error(ErrorKind::Unavailable, "store.open", "The database's lock file cannot be opened.",
            "Check that the folder exists and that this user may write it.")
                .with("path", path)
                .with("system", std::strerror(errno)));
    Ownership ownership(file);
    if (::flock(file, (mode == Mode::Own ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0)
        return fail(Error(ErrorKind::Conflict, "store.locked", "Another process has this database open.",
            "Use the running one, or stop it first.")
                .with("path", path));
    return ownership;
}

Ownership::Ownership(Ownership&& other) noexcept
    : m_file(std::exchange(other.m_file, -1))
{
}

Ownership& Ownership::operator=(Ownership&& other) noexcept
{
    std::swap(m_file, other.m_file);
    return *this;
}

Ownership::~Ownership()
{
    if (m_file >= 0)
        ::close(m_file);
}

}
