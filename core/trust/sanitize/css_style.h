#pragma once

#include "core/trust/sanitize/sanitizer.h"

namespace ephor::sanitize {

/// A style attribute as a browser reads it: references, CSS escapes and comments resolved, lower-case, without blanks.
class CssStyle {
public:
    explicit CssStyle(std::string_view attribute);

    /// Not displayed, of no size, moved off the page, transparent, or in the colour of its own background. White on an
    /// unknown background is not known to be hidden.
    bool hides() const;

    /// Whether it loads something from a host that is not allowed or runs something (expression, behaviours, bindings).
    bool reachesOut(const AllowedHosts& allowed) const;

private:
    std::string m_text;
};

}
