// links: core_proof
#include "core/proof/leaf.h"
#include "core/proof/tile.h"

#include <cstdlib>

using namespace ephor;

/// Paths, tiles, bundles and blob references that can be read have one spelling. The first byte is a bundle's width
/// less one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const BytesView bytes(data, size);
    const std::string_view text = textOf(bytes);
    if (const auto tile = proof::parseTilePath(text); tile && proof::tilePath(*tile) != text)
        std::abort();
    if (const auto bundle = proof::parseBundlePath(text); bundle && proof::bundlePath(*bundle) != text)
        std::abort();
    if (const auto reference = proof::parseBlobReference(text);
        reference && proof::formatBlobReference(*reference) != text)
        std::abort();
    if (bytes.empty())
        return 0;
    const unsigned width = unsigned{bytes[0]} + 1;
    const BytesView content = bytes.subspan(1);
    if (const auto bodies = proof::parseEntryBundle(content, width)) {
        std::vector<std::string> copies;
        for (const BytesView body : *bodies)
            copies.emplace_back(textOf(body));
        const auto again = proof::encodeEntryBundle(copies);
        if (!again || !std::equal(again->begin(), again->end(), content.begin(), content.end()))
            std::abort();
    }
    if (const auto hashes = proof::parseTile(content, width);
        hashes && proof::encodeTile(*hashes).size() != content.size())
        std::abort();
    return 0;
}
