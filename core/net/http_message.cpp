#include "core/net/http_message.h"

#include "core/base/text.h"

namespace ephor::net {

std::optional<std::string_view> findHeader(const Headers& headers, std::string_view name)
{
    const std::string wanted = lowerAscii(name);
    for (const Header& header : headers) {
        if (header.name.size() == wanted.size() && lowerAscii(header.name) == wanted)
            return header.value;
    }
    return std::nullopt;
}

}
