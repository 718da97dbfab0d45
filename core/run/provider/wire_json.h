#pragma once

#include "core/run/provider/wire.h"

namespace ephor::provider {

/// The JSON shapes of docs/formats/wire-openai-chat.md. What is unknown is left out, or null where a reader looks for
/// it.
Json eventJson(const ModelEvent& event);
Json resultJson(const ModelResult& result);
Json usageJson(const Usage& usage);
Json errorJson(const ProviderError& error);

}
