#include "core/proof/frontier.h"

#include <algorithm>
#include <bit>

namespace ephor::proof {

void Frontier::append(const Digest& leaf)
{
    append(leaf, SubtreeVisitor());
}

void Frontier::append(const Digest& leaf, const SubtreeVisitor& visit)
{
    Digest hash = leaf;
    std::uint64_t index = m_size;
    unsigned level = 0;
    if (visit)
        visit(level, index, hash);
    while ((index & 1) != 0) {
        hash = nodeHash(m_subtrees.back(), hash);
        m_subtrees.pop_back();
        index >>= 1;
        ++level;
        if (visit)
            visit(level, index, hash);
    }
    m_subtrees.push_back(hash);
    ++m_size;
}

Digest Frontier::root() const
{
    if (m_subtrees.empty())
        return emptyRoot();
    Digest hash = m_subtrees.back();
    for (std::size_t i = m_subtrees.size() - 1; i-- > 0;)
        hash = nodeHash(m_subtrees[i], hash);
    return hash;
}

Bytes Frontier::serialise() const
{
    Bytes bytes;
    bytes.reserve(8 + m_subtrees.size() * 32);
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(m_size >> shift));
    for (const Digest& subtree : m_subtrees)
        bytes.insert(bytes.end(), subtree.begin(), subtree.end());
    return bytes;
}

Result<Frontier> Frontier::parse(BytesView bytes)
{
    Frontier frontier;
    for (std::size_t i = 0; i < 8 && i < bytes.size(); ++i)
        frontier.m_size = frontier.m_size << 8 | bytes[i];
    const auto subtrees = static_cast<std::size_t>(std::popcount(frontier.m_size));
    if (bytes.size() != 8 + subtrees * 32 || frontier.m_size > maxTreeSize)
        return fail(Error(ErrorKind::Invalid, "proof.frontier.format",
            "The saved edge of the tree has the wrong length.", "Rebuild it from the stored leaves.")
                .with("bytes", std::to_string(bytes.size())));
    frontier.m_subtrees.resize(subtrees);
    for (std::size_t i = 0; i < subtrees; ++i)
        std::ranges::copy(bytes.subspan(8 + i * 32, 32), frontier.m_subtrees[i].begin());
    return frontier;
}

Result<Frontier> Frontier::load(std::uint64_t size, const HashSource& source)
{
    Frontier frontier;
    std::uint64_t begin = 0;
    for (std::uint64_t rest = size; rest != 0; rest -= std::bit_floor(rest)) {
        const auto level = static_cast<unsigned>(std::bit_width(rest) - 1);
        EPHOR_TRY(frontier.m_subtrees.emplace_back(), source(level, begin >> level));
        begin += std::bit_floor(rest);
    }
    frontier.m_size = size;
    return frontier;
}

}
