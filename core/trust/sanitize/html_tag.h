#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::sanitize {

struct TagAttribute {
    std::string name; ///< lower-case
    std::string_view value; ///< as written, without quotes
    std::size_t start = 0; ///< of the blanks in front, in the text
    std::size_t end = 0;
    bool hasValue = false;
};

struct HtmlTag {
    std::string name; ///< lower-case
    std::vector<TagAttribute> attributes;
    std::size_t start = 0;
    std::size_t end = 0;
    bool closing = false;

    const TagAttribute* find(std::string_view attribute) const;
};

/// What counts as a tag.
enum class TagSyntax {
    Strict, ///< only what every reader of HTML and of Markdown takes for the same tag; never with < inside
    Browser, ///< also what browsers put up with, but for < outside quotes
};

struct TagReading {
    std::optional<HtmlTag> tag; ///< nothing: no tag by that syntax
    std::size_t readTo = 0; ///< where that was decided
};

/// The tag that the < at `at` begins.
TagReading tagAt(std::string_view text, std::size_t at, TagSyntax syntax);

struct ElementRange {
    std::size_t contentEnd = 0;
    std::size_t end = 0; ///< past the closing tag
};

/// Where the element ends that a tag of `name` before `from` opened; elements of the same name
/// within are passed over, unless `name` is one whose content is no markup (script, style and their like). Nothing
/// where it is never closed.
std::optional<ElementRange> elementEnd(std::string_view text, std::size_t from, std::string_view name);

/// Elements without content, such as img.
bool isVoidElement(std::string_view name);

}
