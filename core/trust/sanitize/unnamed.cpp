#include "core/trust/sanitize/character_run.h"
#include "core/trust/sanitize/steps.h"

namespace ephor::sanitize {

void removeUnnamed(DraftEditor& editor)
{
    const std::string_view text = editor.text();
    for (auto run = nextRun(text, 0, CharacterKind::Unnamed); !run.empty();
        run = nextRun(text, run.end, CharacterKind::Unnamed))
        editor.replace(run.start, run.end, {}, RemovalKind::PrivateUse);
}

}
