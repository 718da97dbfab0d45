#include "core/store/reserve.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace ephor::store {

Reserve::Reserve(std::string path, std::int64_t bytes)
    : m_path(std::move(path))
    , m_bytes(m_path.empty() ? 0 : bytes)
{
}

Result<void> Reserve::hold()
{
    if (m_bytes == 0)
        return {};
    const int file = ::open(m_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const int failure = file < 0 ? errno : ::posix_fallocate(file, 0, m_bytes);
    if (file >= 0)
        ::close(file);
    if (failure == 0)
        return {};
    release();
    return fail(Error(ErrorKind::Unavailable, "store.reserve", "There is no room on the disk for the store's reserve.",
        "Free some space on the workspace's disk, then open it again.")
            .with("path", m_path)
            .with("bytes", std::to_string(m_bytes))
            .with("system", std::strerror(failure)));
}

void Reserve::release()
{
    if (m_bytes != 0)
        ::unlink(m_path.c_str());
}

}
