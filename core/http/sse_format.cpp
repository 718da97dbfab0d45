#include "core/http/sse_format.h"

namespace ephor::http {

std::string sseEvent(std::string_view type, std::uint64_t id, std::string_view data)
{
    std::string out = "id: " + std::to_string(id) + "\nevent: ";
    out.append(type).append("\ndata: ").append(data).append("\n\n");
    return out;
}

std::string sseData(std::string_view data)
{
    std::string out = "data: ";
    out.append(data).append("\n\n");
    return out;
}

std::string sseComment(std::string_view text)
{
    std::string out = ": ";
    for (const char c : text)
        out += c == '\n' || c == '\r' ? ' ' : c;
    return out + "\n\n";
}

}
