#pragma once

#include "core/api/grants.h"
#include "ui/kit/matrix_view.h"

#include <QString>
#include <vector>

/// Why a cell of the matrix is what it is, in words. Pure.
namespace ephor::ui::policies {

/// One rule that bears on the cell.
struct StoryRule {
    ui::Access access = ui::Access::none;
    QString title; ///< "Ask a governance officer"
    QString source; ///< "release v41", "tightened by Ines Marchetti"
    QString why; ///< the reason given, or empty
    QString limits; ///< what the call must hold to, or empty
    enum class Part { makesCell, overruled } part = Part::overruled;
    bool operator==(const StoryRule&) const = default;
};

struct CellStory {
    ui::Access access = ui::Access::none;
    QString badge; ///< "Ask"
    QString sentence;
    std::vector<StoryRule> rules; ///< the one that makes the cell first
    std::vector<StoryRule> written; ///< rules written as text that may bear on its calls, by their arguments
    QString calls; ///< "512 calls in 30 days: 431 allowed, 74 asked, 7 denied"
};

CellStory cellStory(const ExplainGrant::Response& explained);

/// "Ask 2 people: governance officer": a rule's answer in a few words.
QString ruleTitle(const GrantRule& rule);

}
