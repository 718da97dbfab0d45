#include "core/run/runtime/tried_texts.h"

#include "core/domain/reflect.h"
#include "core/trust/guard/label.h"

#include <nlohmann/json.hpp>

namespace ephor::runtime {

TriedTexts::TriedTexts(const Plan& plan)
    : m_protection(plan.protection->forTrial())
    , m_guards({guard::makeWellFormedGuard(), m_protection->guard()})
    , m_agent(plan.agentName)
{
}

Result<std::string> TriedTexts::pass(guard::Hook hook, const std::string& text, const std::string& tool)
{
    guard::Inspection inspection = m_guards.inspect({hook, text, m_agent, tool});
    for (guard::StandIn& standIn : inspection.standIns)
        m_vault.emplace(std::move(standIn.token), std::move(standIn.value));
    if (inspection.word == VerdictWord::Deny)
        return fail(Error(ErrorKind::Forbidden, "try.protected", inspection.reason,
            "Try it on another text, or change what the agent's protection lets through.")
                .with("rule", inspection.rule));
    return inspection.replacement ? std::move(*inspection.replacement) : text;
}

Result<Document> TriedTexts::passVariables(const Document& variables)
{
    const Json data = jsonOf(variables);
    if (!data.is_structured() || data.empty())
        return variables;
    EPHOR_TRY(std::string text, pass(guard::Hook::Input, compactJson(data)));
    if (!parseJson(text))
        return fail(ErrorKind::Forbidden, "try.protected",
            "What had to be hidden in the variables is no text, so nothing can stand for it.",
            "Give the value as a text.");
    return Document{std::move(text)};
}

Result<Messages> TriedTexts::forModel(Messages messages)
{
    if (!m_protection->actions().names(TextSurface::Model))
        return messages;
    for (provider::ChatMessage& message : messages) {
        EPHOR_TRY(message.content, pass(guard::Hook::BeforeModel, message.content));
    }
    return messages;
}

std::optional<Json> TriedTexts::passArguments(const PlannedTool& tool, const Json& arguments)
{
    const std::string text = compactJson(arguments);
    guard::Inspection inspection = m_guards.inspect({guard::Hook::BeforeTool, text, m_agent, tool.name});
    if (inspection.word == VerdictWord::Deny || inspection.word == VerdictWord::Ask)
        return std::nullopt;
    for (guard::StandIn& standIn : inspection.standIns)
        m_vault.emplace(std::move(standIn.token), std::move(standIn.value));
    if (!inspection.replacement)
        return arguments;
    auto replaced = parseJson(*inspection.replacement);
    return replaced && replaced->is_object() ? std::optional(std::move(*replaced)) : std::nullopt;
}

Json TriedTexts::revealedTo(const PlannedTool& tool, Json arguments) const
{
    if (guard::clearanceOf(tool.body) < Confidentiality::Confidential)
        return arguments;
    return guard::restoredJson(std::move(arguments), m_vault);
}

std::string TriedTexts::revealed(std::string answer) const
{
    return m_protection->reveals() ? guard::restored(answer, m_vault) : answer;
}

}
