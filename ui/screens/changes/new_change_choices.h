#pragma once

#include "core/domain/change.h"
#include "core/domain/definition.h"

#include <QDateTime>
#include <QString>
#include <vector>

/// What a new change of an agent could move. Pure.
namespace ephor::ui::changes {

/// A definition whose newest version is ahead of production.
struct ItemChoice {
    ChangeItem item; ///< `from` 0: the backend fills what is in production for the agent
    QString label; ///< "Prompt customer-refunds.system, v41 to v42"
    QString detail; ///< "Jonas Weber, 2 h ago"
};

/// The agent itself and what its newest body names, where something newer than production is saved. In order of kind
/// and name.
std::vector<ItemChoice> itemChoices(const std::string& agent, const AgentBody& body,
    const std::vector<DefinitionSummary>& definitions, const QDateTime& now);

/// "Prompt customer-refunds.system v42": a title that can be edited.
QString suggestedTitle(const QString& agentTitle, const std::vector<ChangeItem>& items);

}
