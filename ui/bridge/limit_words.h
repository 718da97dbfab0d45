#pragma once

#include "core/domain/verdict.h"

#include <QString>
#include <QStringList>

/// What a grant wants of a call besides its agent and tool, in words. Pure.
namespace ephor::ui {

/// "amount at most 1000": a condition in a few words.
QString conditionWords(const GrantCondition& condition);
/// Every condition of a grant, and its expiry; empty where it has none.
QStringList limitWords(const GrantRule& rule);

}
