#include "core/trust/sanitize/sanitizer.h"

#include "core/trust/sanitize/character_kind.h"
#include "core/trust/sanitize/draft.h"
#include "core/trust/sanitize/steps.h"

namespace ephor::sanitize {

namespace {

// What a step takes out may join what stood on both sides to something an earlier step would have taken out. Honest
// text settles in the second round; nested attacks get no more than these.
constexpr int mostRounds = 8;

class Rounds {
public:
    Rounds(Draft& draft, Sink sink, const AllowedHosts& allowed)
        : m_draft(draft)
        , m_sink(sink)
        , m_allowed(allowed)
    {
    }

    /// Whether it changed the text.
    bool run()
    {
        const TextSurvey found = survey(m_draft.text());
        bool changed = characters(found);
        // The steps above leave in no sign of markup that was not there.
        if (readsMarkup(m_sink) && found.ampersand)
            changed |= step([](DraftEditor& editor) { removeReferences(editor); });
        if (readsMarkup(m_sink) && found.angle)
            changed |= step([this](DraftEditor& editor) { cleanMarkup(editor, m_sink, m_allowed); });
        if (m_sink == Sink::Markdown || m_sink == Sink::Model)
            changed |= step(removeCommentDefinitions);
        if (m_sink == Sink::Markdown)
            changed |= step([this](DraftEditor& editor) { defuseLinks(editor, m_allowed); });
        const bool renders = m_sink == Sink::Markdown || m_sink == Sink::Html;
        if (renders && found.backslash && !changed)
            changed |= step([this](DraftEditor& editor) { defuseEscaped(editor, m_sink, m_allowed); });
        if (m_sink == Sink::Spreadsheet)
            changed |= step(defuseFormula);
        if (m_sink == Sink::Log)
            changed |= step(joinLines);
        return changed;
    }

    void defuse()
    {
        step([this](DraftEditor& editor) { defuseEverything(editor, m_sink); });
    }

private:
    bool characters(const TextSurvey& found)
    {
        const auto sinkStep
            = [this](const auto work) { return step([this, work](DraftEditor& editor) { work(editor, m_sink); }); };
        bool changed = false;
        if (!found.valid || found.has(CharacterKind::Nul))
            changed |= step(repairUtf8);
        if (found.has(CharacterKind::Tag))
            changed |= sinkStep(removeTags);
        if (found.has(CharacterKind::Selector))
            changed |= sinkStep(removeSelectors);
        if (found.has(CharacterKind::Invisible))
            changed |= sinkStep(removeInvisible);
        if (found.has(CharacterKind::Direction))
            changed |= sinkStep(removeDirections);
        if (found.has(CharacterKind::Unnamed))
            changed |= step(removeUnnamed);
        const bool controls = found.has(CharacterKind::Escape) || found.has(CharacterKind::Control);
        if (controls || (found.backslash && readsSpeltEscapes(m_sink)))
            changed |= sinkStep(removeTerminalEscapes);
        if (controls || (m_sink == Sink::Terminal && found.has(CharacterKind::Break)))
            changed |= sinkStep(removeControls);
        return changed;
    }

    bool step(const auto work)
    {
        DraftEditor editor(m_draft);
        work(editor);
        return editor.finish();
    }

    Draft& m_draft;
    Sink m_sink;
    const AllowedHosts& m_allowed;
};

}

Sanitized sanitize(const std::string_view raw, const Sink sink, const AllowedHosts& allowed)
{
    Draft draft(raw);
    Rounds rounds(draft, sink, allowed);
    for (int round = 0; round < mostRounds; ++round)
        if (!rounds.run())
            return std::move(draft).finish();
    rounds.defuse();
    // What is left is a beginning such as a formula's.
    rounds.run();
    return std::move(draft).finish();
}

}
