#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

namespace ephor::sanitize {

/// What was taken out of a text, or defused in it.
enum class RemovalKind {
    InvalidUtf8, ///< replaced by U+FFFD
    Control, ///< NUL and the rest of C0, DEL and C1 but tab, line feed and carriage return
    TagCharacters, ///< U+E0000–E007F outside a flag: ASCII nobody sees
    VariationSelectors, ///< more than one a base, or on a base that has no variant (Unicode's, and those of emoji)
    Invisible, ///< characters of no width outside the scripts and emoji that need them
    Direction, ///< overrides, and marks that turn the order of reading and are not balanced in their line
    PrivateUse, ///< private, unassigned and noncharacters; places kept for emoji and ideographs to come may stay
    TerminalEscape, ///< commands to a terminal, also spelt out (\x1b[, \033, \u001b)
    HiddenMarkup, ///< HTML that is sent but not shown
    ActiveContent, ///< scripts, event handlers, javascript: and data:text/html links
    ExternalLink, ///< a link or image to a host that is not allowed
    Formula, ///< a cell that a spreadsheet would run
    LineBreak, ///< a break that would begin a new line of a log
};
BOOST_DESCRIBE_ENUM(RemovalKind, InvalidUtf8, Control, TagCharacters, VariationSelectors, Invisible, Direction,
    PrivateUse, TerminalEscape, HiddenMarkup, ActiveContent, ExternalLink, Formula, LineBreak)

struct Removal {
    RemovalKind kind = RemovalKind::Control;
    std::size_t start = 0; ///< bytes of the raw text
    std::size_t end = 0; ///< above `start`
    /// What was hidden there, readable, at most 256 bytes: the ASCII of tags, the text of a comment, the address of a
    /// link. Empty: nothing to read.
    std::string revealed;
    bool operator==(const Removal&) const = default;
};

struct Sanitized {
    std::string text; ///< valid UTF-8
    /// In the order of the raw text; neighbours of one kind are one. Ranges may lie within each other, as of an unseen
    /// character within a comment. Beyond 100,000 one removal of each kind stands for all that follow. Empty exactly
    /// when the text is the raw one.
    std::vector<Removal> removed;
    bool operator==(const Sanitized&) const = default;
};

/// Where a text goes next: what is dangerous depends on who reads it.
enum class Sink {
    Model, ///< into a prompt; links stay, hidden markup and commands spelt out go
    Text, ///< to a person, as plain text; markup and links stay, since they are seen as what they are
    Markdown, ///< to a person, rendered with HTML in it
    Html, ///< a piece of a page
    Terminal,
    Spreadsheet, ///< one cell
    Log, ///< one line
    Code, ///< source, JSON, an identifier: no directions and no invisible characters at all
};
BOOST_DESCRIBE_ENUM(Sink, Model, Text, Markdown, Html, Terminal, Spreadsheet, Log, Code)

/// Hosts that links of an answer may lead to: "example.com" itself, ".example.com" with all below it. None: no host.
using AllowedHosts = std::vector<std::string>;

/// Takes out of a text what no reader sees but a machine follows, and what the sink would act on. Pure and idempotent:
/// what it returns, it returns unchanged for the same sink. Linear in the length of the text. Thread-safe. The steps
/// and their order are told one by one in steps.h. Not a boundary against injected words, which pass: see
/// instructions.h.
///
/// In Markdown a link or image to a host that is not allowed loses its address and keeps its text:
/// "[terms](https://evil.example/?q=1)" becomes "[terms] (link to evil.example removed)"; a bare address becomes the
/// words in parentheses. That holds in code spans and blocks too, since renderers disagree on where these end. Relative
/// addresses, tel: and plain mailto: stay. In HTML the attribute goes and the element stays; scripts, frames, forms,
/// SVG and MathML, attributes that are not known, and whatever else acts, go. A < that begins no well-formed tag there
/// gets a blank after it.
Sanitized sanitize(std::string_view raw, Sink sink, const AllowedHosts& allowed = {});

}
