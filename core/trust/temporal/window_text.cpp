#include "core/trust/temporal/window_text.h"

#include "core/trust/cedar/datetime.h"
#include "core/trust/cedar/limits.h"

#include <array>

namespace ephor::temporal {

Result<std::int64_t> readWindow(std::string_view text)
{
    const auto read = cedar::readDuration(text);
    if (!read || *read <= 0 || *read > cedar::maximumWindow)
        return fail(ErrorKind::Invalid, "temporal.window", "A window is a duration of one millisecond to 24 hours.",
            "Write 30s, 15m, 1h, 1h30m or 24h.");
    return *read;
}

std::string windowText(std::int64_t milliseconds)
{
    using Unit = std::pair<std::string_view, std::int64_t>;
    static constexpr std::array<Unit, 5> units{
        {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
    std::string text;
    for (const auto& [name, length] : units) {
        if (milliseconds >= length)
            text += std::to_string(milliseconds / length) + std::string(name);
        milliseconds %= length;
    }
    return text;
}

}
