#include "core/trust/sanitize/character_kind.h"
#include "core/trust/sanitize/character_reference.h"
#include "core/trust/sanitize/hidden_bits.h"
#include "core/trust/sanitize/steps.h"

namespace ephor::sanitize {

namespace {

RemovalKind referenceRemoval(const CharacterKind kind)
{
    switch (kind) {
    case CharacterKind::Tag:
        return RemovalKind::TagCharacters;
    case CharacterKind::Selector:
        return RemovalKind::VariationSelectors;
    case CharacterKind::Direction:
        return RemovalKind::Direction;
    case CharacterKind::Unnamed:
        return RemovalKind::PrivateUse;
    case CharacterKind::Invisible:
        return RemovalKind::Invisible;
    default:
        return RemovalKind::Control;
    }
}

}

void removeReferences(DraftEditor& editor)
{
    const std::string_view text = editor.text();
    for (std::size_t at = text.find('&'); at != std::string_view::npos;) {
        const CharacterReference reference = characterReferenceAt(text, at);
        const std::size_t end = at + std::max<std::size_t>(reference.length, 1);
        const CharacterKind kind = reference.value == 0 ? CharacterKind::Plain : kindOf(reference.value);
        if (kind != CharacterKind::Plain && kind != CharacterKind::Break) {
            std::string hidden;
            if (kind == CharacterKind::Tag && reference.value >= 0xE0020 && reference.value < 0xE007F)
                hidden = char(reference.value - 0xE0000);
            editor.replace(at, end, {}, referenceRemoval(kind), hidden);
        }
        at = text.find('&', end);
    }
}

}
