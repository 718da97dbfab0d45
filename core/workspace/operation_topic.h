#pragma once

#include "core/api/event.h"

#include <string_view>

namespace ephor::workspace {

/// What a finished write of that name is news of.
Topic topicOf(std::string_view operation);

}
