#pragma once

#include "core/trust/sanitize/draft.h"

namespace ephor::sanitize {

// The steps in the order in which sanitizer.cpp runs them. Each is linear in the text, reads the editor's text from
// left to right and leaves the rest to the next: what one step uncovers for an earlier one, the next round finds.

/// Each broken sequence becomes U+FFFD (Unicode 15 §3.9), NUL goes.
void repairUtf8(DraftEditor& editor);

/// U+E0000–E007F goes, its ASCII revealed. Stays: a flag of a region (U+1F3F4, two to six tag letters or digits,
/// U+E007F), but in code.
void removeTags(DraftEditor& editor, Sink sink);

/// Keeps one selector on a base that has variants: emoji, keycaps, ideographs, mathematical signs, Mongolian, Myanmar;
/// in code none. Of others the bytes they may carry are revealed (one of 256 selectors a byte).
void removeSelectors(DraftEditor& editor, Sink sink);

/// Keeps, outside code, a single joiner where a script or emoji needs it (UTS #39 §3.1.1 for Arabic and Indic scripts)
/// and a zero-width space in scripts that write no blanks. Runs of two kinds are read as bits.
void removeInvisible(DraftEditor& editor, Sink sink);

/// In code all go. Elsewhere overrides go, and embeddings and isolates that are not closed in their line, or hold
/// nothing.
void removeDirections(DraftEditor& editor, Sink sink);

/// Private use, unassigned, noncharacters.
void removeUnnamed(DraftEditor& editor);

/// Commands of ECMA-48 and xterm: CSI, OSC (a link's address and what goes to the clipboard revealed), DCS and the
/// like, with their parameters; the text between them stays. For a model, a terminal and a log also spelt out as in
/// source code.
void removeTerminalEscapes(DraftEditor& editor, Sink sink);

/// What is left of C0, DEL and C1. Form feed, vertical tab and NEL become line feeds, as does a carriage return that
/// would let a terminal write over its line.
void removeControls(DraftEditor& editor, Sink sink);

/// HTML's &#8203; and its like, which are unseen characters once they are shown.
void removeReferences(DraftEditor& editor);

/// Comments, elements that style or kind hides, attributes nobody sees; for rendering sinks also whatever acts or
/// loads.
void cleanMarkup(DraftEditor& editor, Sink sink, const AllowedHosts& allowed);

/// Markdown's definitions without an address, "[//]: # (text)", which people use as comments.
void removeCommentDefinitions(DraftEditor& editor);

/// Markdown's links, images and definitions, and bare addresses.
void defuseLinks(DraftEditor& editor, const AllowedHosts& allowed);

/// What cleanMarkup() and defuseLinks() would take out of the text once the escapes of its JSON strings are read
/// ("\u003c" for "<", "\/" for "/"): an answer that is JSON is shown when somebody has read it. To be run on a text in
/// which the two find nothing any more.
void defuseEscaped(DraftEditor& editor, Sink sink, const AllowedHosts& allowed);

/// Puts an apostrophe before a cell that a spreadsheet would take for a formula.
void defuseFormula(DraftEditor& editor);

/// Writes every break as \n.
void joinLines(DraftEditor& editor);

/// For a text that is built to uncover something new in each round: parts every pair of characters that could begin
/// markup, a reference, a link or a spelt-out command, and takes out all unseen characters.
void defuseEverything(DraftEditor& editor, Sink sink);

/// Whether commands spelt out in source code are commands there.
constexpr bool readsSpeltEscapes(const Sink sink)
{
    return sink == Sink::Model || sink == Sink::Terminal || sink == Sink::Log;
}
constexpr bool readsMarkup(const Sink sink)
{
    return sink == Sink::Model || sink == Sink::Markdown || sink == Sink::Html;
}

}
