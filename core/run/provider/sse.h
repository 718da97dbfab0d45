#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::provider {

/// What a stream of server-sent events may cost.
struct SseLimits {
    /// Of one line, and of the joined data of one event. A delta is small, but a server may send a whole tool call in
    /// one event; beyond what a JSON reader takes anyway there is nothing to win.
    std::size_t eventBytes = 8 * 1024 * 1024;
    /// Of an event's id, which every later event is handed out with: a long one and many small events would cost their
    /// product.
    std::size_t idBytes = 1024;
};

/// One event of a text/event-stream.
struct SseEvent {
    std::string type; ///< the `event` field; empty when the stream named none, which means "message"
    std::string data; ///< the `data` fields joined by line feeds
    std::string lastId; ///< the newest `id` field of the stream up to here
    bool complete = true; ///< false when the stream ended before the blank line that closes an event

    bool operator==(const SseEvent&) const = default;
};

/// Decodes a text/event-stream as the WHATWG HTML standard's "event stream interpretation" says: pure, bytes in and
/// events out, the same events however the bytes are cut into pieces. Three departures, two for real servers: the last
/// event is handed out although the blank line after it is missing, bytes are not decoded, so that whoever reads
/// the data decides about malformed UTF-8, and an id longer than the limit is passed over. Not thread-safe.
class SseDecoder {
public:
    explicit SseDecoder(SseLimits limits = {})
        : m_limits(limits)
    {
    }

    /// Takes the next bytes and appends the events they complete. Fails with sse.too-large, and then for good;
    /// events that were complete before the failure are appended all the same.
    Result<void> push(std::string_view bytes, std::vector<SseEvent>& events);

    /// The stream has ended: appends the event that still waited for its blank line, if there is one.
    Result<void> finish(std::vector<SseEvent>& events);

    /// The newest `retry` field, in milliseconds.
    std::optional<std::uint64_t> retryMilliseconds() const { return m_retry; }

private:
    enum class Start { Fresh, FirstMarkByte, SecondMarkByte, Over };

    std::string_view withoutByteOrderMark(std::string_view bytes);
    Result<void> takeLine(std::vector<SseEvent>& events);
    void takeField(std::string_view name, std::string_view value);
    void dispatch(bool complete, std::vector<SseEvent>& events);
    Result<void> checkSize(std::size_t size);

    SseLimits m_limits;
    Start m_start = Start::Fresh;
    bool m_skipLineFeed = false;
    bool m_failed = false;
    bool m_hasData = false;
    std::string m_line;
    std::string m_type;
    std::string m_data;
    std::string m_lastId;
    std::optional<std::uint64_t> m_retry;
};

}
