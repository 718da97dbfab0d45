#pragma once

#include "core/trust/sanitize/sanitizer.h"

namespace ephor::sanitize {

/// How an address is written where it stands.
enum class LinkSpelling {
    Bare, ///< within text; ends before a blank, a quote or an angle bracket
    Attribute, ///< with HTML's character references
    Markdown, ///< of a link; with these and backslashes before punctuation; ends before a blank or its parenthesis
};

enum class LinkRisk {
    None, ///< relative, or to an allowed host, or one that sends nothing
    External, ///< to a host that is not allowed
    Active, ///< runs or opens something: javascript:, data:text/html, schemes of programs
};

struct LinkTarget {
    LinkRisk risk = LinkRisk::None;
    std::string host; ///< lower-case, without user, port and "www."; as it may be shown. Empty for Active
};

/// Reads an address as a browser does (WHATWG URL): leading controls and blanks and all tabs and line breaks left out,
/// backslashes as slashes, any number of slashes before a host, the user before @ left out. `address` may be followed
/// by other text where its spelling tells the end. Looks at its beginning only, as far as the end of the host; what
/// stays undecided there counts as a risk. A host with characters outside ASCII is never one that is allowed.
LinkTarget linkTarget(std::string_view address, LinkSpelling spelling, const AllowedHosts& allowed);

/// The text that stands where a link was: "(link to evil.example removed)".
std::string linkNotice(const LinkTarget& target);

}
