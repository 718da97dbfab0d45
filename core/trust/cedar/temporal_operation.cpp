#include "core/trust/cedar/temporal_operation.h"

#include <array>

namespace ephor::cedar {

std::string_view nameOf(EventKind kind)
{
    static constexpr std::array<std::string_view, 3> names{"request", "response", "error"};
    return names[std::size_t(kind)];
}

std::string_view nameOf(TemporalOperator operation)
{
    static constexpr std::array<std::string_view, 5> names{"formerly", "previous", "since", "count", "sum"};
    return names[std::size_t(operation)];
}

}
