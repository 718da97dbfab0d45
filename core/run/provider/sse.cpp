#include "core/run/provider/sse.h"

#include <algorithm>
#include <charconv>

namespace ephor::provider {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

}

Result<void> SseDecoder::checkSize(std::size_t size)
{
    if (!m_failed && size <= m_limits.eventBytes)
        return {};
    m_failed = true;
    return fail(Error(ErrorKind::TooLarge, "sse.too-large", "An event of the stream is larger than the limit.",
        "The server sends more in one event than any answer needs; look at what it sends.")
            .with("limit_bytes", std::to_string(m_limits.eventBytes)));
}

// The mark may arrive in three pieces, so what has been matched of it is the state, and a mismatch gives it back.
std::string_view SseDecoder::withoutByteOrderMark(std::string_view bytes)
{
    while (m_start != Start::Over && !bytes.empty()) {
        const auto matched = std::size_t(m_start);
        if (bytes.front() != byteOrderMark[matched]) {
            m_line.assign(byteOrderMark.substr(0, matched));
            m_start = Start::Over;
            break;
        }
        bytes.remove_prefix(1);
        m_start = Start(matched + 1);
    }
    return bytes;
}

Result<void> SseDecoder::push(std::string_view bytes, std::vector<SseEvent>& events)
{
    bytes = withoutByteOrderMark(bytes);
    while (!bytes.empty()) {
        if (m_skipLineFeed) {
            m_skipLineFeed = false;
            if (bytes.front() == '\n') {
                bytes.remove_prefix(1);
                continue;
            }
        }
        const std::size_t end = bytes.find_first_of("\r\n");
        const std::string_view part = bytes.substr(0, end);
        EPHOR_TRY_VOID(checkSize(m_line.size() + part.size()));
        m_line.append(part);
        if (end == std::string_view::npos)
            return {};
        m_skipLineFeed = bytes[end] == '\r';
        bytes.remove_prefix(end + 1);
        EPHOR_TRY_VOID(takeLine(events));
    }
    return checkSize(0);
}

Result<void> SseDecoder::finish(std::vector<SseEvent>& events)
{
    EPHOR_TRY_VOID(checkSize(0));
    if (m_start != Start::Over)
        m_line.assign(byteOrderMark.substr(0, std::size_t(m_start)));
    m_start = Start::Over;
    if (!m_line.empty())
        EPHOR_TRY_VOID(takeLine(events));
    dispatch(false, events);
    return {};
}

Result<void> SseDecoder::takeLine(std::vector<SseEvent>& events)
{
    if (m_line.empty()) {
        dispatch(true, events);
        return {};
    }
    const std::string_view line = m_line;
    const std::size_t colon = line.find(':');
    if (colon != 0) {
        std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
        if (value.starts_with(' '))
            value.remove_prefix(1);
        takeField(line.substr(0, colon), value);
    }
    m_line.clear();
    return checkSize(m_data.size());
}

void SseDecoder::takeField(std::string_view name, std::string_view value)
{
    if (name == "data") {
        if (m_hasData)
            m_data += '\n';
        m_data += value;
        m_hasData = true;
    } else if (name == "event") {
        m_type = value;
    } else if (name == "id") {
        if (value.size() <= m_limits.idBytes && value.find('\0') == std::string_view::npos)
            m_lastId = value;
    } else if (name == "retry") {
        std::uint64_t milliseconds = 0;
        const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), milliseconds);
        if (!value.empty() && problem == std::errc() && end == value.data() + value.size())
            m_retry = milliseconds;
    }
}

void SseDecoder::dispatch(bool complete, std::vector<SseEvent>& events)
{
    if (m_hasData)
        events.push_back({std::move(m_type), std::move(m_data), m_lastId, complete});
    m_type.clear();
    m_data.clear();
    m_hasData = false;
}

}
