#pragma once

#include "core/net/http_message.h"

#include <string>

namespace ephor::http {

using net::findHeader;
using net::Header;
using net::Headers;

/// One whole request as the server's logic sees it: whoever read it from a socket has ended.
struct HttpRequestView {
    std::string method;
    std::string target; ///< as sent: path and query
    Headers headers;
    std::string body;
    std::string peer; ///< address of the caller, for the record
    bool localPeer = false; ///< came over loopback or the owner's socket, and through no proxy that says so
    bool ownersSocket = false; ///< came over the unix socket, which no browser reaches
};

/// One whole reply. Content-Length and what belongs to the connection are added by whoever writes it.
struct HttpReply {
    int status = 200;
    Headers headers;
    std::string body;
};

}
