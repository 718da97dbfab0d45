#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"

#include <algorithm>
#include <array>

namespace ephor::ui {

namespace {

struct KindWording {
    Q_DECLARE_TR_FUNCTIONS(KindWording)
};

/// "stepped-back" as "Stepped back": for words this version does not know.
QString plainWords(std::string_view word)
{
    QString words = text(word);
    words.replace(QLatin1Char('-'), QLatin1Char(' ')).replace(QLatin1Char('.'), QLatin1Char(' '));
    if (!words.isEmpty())
        words[0] = words[0].toUpper();
    return words;
}

}

QString word(Role role)
{
    switch (role) {
    case Role::Viewer:
        return KindWording::tr("Viewer");
    case Role::Admin:
        return KindWording::tr("Administrator");
    case Role::Officer:
        return KindWording::tr("Governance officer");
    case Role::Auditor:
        return KindWording::tr("Auditor");
    case Role::Owner:
        return KindWording::tr("Agent owner");
    }
    return {};
}

QString word(Variant variant)
{
    switch (variant) {
    case Variant::Only:
        return KindWording::tr("Only release");
    case Variant::Baseline:
        return KindWording::tr("Baseline");
    case Variant::Canary:
        return KindWording::tr("Canary");
    }
    return {};
}

QString word(SideEffect effect)
{
    switch (effect) {
    case SideEffect::Read:
        return KindWording::tr("Reads");
    case SideEffect::Write:
        return KindWording::tr("Writes");
    case SideEffect::Irreversible:
        return KindWording::tr("Irreversible");
    case SideEffect::Egress:
        return KindWording::tr("Sends out");
    }
    return {};
}

QString word(StopMode mode)
{
    switch (mode) {
    case StopMode::NoWrites:
        return KindWording::tr("No writes");
    case StopMode::NoNewRuns:
        return KindWording::tr("No new runs");
    case StopMode::Now:
        return KindWording::tr("Stop now");
    }
    return {};
}

QString word(Permission permission)
{
    switch (permission) {
    case Permission::None:
        return KindWording::tr("Open to everybody");
    case Permission::View:
        return KindWording::tr("View");
    case Permission::EditDefinitions:
        return KindWording::tr("Edit definitions");
    case Permission::ApproveChanges:
        return KindWording::tr("Approve changes");
    case Permission::OperateRollouts:
        return KindWording::tr("Operate rollouts");
    case Permission::Tighten:
        return KindWording::tr("Tighten permissions");
    case Permission::Stop:
        return KindWording::tr("Stop agents");
    case Permission::DecideActions:
        return KindWording::tr("Decide actions");
    case Permission::ReadRecord:
        return KindWording::tr("Read the record");
    case Permission::OpenSealed:
        return KindWording::tr("Open sealed content");
    case Permission::ManagePeople:
        return KindWording::tr("Manage people");
    case Permission::ManageKeys:
        return KindWording::tr("Manage keys and secrets");
    case Permission::InvokeAgents:
        return KindWording::tr("Start runs");
    }
    return {};
}

QString word(DefinitionKind kind)
{
    switch (kind) {
    case DefinitionKind::Agent:
        return KindWording::tr("Agent");
    case DefinitionKind::Prompt:
        return KindWording::tr("Prompt");
    case DefinitionKind::Model:
        return KindWording::tr("Model");
    case DefinitionKind::Tool:
        return KindWording::tr("Tool");
    case DefinitionKind::Policy:
        return KindWording::tr("Policy");
    case DefinitionKind::Protection:
        return KindWording::tr("Protection");
    }
    return {};
}

QString word(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Run:
        return KindWording::tr("Run");
    case SpanKind::Route:
        return KindWording::tr("Route");
    case SpanKind::Contract:
        return KindWording::tr("Contract");
    case SpanKind::Guard:
        return KindWording::tr("Guard");
    case SpanKind::Prompt:
        return KindWording::tr("Prompt");
    case SpanKind::Model:
        return KindWording::tr("Model call");
    case SpanKind::Tool:
        return KindWording::tr("Tool call");
    case SpanKind::Permission:
        return KindWording::tr("Permission");
    case SpanKind::Approval:
        return KindWording::tr("Approval");
    case SpanKind::Outcome:
        return KindWording::tr("Outcome");
    }
    return {};
}

QString word(ProviderKind kind)
{
    return kind == ProviderKind::Simulated ? KindWording::tr("Simulated") : KindWording::tr("OpenAI-compatible");
}

QString word(ToolKind kind)
{
    return kind == ToolKind::Http ? KindWording::tr("HTTP") : KindWording::tr("SQL");
}

QString roleWords(const std::vector<RoleGrant>& roles)
{
    QStringList words;
    for (const RoleGrant& grant : roles) {
        if (const QString one = word(grant.role); !words.contains(one))
            words.append(one);
    }
    return words.join(QStringLiteral(", "));
}

QString entryKindWords(std::string_view kind)
{
    static const std::array<std::pair<std::string_view, const char*>, 13> words{{
        {"genesis", QT_TRANSLATE_NOOP("KindWording", "Beginning of the record")},
        {"operation", QT_TRANSLATE_NOOP("KindWording", "Act")},
        {"permit", QT_TRANSLATE_NOOP("KindWording", "Permit")},
        {"outcome", QT_TRANSLATE_NOOP("KindWording", "Outcome")},
        {"approval", QT_TRANSLATE_NOOP("KindWording", "Approval")},
        {"rollout", QT_TRANSLATE_NOOP("KindWording", "Rollout")},
        {"stop", QT_TRANSLATE_NOOP("KindWording", "Stop")},
        {"denials", QT_TRANSLATE_NOOP("KindWording", "Repeated denials")},
        {"clock", QT_TRANSLATE_NOOP("KindWording", "Clock stepped back")},
        {"key", QT_TRANSLATE_NOOP("KindWording", "Key")},
        {"erasure", QT_TRANSLATE_NOOP("KindWording", "Erasure")},
        {"halt", QT_TRANSLATE_NOOP("KindWording", "Halt")},
        {"disclosure", QT_TRANSLATE_NOOP("KindWording", "Disclosure")},
    }};
    const auto known = std::find_if(words.begin(), words.end(), [&](const auto& pair) { return pair.first == kind; });
    return known == words.end() ? plainWords(kind) : KindWording::tr(known->second);
}

Icon itemIcon(std::string_view kind)
{
    static constexpr std::array<std::pair<std::string_view, Icon>, 21> icons{{
        {"change", Icon::changes},
        {"ratify", Icon::changes},
        {"rollout", Icon::promote},
        {"pause", Icon::statePaused},
        {"rollback", Icon::rollBack},
        {"release", Icon::promote},
        {"stop", Icon::stop},
        {"lift", Icon::play},
        {"denial", Icon::stateDenied},
        {"approval", Icon::stateWaiting},
        {"action", Icon::stateWaiting},
        {"grant", Icon::shield},
        {"person", Icon::person},
        {"erasure", Icon::person},
        {"agent", Icon::agent},
        {"prompt", Icon::prompt},
        {"model", Icon::model},
        {"tool", Icon::tool},
        {"run", Icon::activity},
        {"entry", Icon::seal},
        {"health", Icon::stateWarning},
    }};
    const auto known = std::find_if(icons.begin(), icons.end(), [&](const auto& pair) { return pair.first == kind; });
    return known == icons.end() ? Icon::info : known->second;
}

State itemState(std::string_view kind)
{
    if (kind == "denial")
        return State::denied;
    if (kind == "stop")
        return State::failed;
    if (kind == "action" || kind == "approval" || kind == "erasure")
        return State::waiting;
    if (kind == "pause")
        return State::paused;
    if (kind == "health" || kind == "rollback")
        return State::warning;
    return State::neutral;
}

QString librarySegment(DefinitionKind kind)
{
    switch (kind) {
    case DefinitionKind::Agent:
        return QStringLiteral("agents");
    case DefinitionKind::Prompt:
        return QStringLiteral("prompts");
    case DefinitionKind::Model:
        return QStringLiteral("models");
    case DefinitionKind::Tool:
        return QStringLiteral("tools");
    case DefinitionKind::Policy:
        return QStringLiteral("policies");
    case DefinitionKind::Protection:
        return QStringLiteral("protections");
    }
    return {};
}

std::optional<DefinitionKind> definitionKindOf(const QString& segment)
{
    for (const DefinitionKind kind :
        {DefinitionKind::Agent, DefinitionKind::Prompt, DefinitionKind::Model, DefinitionKind::Tool}) {
        if (librarySegment(kind) == segment)
            return kind;
    }
    return std::nullopt;
}

Icon iconOf(DefinitionKind kind)
{
    switch (kind) {
    case DefinitionKind::Agent:
        return Icon::agent;
    case DefinitionKind::Prompt:
        return Icon::prompt;
    case DefinitionKind::Model:
        return Icon::model;
    case DefinitionKind::Tool:
        return Icon::tool;
    case DefinitionKind::Policy:
        return Icon::policies;
    case DefinitionKind::Protection:
        return Icon::gate;
    }
    return Icon::none;
}

Icon iconOf(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Run:
        return Icon::activity;
    case SpanKind::Route:
        return Icon::changes;
    case SpanKind::Contract:
        return Icon::gate;
    case SpanKind::Guard:
    case SpanKind::Permission:
        return Icon::shield;
    case SpanKind::Prompt:
        return Icon::prompt;
    case SpanKind::Model:
        return Icon::model;
    case SpanKind::Tool:
        return Icon::tool;
    case SpanKind::Approval:
        return Icon::person;
    case SpanKind::Outcome:
        return Icon::external;
    }
    return Icon::none;
}

ui::Access matrixAccess(ephor::Access access)
{
    switch (access) {
    case ephor::Access::None:
        return ui::Access::none;
    case ephor::Access::Allow:
        return ui::Access::allow;
    case ephor::Access::Ask:
        return ui::Access::ask;
    case ephor::Access::Deny:
        return ui::Access::deny;
    }
    return ui::Access::none;
}

}
