#pragma once

#include "core/base/bytes.h"

#include <memory>
#include <string_view>

namespace ephor {

Digest sha256(BytesView bytes);
inline Digest sha256(std::string_view text)
{
    return sha256(bytesOf(text));
}

/// SHA-256 over parts, without joining them first. One instance serves many digests; not thread-safe.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    Sha256& add(BytesView bytes);
    Sha256& add(std::string_view text) { return add(bytesOf(text)); }
    Sha256& add(std::uint8_t byte) { return add(BytesView(&byte, 1)); }
    /// Ends this digest and begins the next.
    Digest finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Fills `out` from the system's cryptographic random source; a failure of it ends the process, since nothing safe can
/// follow.
void fillRandom(std::span<std::uint8_t> out);

/// Compares in time that depends only on the lengths: for secrets and their hashes.
bool equalConstantTime(BytesView left, BytesView right);

}
