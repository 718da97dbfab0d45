#pragma once

#include "ui/shell/opening.h"

#include <optional>

namespace ephor::console {

/// Where the demo workspace of this user is kept.
QString demoFolder();

/// Every way to a backend that this program has. `port` as in EmbeddedOptions.
ui::Openings openings(std::optional<std::uint16_t> port);

}
