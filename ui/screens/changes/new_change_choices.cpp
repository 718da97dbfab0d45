#include "ui/screens/changes/new_change_choices.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"

#include <QCoreApplication>
#include <algorithm>
#include <tuple>

namespace ephor::ui::changes {

namespace {

struct ChoiceWords {
    Q_DECLARE_TR_FUNCTIONS(ChoiceWords)
};

bool belongsTo(const DefinitionSummary& definition, const std::string& agent, const AgentBody& body)
{
    switch (definition.kind) {
    case DefinitionKind::Agent:
        return definition.name == agent;
    case DefinitionKind::Prompt:
        return definition.name == body.prompt;
    case DefinitionKind::Model:
        return definition.name == body.model;
    case DefinitionKind::Tool:
        return std::ranges::find(body.tools, definition.name) != body.tools.end();
    case DefinitionKind::Policy:
        return std::ranges::find(body.policies, definition.name) != body.policies.end();
    case DefinitionKind::Protection:
        return definition.name == body.protection;
    }
    return false;
}

}

std::vector<ItemChoice> itemChoices(const std::string& agent, const AgentBody& body,
    const std::vector<DefinitionSummary>& definitions, const QDateTime& now)
{
    std::vector<ItemChoice> choices;
    for (const DefinitionSummary& definition : definitions) {
        const std::uint64_t production = definition.production.value_or(0);
        if (definition.retired || definition.newest <= production || !belongsTo(definition, agent, body))
            continue;
        ItemChoice choice;
        choice.item.kind = definition.kind;
        choice.item.name = definition.name;
        choice.item.to = definition.newest;
        const QString name = word(definition.kind) + u' ' + text(definition.name);
        choice.label = production == 0
            ? ChoiceWords::tr("%1, new as %2").arg(name, versionText(definition.newest))
            : ChoiceWords::tr("%1, %2 to %3").arg(name, versionText(production), versionText(definition.newest));
        choice.detail
            = ChoiceWords::tr("%1, %2").arg(text(definition.changedBy), relativeTime(definition.changedAt, now));
        choices.push_back(std::move(choice));
    }
    std::ranges::stable_sort(choices, {},
        [](const ItemChoice& choice) { return std::tuple(choice.item.kind, std::string(choice.item.name)); });
    return choices;
}

QString suggestedTitle(const QString& agentTitle, const std::vector<ChangeItem>& items)
{
    if (items.empty())
        return {};
    const ChangeItem& first = items.front();
    const QString name
        = QStringLiteral("%1 %2 %3").arg(word(first.kind).toLower(), text(first.name), versionText(first.to));
    return items.size() == 1
        ? ChoiceWords::tr("%1: %2").arg(agentTitle, name)
        : ChoiceWords::tr("%1: %2 and %3 more").arg(agentTitle, name, numberText(items.size() - 1));
}

}
