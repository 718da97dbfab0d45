#pragma once

#include "core/api/insight.h"
#include "core/api/people.h"

#include <QDateTime>
#include <QString>

/// What somebody pastes to connect an agent that lives elsewhere. Pure.
namespace ephor::ui::agents {

/// Stands where a token would be while there is none to show.
QString tokenPlaceholder();
/// Two lines for an OpenAI-compatible client, and the model's name below them.
QString clientLines(const QString& address, const QString& token, const QString& agent);
/// How an agent that lives elsewhere fetches the version of its prompt that a unit gets.
QString promptLines(const QString& address, const QString& token, const QString& prompt, const QString& agent);
/// The name a prompt of its own gets: "refunds.system".
QString ownPromptName(const QString& agent);
/// Lower case, digits, and . _ - only, as names of definitions must be; from any title.
QString nameFrom(const QString& title);
/// Whether the key may call that agent now.
bool mayCall(const ServiceKey& key, const std::string& agent, const std::string& team, Instant now);
/// "Carried a person; no conversation, so one person's requests keep one version."
QString carriedWords(const FirstRequest::Response& seen);

}
