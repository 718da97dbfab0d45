#pragma once

#include "core/trust/sanitize/html_tag.h"
#include "core/trust/sanitize/sanitizer.h"

namespace ephor::sanitize {

/// What becomes of an element.
enum class ElementFate {
    Kept,
    Unwrapped, ///< its tags go, its content stays
    Removed, ///< all of it goes
};

/// What becomes of an attribute, or of an element that is not Kept, is told by a kind.
struct ElementVerdict {
    ElementFate fate = ElementFate::Kept;
    RemovalKind kind = RemovalKind::ActiveContent;
};

/// Of a tag that opens. Kept ones may still lose attributes.
ElementVerdict elementVerdict(const HtmlTag& tag, Sink sink);

/// Why this attribute of a kept element goes; nothing: it stays. Where text is rendered only attributes that are known
/// stay, since any other may mean something to a page's scripts.
std::optional<RemovalKind> attributeRemoval(const TagAttribute& attribute, Sink sink, const AllowedHosts& allowed);

/// Elements that begin a block of raw HTML in Markdown even where their tag is not complete (CommonMark §4.6).
bool beginsRawBlock(std::string_view name);

}
