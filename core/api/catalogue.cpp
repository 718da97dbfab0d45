#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/erasure.h"
#include "core/api/grants.h"
#include "core/api/insight.h"
#include "core/api/people.h"
#include "core/api/policies.h"
#include "core/api/protection.h"
#include "core/api/resolve.h"
#include "core/api/runs.h"
#include "core/api/session.h"
#include "core/api/workspace.h"

#include <algorithm>
#include <array>

namespace ephor {

namespace {

template <class Op> OperationType declared()
{
    return {&Op::operation, &typeOf<typename Op::Request>, &typeOf<typename Op::Response>};
}

const std::array catalogue{
    declared<SaveAgent>(),
    declared<ConfirmCall>(),
    declared<DecideApproval>(),
    declared<GetApproval>(),
    declared<ListApprovals>(),
    declared<SignHead>(),
    declared<GetEntry>(),
    declared<ExportRecord>(),
    declared<ProveEntry>(),
    declared<QueryRecord>(),
    declared<RecordState>(),
    declared<VerifyRecord>(),
    declared<ApproveChange>(),
    declared<CreateChange>(),
    declared<GetChange>(),
    declared<ListChanges>(),
    declared<RatifyChange>(),
    declared<RejectChange>(),
    declared<SubmitChange>(),
    declared<WithdrawChange>(),
    declared<DiffVersions>(),
    declared<GetDefinition>(),
    declared<ListDefinitions>(),
    declared<RetireDefinition>(),
    declared<WhereUsed>(),
    declared<ListVersions>(),
    declared<RunStory>(),
    declared<ListStories>(),
    declared<SetTraffic>(),
    declared<ExplainGrant>(),
    declared<ReadMatrix>(),
    declared<PreviewGrants>(),
    declared<TightenGrant>(),
    declared<ListTightenings>(),
    declared<ReadInbox>(),
    declared<ReadAgent>(),
    declared<WhatChanged>(),
    declared<FindAnything>(),
    declared<FirstRequest>(),
    declared<ReadOverview>(),
    declared<CreateKey>(),
    declared<ListKeys>(),
    declared<RevokeKey>(),
    declared<SaveModel>(),
    declared<TestModel>(),
    declared<ExplainAccess>(),
    declared<ChangePassword>(),
    declared<AskErasure>(),
    declared<ConfirmErasure>(),
    declared<PreviewErasure>(),
    declared<ListPeople>(),
    declared<SavePerson>(),
    declared<Backtest>(),
    declared<CheckPolicy>(),
    declared<CompletePolicy>(),
    declared<DecideRetirement>(),
    declared<ForbidByRule>(),
    declared<ProposeRetirement>(),
    declared<ListRules>(),
    declared<SavePolicy>(),
    declared<TryRules>(),
    declared<CheckPrompt>(),
    declared<ResolvePrompt>(),
    declared<SavePrompt>(),
    declared<TryPrompt>(),
    declared<CheckProtection>(),
    declared<ExceptFinding>(),
    declared<ReadExposure>(),
    declared<CountFindings>(),
    declared<ListOutages>(),
    declared<SaveProtection>(),
    declared<ShowStandardProtection>(),
    declared<TryProtection>(),
    declared<ListReleases>(),
    declared<CompareRollout>(),
    declared<PauseRollout>(),
    declared<PromoteRollout>(),
    declared<ResumeRollout>(),
    declared<RollBack>(),
    declared<StartRollout>(),
    declared<CancelRun>(),
    declared<GetRun>(),
    declared<ListRuns>(),
    declared<OpenRun>(),
    declared<ListSecrets>(),
    declared<RemoveSecret>(),
    declared<SetSecret>(),
    declared<CurrentSession>(),
    declared<ListPersonas>(),
    declared<SignIn>(),
    declared<SignInAs>(),
    declared<SignOut>(),
    declared<LiftStop>(),
    declared<ListStops>(),
    declared<SetStop>(),
    declared<ListTeams>(),
    declared<SaveTeam>(),
    declared<SaveTool>(),
    declared<BackUp>(),
    declared<ReadMetrics>(),
};

}

std::span<const OperationType> operationCatalogue()
{
    return catalogue;
}

const OperationType* findOperation(std::string_view name)
{
    const auto found
        = std::ranges::lower_bound(catalogue, name, {}, [](const OperationType& type) { return type.operation->name; });
    return found != catalogue.end() && found->operation->name == name ? &*found : nullptr;
}

}
