#pragma once

#include <string>
#include <string_view>

namespace ephor {

/// What people read and type of an id: the last eight characters of a UUID version 7, whose first ones are the time and
/// the same for all of one minute; the first eight hex digits of a "sha256:…" digest and of any other id.
std::string shortId(std::string_view id);

/// Whether this has the form of a whole UUID in small letters.
bool isUuid(std::string_view text);

/// Whether this has the form of a shortened UUID: eight small hex digits.
bool isShortId(std::string_view text);

/// What somebody means who pasted an id from anywhere: in small letters, without the blanks around it, without the word
/// before it ("run:…", "approval:…"), and of a verdict ("vd-…-3") the run it was given in.
/// A text that is none of these comes back trimmed and otherwise as it is.
std::string pastedId(std::string_view text);

}
