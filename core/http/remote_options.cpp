#include "core/http/remote_options.h"

#include <algorithm>

namespace ephor::http {

namespace {

std::unexpected<Error> badRemoteUrl(const std::string& url)
{
    return fail(Error(ErrorKind::Invalid, "remote.url", "That is not the address of a server.",
        "Give one like https://ephor.example:8443, without path, user or password.")
            .with("url", url));
}

}

Result<RemotePlace> remotePlaceOf(const RemoteOptions& options)
{
    if (!options.unixSocket.empty())
        return RemotePlace{{}, {}, false, options.unixSocket, "localhost"};
    RemotePlace place;
    std::string_view rest = options.url;
    if (rest.starts_with("https://")) {
        place.tls = true;
        rest.remove_prefix(8);
    } else if (rest.starts_with("http://")) {
        rest.remove_prefix(7);
    } else {
        return badRemoteUrl(options.url);
    }
    if (rest.ends_with('/'))
        rest.remove_suffix(1);
    if (rest.empty() || rest.find_first_of("/?#@ \\") != std::string_view::npos)
        return badRemoteUrl(options.url);
    place.hostField = rest;
    place.port = place.tls ? "443" : "80";
    const std::size_t bracket = rest.find(']');
    const std::size_t colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon != std::string_view::npos) {
        place.port = rest.substr(colon + 1);
        const bool digits = std::ranges::all_of(place.port, [](char c) { return c >= '0' && c <= '9'; });
        if (place.port.empty() || place.port.size() > 5 || !digits)
            return badRemoteUrl(options.url);
        rest = rest.substr(0, colon);
    }
    if (rest.starts_with('[') && rest.ends_with(']'))
        rest = rest.substr(1, rest.size() - 2);
    place.host = rest;
    if (place.host.empty())
        return badRemoteUrl(options.url);
    if (!place.tls && !isLoopbackName(place.host) && options.plainText == PlainText::LoopbackOnly)
        return fail(Error(ErrorKind::Invalid, "remote.plain-text", "Beyond this machine only https is spoken.",
            "Use an https address.")
                .with("url", options.url));
    return place;
}

}
