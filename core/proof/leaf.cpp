#include "core/proof/leaf.h"

#include "core/base/hash.h"
#include "core/proof/decimal.h"
#include "core/proof/tile.h"

#include <algorithm>

namespace ephor::proof {

namespace {

constexpr std::string_view referenceHead = R"({"blob":"sha256:)";
constexpr std::string_view referenceMiddle = R"(","bytes":)";
constexpr std::size_t digestHexLength = 64;

}

Leaf leafFor(std::string_view canonicalEntry)
{
    if (canonicalEntry.size() <= maxBundledEntryBytes)
        return {std::string(canonicalEntry), std::nullopt};
    const BlobReference reference{sha256(canonicalEntry), canonicalEntry.size()};
    return {formatBlobReference(reference), reference};
}

std::string formatBlobReference(const BlobReference& reference)
{
    std::string text(referenceHead);
    text += toHex(reference.digest);
    text += referenceMiddle;
    text += std::to_string(reference.bytes);
    text += '}';
    return text;
}

std::optional<BlobReference> parseBlobReference(std::string_view leafBody)
{
    const std::size_t numberAt = referenceHead.size() + digestHexLength + referenceMiddle.size();
    if (!leafBody.starts_with(referenceHead) || leafBody.size() <= numberAt)
        return std::nullopt;
    const Result<Bytes> digest = fromHex(leafBody.substr(referenceHead.size(), digestHexLength));
    const auto bytes = parseDecimal(leafBody.substr(numberAt, leafBody.size() - numberAt - 1));
    if (!digest || digest->size() != 32 || !bytes || *bytes <= maxBundledEntryBytes)
        return std::nullopt;
    BlobReference reference{{}, *bytes};
    std::ranges::copy(*digest, reference.digest.begin());
    if (formatBlobReference(reference) != leafBody)
        return std::nullopt;
    return reference;
}

std::string blobPath(const Digest& digest)
{
    return "blobs/" + toHex(digest);
}

}
