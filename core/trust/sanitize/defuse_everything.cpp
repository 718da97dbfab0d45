#include "core/trust/sanitize/character_kind.h"
#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/steps.h"

namespace ephor::sanitize {

namespace {

RemovalKind unseenRemoval(const CharacterKind kind)
{
    switch (kind) {
    case CharacterKind::Tag:
        return RemovalKind::TagCharacters;
    case CharacterKind::Selector:
        return RemovalKind::VariationSelectors;
    case CharacterKind::Invisible:
        return RemovalKind::Invisible;
    case CharacterKind::Direction:
        return RemovalKind::Direction;
    case CharacterKind::Unnamed:
        return RemovalKind::PrivateUse;
    default:
        return RemovalKind::Control;
    }
}

}

void defuseEverything(DraftEditor& editor, const Sink sink)
{
    const std::string_view text = editor.text();
    const bool links = sink == Sink::Markdown;
    const auto next = [&](const std::size_t at) { return at + 1 < text.size() ? std::uint8_t(text[at + 1]) : 0; };
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint here = codePointAt(text, at);
        const CharacterKind kind = kindOf(here.value);
        const std::size_t end = at + here.length;
        if (kind != CharacterKind::Plain && kind != CharacterKind::Break)
            editor.replace(at, end, {}, unseenRemoval(kind));
        else if (here.value == '\\' && readsSpeltEscapes(sink))
            editor.replace(at, end, "/", RemovalKind::TerminalEscape);
        else if ((here.value == '<' || here.value == '&') && readsMarkup(sink))
            // What follows may go, and bring the next character here.
            editor.replace(at, end, here.value == '<' ? "< " : "& ", RemovalKind::HiddenMarkup);
        else if (links && (here.value == ']' || here.value == ':') && next(at) > ' ')
            editor.replace(at, end, here.value == ']' ? "] " : ": ", RemovalKind::ExternalLink);
        else if (links && here.value == '.' && at > 0 && (text[at - 1] | 0x20) == 'w' && next(at) > ' ')
            editor.replace(at, end, ". ", RemovalKind::ExternalLink);
        at = end;
    }
}

}
