#include "core/http/wire_head.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace ephor::http {

namespace {

std::string_view reasonOf(int status)
{
    struct Reason {
        int status;
        std::string_view words;
    };
    constexpr std::array reasons{Reason{200, "OK"}, Reason{202, "Accepted"}, Reason{204, "No Content"},
        Reason{304, "Not Modified"}, Reason{400, "Bad Request"}, Reason{401, "Unauthorized"}, Reason{403, "Forbidden"},
        Reason{404, "Not Found"}, Reason{405, "Method Not Allowed"}, Reason{408, "Request Timeout"},
        Reason{409, "Conflict"}, Reason{413, "Content Too Large"}, Reason{415, "Unsupported Media Type"},
        Reason{421, "Misdirected Request"}, Reason{422, "Unprocessable Content"}, Reason{429, "Too Many Requests"},
        Reason{431, "Request Header Fields Too Large"}, Reason{499, "Cancelled"}, Reason{500, "Internal Server Error"},
        Reason{501, "Not Implemented"}, Reason{503, "Service Unavailable"}, Reason{504, "Gateway Timeout"},
        Reason{505, "HTTP Version Not Supported"}};
    for (const Reason& reason : reasons) {
        if (reason.status == status)
            return reason.words;
    }
    return "Status";
}

void addField(std::string& out, std::string_view name, std::string_view value)
{
    out.append(name).append(": ");
    for (const char c : value) {
        if (c == '\r' || c == '\n' || c == '\0')
            break;
        out += c;
    }
    out.append("\r\n");
}

// IMF-fixdate (RFC 9110 §5.6.7), whatever the locale.
std::string dateOf(std::int64_t seconds)
{
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t time = std::time_t(seconds);
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", days[std::size_t(parts.tm_wday)],
        parts.tm_mday, months[std::size_t(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour, parts.tm_min,
        parts.tm_sec);
    return text.data();
}

}

std::string replyHead(const HttpReply& reply, const Framing& framing)
{
    std::string out = "HTTP/1.1 " + std::to_string(reply.status) + " ";
    out.append(reasonOf(reply.status)).append("\r\n");
    for (const Header& header : reply.headers)
        addField(out, header.name, header.value);
    if (!findHeader(reply.headers, "cache-control"))
        addField(out, "Cache-Control", "no-store");
    addField(out, "X-Content-Type-Options", "nosniff");
    addField(out, "Date", dateOf(framing.now));
    if (framing.length && reply.status != 204 && reply.status != 304)
        addField(out, "Content-Length", std::to_string(*framing.length));
    if (framing.chunked)
        addField(out, "Transfer-Encoding", "chunked");
    addField(out, "Connection", framing.close ? "close" : "keep-alive");
    return out + "\r\n";
}

std::string requestBytes(
    const std::string& method, const std::string& target, const Headers& headers, const std::string& body)
{
    std::string out = method + " " + target + " HTTP/1.1\r\n";
    for (const Header& header : headers)
        addField(out, header.name, header.value);
    if (!body.empty() || method == "POST")
        addField(out, "Content-Length", std::to_string(body.size()));
    return out + "\r\n" + body;
}

std::string chunkOf(const std::string& bytes)
{
    std::array<char, 24> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return size.data() + bytes + "\r\n";
}

}
