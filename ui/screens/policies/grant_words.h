#pragma once

#include "core/domain/verdict.h"
#include "ui/bridge/limit_words.h"

#include <QString>

/// Grants with their conditions in words, and conditions from what is typed. Pure.
namespace ephor::ui::policies {

/// What the grant says, in one sentence.
QString grantSentence(const GrantRule& rule, const QString& agentTitle);

/// What a form calls a kind of condition.
QString conditionKindWords(GrantConditionKind kind);
bool wantsArgument(GrantConditionKind kind);
/// What to type, as an example; empty where nothing is typed.
QString valuesExample(GrantConditionKind kind);
/// The values as they are typed: "1000", "EUR, USD", "08:00-18:00".
QString valuesText(const GrantCondition& condition);
GrantCondition conditionFrom(GrantConditionKind kind, const QString& argument, const QString& typed);
/// What is missing or cannot be read; empty where it stands.
QString whyNoCondition(const GrantCondition& condition);

}
