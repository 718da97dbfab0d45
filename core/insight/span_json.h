#pragma once

#include "core/domain/run.h"

#include <string>
#include <string_view>
#include <vector>

namespace ephor::insight {

/// The spans of one run as a JSON array without the members that hold their default: a third of the plain form's size.
std::string compactSpans(const std::vector<Span>& spans);
Result<std::vector<Span>> spansFrom(std::string_view body);

}
