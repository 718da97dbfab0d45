#include "core/trust/guard/inspection_words.h"

#include "core/domain/reflect.h"

#include <set>

namespace ephor::guard {

namespace {

std::string_view removalWords(sanitize::RemovalKind kind)
{
    switch (kind) {
    case sanitize::RemovalKind::InvalidUtf8:
        return "Bytes that are no text were replaced.";
    case sanitize::RemovalKind::Control:
        return "Control characters were removed.";
    case sanitize::RemovalKind::TagCharacters:
        return "Text hidden in tag characters was removed.";
    case sanitize::RemovalKind::VariationSelectors:
        return "Text hidden in variation selectors was removed.";
    case sanitize::RemovalKind::Invisible:
        return "Invisible characters were removed.";
    case sanitize::RemovalKind::Direction:
        return "Marks that turn the order of reading were removed.";
    case sanitize::RemovalKind::PrivateUse:
        return "Characters without a meaning were removed.";
    case sanitize::RemovalKind::TerminalEscape:
        return "Commands to a terminal were removed.";
    case sanitize::RemovalKind::HiddenMarkup:
        return "Hidden markup was removed.";
    case sanitize::RemovalKind::ActiveContent:
        return "Active content was removed.";
    case sanitize::RemovalKind::ExternalLink:
        return "A link to a host that is not allowed was removed.";
    case sanitize::RemovalKind::Formula:
        return "A formula was defused.";
    case sanitize::RemovalKind::LineBreak:
        return "Line breaks were removed.";
    }
    return "Something was removed.";
}

}

std::string countWord(sanitize::RemovalKind kind)
{
    return "removed:" + wordOf(kind);
}

std::string removalSentence(const std::vector<sanitize::Removal>& removed)
{
    std::set<sanitize::RemovalKind> told;
    std::string sentence;
    for (const sanitize::Removal& removal : removed) {
        if (told.insert(removal.kind).second)
            sentence += (sentence.empty() ? "" : " ") + std::string(removalWords(removal.kind));
    }
    return sentence;
}

std::string_view placeWords(TextSurface surface)
{
    switch (surface) {
    case TextSurface::Input:
        return "the request";
    case TextSurface::Model:
        return "what goes to the model";
    case TextSurface::Arguments:
        return "the arguments of the call";
    case TextSurface::Result:
        return "the tool's result";
    case TextSurface::Answer:
        break;
    }
    return "the answer";
}

std::string_view doneWord(ProtectAction action)
{
    switch (action) {
    case ProtectAction::Observe:
        return "noticed";
    case ProtectAction::Mask:
        return "masked";
    case ProtectAction::Tokenise:
        return "replaced by a stand-in";
    case ProtectAction::Hash:
        return "replaced by a hash";
    case ProtectAction::Redact:
        return "redacted";
    case ProtectAction::Ask:
        return "asked about";
    case ProtectAction::Deny:
        break;
    }
    return "refused";
}

}
