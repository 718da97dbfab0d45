#pragma once

#include "core/run/runtime/run.h"

namespace ephor::runtime {

/// What one answer used, as its provider counted.
Usage usageOf(const provider::ModelResult& result);

/// Adds one call of a model to the run's totals. A sum with an unknown part is unknown.
void addUsage(RunSummary& summary, const Usage& usage, const std::optional<Money>& cost);

/// Who was asked in a span: the agent's model, or a judge.
struct AskedModel {
    const std::string& model;
    const provider::ModelClient& client;
};
/// Tells in the span what came of the call, in the names of OpenTelemetry's GenAI conventions.
void describeModelSpan(Span& span, const Run& run, const AskedModel& asked, const provider::ModelOutcome& outcome);

}
