#pragma once

#include <map>
#include <string>

namespace ephor::http {

/// The Prometheus text format (version 0.0.4) of named values: "runs.total" becomes ephor_runs_total. Names that end
/// in "total" are counters, others gauges.
std::string prometheusText(const std::map<std::string, double>& values);

}
