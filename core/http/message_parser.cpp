#include "core/http/message_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace ephor::http {

namespace beast_http = boost::beast::http;

namespace {

template <class Fields> Headers headersOf(const Fields& fields)
{
    Headers headers;
    for (const auto& field : fields)
        headers.push_back({std::string(field.name_string()), std::string(field.value())});
    return headers;
}

// The request line may be all there is of a request that fails: its second word still tells the caller's dialect.
std::string targetOfLine(std::string_view bytes)
{
    const std::string_view line = bytes.substr(0, bytes.find('\r'));
    const std::size_t first = line.find(' ');
    if (first == std::string_view::npos)
        return {};
    return std::string(line.substr(first + 1, line.find(' ', first + 1) - first - 1));
}

// What takes off "chunked" alone would pass on a body that is still compressed, and disagree with a proxy on its end.
template <class Message> bool hasForeignCoding(const Message& message)
{
    const auto coding = message[beast_http::field::transfer_encoding];
    return !coding.empty() && !boost::beast::iequals(coding, "chunked");
}

Error requestError(const boost::system::error_code& problem, RequestParser::Limits limits)
{
    if (problem == beast_http::error::header_limit)
        return Error(ErrorKind::TooLarge, "http.headers-too-large", "The fields of the request are too large.",
            "Send fewer or shorter ones.")
            .with("limit_bytes", std::to_string(limits.headerBytes));
    if (problem == beast_http::error::body_limit)
        return Error(
            ErrorKind::TooLarge, "http.body-too-large", "The body of the request is too large.", "Send less at once.")
            .with("limit_bytes", std::to_string(limits.bodyBytes));
    if (problem == beast_http::error::bad_version)
        return Error(ErrorKind::Invalid, "http.version", "Only HTTP/1.1 and HTTP/1.0 are spoken here.",
            "Tell the client to speak HTTP/1.1; a proxy in front may speak others.");
    return Error(ErrorKind::Invalid, "http.malformed", "The request is not well-formed HTTP.",
        "Look at what the client and any proxy between sends.")
        .with("what", problem.message());
}

}

struct RequestParser::State {
    beast_http::request_parser<beast_http::string_body> parser;
    Limits limits;
    std::string failedTarget;
};

RequestParser::RequestParser(Limits limits)
    : m_state(std::make_unique<State>())
{
    m_state->limits = limits;
    m_state->parser.header_limit(std::uint32_t(limits.headerBytes));
    m_state->parser.body_limit(limits.bodyBytes);
    m_state->parser.eager(true);
}

RequestParser::~RequestParser() = default;

Result<bool> RequestParser::push(std::string& bytes)
{
    if (bytes.empty())
        return false;
    boost::system::error_code problem;
    const std::size_t taken = m_state->parser.put(boost::asio::buffer(std::as_const(bytes)), problem);
    if (problem && problem != beast_http::error::need_more) {
        m_state->failedTarget = targetOfLine(bytes);
        return fail(requestError(problem, m_state->limits));
    }
    if (m_state->parser.is_header_done() && hasForeignCoding(m_state->parser.get()))
        return fail(
            Error(ErrorKind::Invalid, "http.transfer-coding", "The body is coded in a way that is not read here.",
                "Send it plain, or with the coding \"chunked\" alone."));
    bytes.erase(0, taken);
    return m_state->parser.is_done();
}

bool RequestParser::hasHead() const
{
    return m_state->parser.is_header_done();
}

bool RequestParser::expectsContinue() const
{
    const auto& message = m_state->parser.get();
    return !isOldVersion() && boost::beast::iequals(message[beast_http::field::expect], "100-continue");
}

bool RequestParser::keepAlive() const
{
    return m_state->parser.get().keep_alive();
}

bool RequestParser::isOldVersion() const
{
    return m_state->parser.get().version() < 11;
}

std::string RequestParser::target() const
{
    const std::string known(m_state->parser.get().target());
    return known.empty() ? m_state->failedTarget : known;
}

HttpRequestView RequestParser::take()
{
    auto message = m_state->parser.release();
    HttpRequestView view;
    view.method = std::string(message.method_string());
    view.target = std::string(message.target());
    view.headers = headersOf(message);
    view.body = std::move(message.body());
    return view;
}

struct ResponseParser::State {
    beast_http::response_parser<beast_http::string_body> parser;
};

ResponseParser::ResponseParser()
    : m_state(std::make_unique<State>())
{
    m_state->parser.header_limit(std::uint32_t(headerBytes));
    // Whoever reads the body bounds it: an event stream has no end.
    m_state->parser.body_limit(boost::none);
    m_state->parser.eager(true);
}

ResponseParser::~ResponseParser() = default;

Result<bool> ResponseParser::push(std::string& bytes)
{
    if (bytes.empty())
        return m_state->parser.is_done();
    boost::system::error_code problem;
    const std::size_t taken = m_state->parser.put(boost::asio::buffer(std::as_const(bytes)), problem);
    if (problem && problem != beast_http::error::need_more)
        return fail(Error(ErrorKind::Unavailable, "remote.malformed", "The server's answer is not well-formed HTTP.",
            "Check that the address is that of ephor serve.")
                .with("what", problem.message()));
    bytes.erase(0, taken);
    return m_state->parser.is_done();
}

Result<bool> ResponseParser::finish()
{
    boost::system::error_code problem;
    if (m_state->parser.is_header_done() && !m_state->parser.is_done())
        m_state->parser.put_eof(problem);
    return !problem && m_state->parser.is_done();
}

bool ResponseParser::hasHead() const
{
    return m_state->parser.is_header_done();
}

bool ResponseParser::keepAlive() const
{
    return m_state->parser.get().keep_alive();
}

HttpReply ResponseParser::head() const
{
    const auto& message = m_state->parser.get();
    return {int(message.result_int()), headersOf(message), {}};
}

std::string ResponseParser::takeBody()
{
    return std::exchange(m_state->parser.get().body(), {});
}

}
