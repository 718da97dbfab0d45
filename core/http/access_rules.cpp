#include "core/http/access_rules.h"

#include "core/base/text.h"

#include <algorithm>

namespace ephor::http {

namespace {

std::size_t fieldCount(const Headers& headers, std::string_view name)
{
    return std::size_t(
        std::ranges::count_if(headers, [&](const Header& header) { return lowerAscii(header.name) == name; }));
}

}

std::string hostName(std::string_view host)
{
    std::string name = lowerAscii(trim(host));
    if (name.starts_with('[')) {
        const std::size_t close = name.find(']');
        return close == std::string::npos ? name : name.substr(1, close - 1);
    }
    if (const std::size_t colon = name.find(':'); colon != std::string::npos && name.rfind(':') == colon)
        name.resize(colon);
    if (name.ends_with('.'))
        name.pop_back();
    return name;
}

bool isLoopbackName(std::string_view name)
{
    return name == "localhost" || name == "::1" || name == "127.0.0.1";
}

Result<void> checkHost(const HttpRequestView& request, const AccessRules& rules)
{
    if (request.ownersSocket)
        return {};
    const auto host = findHeader(request.headers, "host");
    if (!host || fieldCount(request.headers, "host") != 1)
        return fail(ErrorKind::Invalid, "http.host-field", "The request needs exactly one Host field.",
            "Send the name of the server in it, as in the address of the request.");
    const std::string name = hostName(*host);
    const bool known = isLoopbackName(name)
        || std::ranges::any_of(rules.hosts, [&](const std::string& allowed) { return hostName(allowed) == name; });
    if (known)
        return {};
    return fail(Error(ErrorKind::Forbidden, "http.host", "This server does not answer to that host name.",
        "Start the server with --allowed-host NAME if the name is its own.")
            .with("host", shorten(name, 128)));
}

Result<void> checkOrigin(const HttpRequestView& request, const AccessRules& rules)
{
    const auto origin = findHeader(request.headers, "origin");
    if (!origin)
        return {};
    if (std::ranges::find(rules.origins, *origin) != rules.origins.end())
        return {};
    return fail(Error(ErrorKind::Forbidden, "http.origin", "Web pages of this origin may not call this server.",
        "Start the server with --allowed-origin ORIGIN if the page is yours.")
            .with("origin", shorten(*origin, 128)));
}

}
