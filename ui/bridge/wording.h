#pragma once

#include "core/api/definitions.h"
#include "core/api/grants.h"
#include "core/domain/change.h"
#include "core/domain/metrics.h"
#include "core/domain/run.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/matrix_view.h"
#include "ui/kit/state.h"

#include <QCoreApplication>

/// Words for the states and kinds of the core, the same on every screen, and errors by code.
namespace ephor::ui {

/// A state's glyph and its word.
struct StateWords {
    State state = State::unknown;
    QString words;
    bool operator==(const StateWords&) const = default;
};

StateWords stateOf(RunState state);
StateWords stateOf(ChangeState state);
StateWords stateOf(RolloutState state);
StateWords stateOf(ApprovalState state);
StateWords stateOf(AgentHealth health);
StateWords stateOf(VerdictWord verdict);
StateWords stateOf(ephor::Access access);
/// "Slow since 11:50": the detail of the row where there is one, else the word.
StateWords healthOf(const AgentRow& row);
/// Of VersionInfo::state: "draft", "in-review", "production", "canary", "previous".
StateWords versionStateOf(const std::string& state);
/// Of a check: passed, failed, or failed but not required.
StateWords stateOf(const CheckResult& check);

QString word(Role role); ///< "Governance officer"
QString word(Variant variant); ///< "Canary"
QString word(SideEffect effect); ///< "Irreversible"
QString word(StopMode mode); ///< "No writes"
QString word(Permission permission); ///< "Approve changes"
QString word(DefinitionKind kind); ///< "Prompt"
QString word(SpanKind kind); ///< "Model call"
QString word(ProviderKind kind); ///< "Simulated"
QString word(ToolKind kind); ///< "HTTP"
/// "Governance officer", or "Viewer, Owner" where several are held.
QString roleWords(const std::vector<RoleGrant>& roles);
/// Of a ledger entry: "change.approved" as "Change approved"; a kind not known here keeps its own words.
QString entryKindWords(std::string_view kind);
/// Of RecordRow::outcome.
StateWords outcomeOf(std::string_view outcome);
/// Of ChangedItem::kind and InboxItem::kind: its icon and whether it is trouble.
Icon itemIcon(std::string_view kind);
State itemState(std::string_view kind);

/// The segment of library routes: "prompts".
QString librarySegment(DefinitionKind kind);
std::optional<DefinitionKind> definitionKindOf(const QString& segment);
Icon iconOf(DefinitionKind kind);
Icon iconOf(SpanKind kind);
/// The cell of kit's matrix for a rule of the core.
ui::Access matrixAccess(ephor::Access access);

/// An error as people read it: worded here by code where that helps, else the core's own sentence and hint.
ErrorText errorText(const Error& error);
/// On one line, for toasts and status.
QString errorLine(const Error& error);
/// Whether trying again may help by itself.
bool mayRetry(const Error& error);

}
