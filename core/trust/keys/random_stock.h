#pragma once

#include <cstdint>
#include <span>

namespace ephor::keys {

/// Fills with random bytes for salts and nonces. They come from the generator (core/base/hash.h) a page at a time,
/// since asking it for twelve costs as much as for a page; what is handed out is wiped from the page. Not for keys,
/// which are few and should never have stood anywhere else. Any thread; each has a page of its own.
void fillFromStock(std::span<std::uint8_t> out);

}
