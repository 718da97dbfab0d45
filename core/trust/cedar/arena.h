#pragma once

#include "core/trust/cedar/text.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <memory_resource>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>

namespace ephor::cedar {

/// Memory that is given back all at once: what a policy set, an entity store, a request or one verdict points into.
/// Holds only what needs no destructor. Not thread-safe while something is made in it; reading is.
class Arena {
public:
    Arena() = default;
    /// Begins in memory of the caller, which must outlive it; more comes from the heap.
    explicit Arena(std::span<std::byte> first)
        : m_memory(first.data(), first.size())
    {
    }
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    template <class T> T* make(const T& value)
    {
        static_assert(std::is_trivially_destructible_v<T>);
        return new (std::pmr::polymorphic_allocator<T>(&m_memory).allocate(1)) T(value);
    }

    /// `count` of them, made without arguments.
    template <class T> std::span<T> array(std::size_t count)
    {
        static_assert(std::is_trivially_destructible_v<T>);
        if (count == 0)
            return {};
        T* const first = std::pmr::polymorphic_allocator<T>(&m_memory).allocate(count);
        std::uninitialized_value_construct_n(first, count);
        return {first, count};
    }

    template <class T> std::span<const T> copy(std::span<const T> values)
    {
        const std::span<T> made = array<T>(values.size());
        std::ranges::copy(values, made.begin());
        return made;
    }

    std::string_view copy(std::string_view bytes)
    {
        const std::span<const char> made = copy(std::span<const char>(bytes.data(), bytes.size()));
        return {made.data(), made.size()};
    }

    Text text(std::string_view bytes) { return Text(copy(bytes)); }

private:
    std::pmr::monotonic_buffer_resource m_memory;
};

}
