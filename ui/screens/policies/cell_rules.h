#pragma once

#include "core/api/grants.h"
#include "core/api/policies.h"
#include "ui/screens/policies/cell_story.h"

#include <vector>

/// Rules written as text that bear on a cell of the matrix: what they say of a call needs its arguments, so that the
/// cell itself cannot show it. Pure.
namespace ephor::ui::policies {

/// Which of `rules` may say something of a call of `tool` by `agent`, as their scopes have it: house rules, rules of
/// policies and rules kept as text, by the tool's name, by the group of its effect, or over every tool.
std::vector<RuleInfo> textRulesOf(
    const std::vector<RuleInfo>& rules, const std::string& agent, const std::string& tool, SideEffect effect);

/// How the card of a cell tells such a rule.
StoryRule storyOfText(const RuleInfo& rule);

}
