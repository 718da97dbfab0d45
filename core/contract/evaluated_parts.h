#pragma once

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <vector>

namespace ephor::contract {

/// Which members or elements of one instance have been evaluated so far: what unevaluatedItems and
/// unevaluatedProperties ask for. A schema that fails takes back what it added.
class EvaluatedParts {
public:
    struct Mark {
        std::size_t parts;
        std::size_t firstItems;
        bool all;
    };

    Mark mark() const { return {m_parts.size(), m_firstItems, m_all}; }

    void takeBack(const Mark& mark)
    {
        m_parts.resize(mark.parts);
        m_firstItems = mark.firstItems;
        m_all = mark.all;
    }

    void addAll() { m_all = true; }
    void addFirstItems(std::size_t count) { m_firstItems = std::max(m_firstItems, count); }
    void add(const nlohmann::json& part)
    {
        if (!m_all)
            m_parts.push_back(&part);
    }

    void merge(const EvaluatedParts& other)
    {
        m_all = m_all || other.m_all;
        addFirstItems(other.m_firstItems);
        m_parts.insert(m_parts.end(), other.m_parts.begin(), other.m_parts.end());
    }

    /// To be called before asking.
    void sort() { std::sort(m_parts.begin(), m_parts.end()); }
    bool holdsAll() const { return m_all; }
    bool holds(const nlohmann::json& part) const { return std::binary_search(m_parts.begin(), m_parts.end(), &part); }
    std::size_t firstItems() const { return m_firstItems; }

private:
    std::vector<const nlohmann::json*> m_parts;
    std::size_t m_firstItems = 0;
    bool m_all = false;
};

}
