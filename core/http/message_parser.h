#pragma once

#include "core/base/result.h"
#include "core/http/http_message.h"

#include <memory>
#include <optional>

namespace ephor::http {

/// Reads one HTTP/1.x request from bytes as they come: pure, no I/O. Chunked bodies come out plain.
/// Not thread-safe.
class RequestParser {
public:
    struct Limits {
        std::size_t headerBytes;
        std::size_t bodyBytes;
    };
    explicit RequestParser(Limits limits);
    ~RequestParser();

    /// Takes what it can from the front of `bytes`; true once the request is whole. Codes http.malformed, http.version,
    /// http.headers-too-large, http.body-too-large; after a failure the parser is of no more use.
    Result<bool> push(std::string& bytes);
    /// The fields are whole.
    bool hasHead() const;
    /// The client waits for "100 Continue" before it sends the body.
    bool expectsContinue() const;
    bool keepAlive() const;
    /// HTTP/1.0 knows no chunks.
    bool isOldVersion() const;
    /// As far as it is known, also after a failure; else empty.
    std::string target() const;
    /// Method, target, fields and body; once, when whole.
    HttpRequestView take();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Reads one HTTP/1.x response from bytes as they come: the mirror of RequestParser.
class ResponseParser {
public:
    /// Of the head: nothing that this program asks for needs more.
    static constexpr std::size_t headerBytes = 64 * 1024;
    ResponseParser();
    ~ResponseParser();

    /// As RequestParser. Code remote.malformed.
    Result<bool> push(std::string& bytes);
    /// The connection has ended: true when that ends the response, too.
    Result<bool> finish();
    bool hasHead() const;
    bool keepAlive() const;
    /// Status and fields, without the body.
    HttpReply head() const;
    /// What came of the body since the last call.
    std::string takeBody();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}
