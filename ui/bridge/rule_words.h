#pragma once

#include "ui/bridge/route.h"

#include <QString>
#include <optional>
#include <string>

/// The rule that a verdict names, in words and where it is shown. Pure.
namespace ephor::ui {

/// Where the rule is shown: among the rules in force, or, where no rule was the reason, the cell that lacks one.
/// Nothing for what is no rule of the policy language (a guard, a budget, a stop).
std::optional<Route> ruleRoute(const std::string& rule, const std::string& agent, const std::string& tool);
/// "No rule, so denied", "Grant refunds/payments.send", "Policy limits".
QString ruleWords(const std::string& rule);
/// A sentence of the core about an agent, which it names, with the title that people know. The name is replaced where
/// it first stands as a word of its own; `title` empty leaves the sentence.
QString titled(const std::string& sentence, const std::string& name, const std::string& title);

}
