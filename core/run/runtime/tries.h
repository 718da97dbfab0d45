#pragma once

#include "core/api/definitions.h"
#include "core/api/handlers.h"
#include "core/run/runtime/operations.h"

namespace ephor::runtime {

/// Calls a model once with a short question.
Result<TestModel::Response> testModel(
    const OperationServices& services, const Call& call, const TestModel::Request& request, Note& note);

/// Runs a prompt's text once on a recorded or given input, through the agent's own model and reading tools. A call of
/// any tool that is not a plain read is answered "not called in a try" and never sent.
Result<TryPrompt::Response> tryPrompt(
    const OperationServices& services, const Call& call, const TryPrompt::Request& request, Note& note);

}
