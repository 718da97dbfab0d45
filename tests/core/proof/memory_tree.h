#pragma once

#include "core/proof/merkle.h"

#include <string>

/// A tree that keeps every hash, by the plainest code: what the clever ones are compared with.
class MemoryTree {
public:
    void append(const ephor::Digest& leaf)
    {
        if (m_levels.empty())
            m_levels.emplace_back();
        m_levels[0].push_back(leaf);
        for (std::size_t level = 0; m_levels[level].size() % 2 == 0; ++level) {
            if (m_levels.size() == level + 1)
                m_levels.emplace_back();
            const auto& row = m_levels[level];
            m_levels[level + 1].push_back(ephor::proof::nodeHash(row[row.size() - 2], row[row.size() - 1]));
        }
    }

    ephor::proof::HashSource source() const
    {
        return [this](unsigned level, std::uint64_t index) -> ephor::Result<ephor::Digest> {
            if (level >= m_levels.size() || index >= m_levels[level].size())
                return ephor::fail(ephor::ErrorKind::Internal, "test.outside", "Asked for a subtree outside the tree.");
            return m_levels[level][index];
        };
    }

    const ephor::Digest& leaf(std::size_t index) const { return m_levels[0][index]; }

    /// MTH of RFC 6962 §2.1, word for word.
    ephor::Digest rootOf(std::size_t begin, std::size_t count) const
    {
        if (count == 0)
            return ephor::proof::emptyRoot();
        if (count == 1)
            return m_levels[0][begin];
        std::size_t split = 1;
        while (split * 2 < count)
            split *= 2;
        return ephor::proof::nodeHash(rootOf(begin, split), rootOf(begin + split, count - split));
    }

    static MemoryTree ofNumbers(std::size_t count)
    {
        MemoryTree tree;
        for (std::size_t i = 0; i < count; ++i)
            tree.append(ephor::proof::leafHash(ephor::bytesOf("leaf " + std::to_string(i))));
        return tree;
    }

private:
    std::vector<std::vector<ephor::Digest>> m_levels;
};
