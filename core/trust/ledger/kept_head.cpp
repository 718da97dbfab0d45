#include "core/trust/ledger/kept_head.h"

#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/trust/keys/private_file.h"

#include <chrono>
#include <filesystem>

namespace ephor::ledger {

namespace {

constexpr std::chrono::minutes keepAgainAfter(1);
// A signed head has three lines and a signature for each key, with the cosignatures of witnesses some kilobytes.
constexpr std::size_t largestKeptHead = 64 * 1024;
// Of the hash of a folder's path: enough to tell the folders of one machine apart.
constexpr std::size_t placeBytes = 8;

}

std::string keptHeadPath(const std::string& keyPath, const std::string& folder)
{
    std::error_code ignored;
    const std::string place = std::filesystem::weakly_canonical(folder, ignored).string();
    return keyPath + "." + toHex(BytesView(sha256(place)).first(placeBytes)) + ".head";
}

KeptHead::KeptHead(std::string path)
    : m_path(std::move(path))
{
}

Result<std::optional<std::string>> KeptHead::read() const
{
    if (m_path.empty())
        return std::nullopt;
    const auto content = keys::readPrivateFile(m_path, largestKeptHead);
    if (content)
        return std::string(textOf(*content));
    if (content.error().kind == ErrorKind::NotFound)
        return std::nullopt;
    return fail(content.error());
}

void KeptHead::keep(const std::string& note, Instant now, Moment moment)
{
    if (m_path.empty())
        return;
    const std::scoped_lock lock(m_mutex);
    const bool isSoon = m_keptAt && now >= *m_keptAt && now - *m_keptAt < keepAgainAfter;
    if (isSoon && moment != Moment::Last)
        return;
    if (keys::writePrivateFile(m_path, bytesOf(note), keys::Replace::Allow))
        m_keptAt = now;
}

}
