#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::bench {

/// A text in which some values stand open, to be written again and again with others in their place.
class OpenText {
public:
    /// Opens every occurrence of `values[k]` as place k. Empty values open nothing.
    OpenText(std::string_view text, std::span<const std::string> values);

    /// Replaces `into` by the text with `values[k]` at place k.
    void write(std::string& into, std::span<const std::string> values) const;

private:
    struct Part {
        std::string before;
        std::size_t place = 0;
    };
    std::vector<Part> m_parts;
    std::string m_rest;
};

}
