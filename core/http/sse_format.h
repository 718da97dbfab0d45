#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ephor::http {

/// One event of a text/event-stream (WHATWG HTML, "server-sent events"). `data` holds no line end, as compact JSON
/// does.
std::string sseEvent(std::string_view type, std::uint64_t id, std::string_view data);

/// An event without type and id, as Chat Completions streams.
std::string sseData(std::string_view data);

/// A line that clients skip: keeps a connection open and shows a broken one.
std::string sseComment(std::string_view text);

}
