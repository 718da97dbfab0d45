#include "core/net/http_transfer.h"

#include "core/base/text.h"
#include "core/net/curl_multi.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cstddef>
#include <netinet/in.h>
#include <sys/socket.h>

namespace ephor::net {

namespace {

bool isToken(std::string_view text)
{
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    const auto allowed = [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || marks.find(c) != std::string_view::npos;
    };
    return !text.empty() && std::ranges::all_of(text, allowed);
}

// A control character in a field would end it, and what follows would be a field of an attacker's choice.
bool isFieldValue(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c == '\t' || (c >= ' ' && c != '\x7f') || c < 0; });
}

std::optional<IpAddress> addressOf(const curl_sockaddr& address)
{
    // libcurl gives room for any address behind a member declared as the short generic one.
    const char* raw = reinterpret_cast<const char*>(&address) + offsetof(curl_sockaddr, addr);
    if (address.family == AF_INET) {
        sockaddr_in v4{};
        std::copy_n(raw, sizeof v4, reinterpret_cast<char*>(&v4));
        std::array<std::uint8_t, 4> bytes{};
        std::copy_n(reinterpret_cast<const std::uint8_t*>(&v4.sin_addr), bytes.size(), bytes.begin());
        return IpAddress::fromV4(bytes);
    }
    if (address.family == AF_INET6) {
        sockaddr_in6 v6{};
        std::copy_n(raw, sizeof v6, reinterpret_cast<char*>(&v6));
        std::array<std::uint8_t, 16> bytes{};
        std::copy_n(reinterpret_cast<const std::uint8_t*>(&v6.sin6_addr), bytes.size(), bytes.begin());
        return IpAddress::fromV6(bytes);
    }
    return std::nullopt;
}

Error badUrl(std::string message)
{
    return {ErrorKind::Invalid, "net.url", std::move(message),
        "Give an address like https://api.example.com/v1/chat/completions."};
}

struct UrlParts {
    ~UrlParts()
    {
        curl_url_cleanup(handle);
        for (char* part : {scheme, user, password, host})
            curl_free(part);
    }
    CURLU* handle = curl_url();
    char* scheme = nullptr;
    char* user = nullptr;
    char* password = nullptr;
    char* host = nullptr;
};

}

HttpTransfer::HttpTransfer(std::weak_ptr<CurlMulti> multi, LoopStrand strand, HttpRequest request)
    : m_multi(std::move(multi))
    , m_strand(strand)
    , m_request(std::move(request))
    , m_idleTimer(strand)
{
}

HttpTransfer::~HttpTransfer()
{
    if (m_easy)
        curl_easy_cleanup(m_easy);
    curl_slist_free_all(m_headerList);
}

void HttpTransfer::cancel()
{
    boost::asio::post(m_strand, [self = shared_from_this()] {
        if (const auto multi = self->m_multi.lock())
            multi->abort(self, Error(ErrorKind::Cancelled, "net.cancelled", "The request was cancelled."));
    });
}

Result<void> HttpTransfer::setUrl()
{
    UrlParts url;
    const bool clean = isFieldValue(m_request.url) && m_request.url.find(' ') == std::string::npos;
    if (!clean || curl_url_set(url.handle, CURLUPART_URL, m_request.url.c_str(), 0) != CURLUE_OK
        || curl_url_get(url.handle, CURLUPART_SCHEME, &url.scheme, 0) != CURLUE_OK
        || curl_url_get(url.handle, CURLUPART_HOST, &url.host, 0) != CURLUE_OK)
        return fail(badUrl("This is not a web address."));
    const std::string_view scheme = url.scheme;
    if (scheme != "http" && scheme != "https")
        return fail(badUrl("Only http and https addresses are called."));
    if (curl_url_get(url.handle, CURLUPART_USER, &url.user, 0) == CURLUE_OK
        || curl_url_get(url.handle, CURLUPART_PASSWORD, &url.password, 0) == CURLUE_OK)
        return fail(badUrl("An address with a user or a password in it would show up in records."));
    std::string_view host = url.host;
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    if (const auto literal = IpAddress::parse(host))
        EPHOR_TRY_VOID(m_request.addressRules.check(*literal));
    curl_easy_setopt(m_easy, CURLOPT_URL, m_request.url.c_str());
    return {};
}

Result<void> HttpTransfer::setHeaders()
{
    Headers headers = m_request.headers;
    // Without these libcurl adds a form's content type, and waits for a go-ahead before large bodies.
    const bool typed = findHeader(headers, "content-type").has_value();
    for (const Header& header : headers) {
        if (!isToken(header.name) || !isFieldValue(header.value)) {
            return fail(Error(
                ErrorKind::Invalid, "net.header", "A header of the request holds characters that are not allowed.")
                    .with("name", shorten(header.name, 64)));
        }
        const std::string line = header.value.empty() ? header.name + ";" : header.name + ": " + header.value;
        m_headerList = curl_slist_append(m_headerList, line.c_str());
    }
    m_headerList = curl_slist_append(m_headerList, "Expect:");
    if (!typed)
        m_headerList = curl_slist_append(m_headerList, "Content-Type:");
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, m_headerList);
    return {};
}

void HttpTransfer::setMethod()
{
    const std::string& method = m_request.method;
    if (method == "HEAD") {
        curl_easy_setopt(m_easy, CURLOPT_NOBODY, 1L);
    } else if (method == "GET" && m_request.body.empty()) {
        curl_easy_setopt(m_easy, CURLOPT_HTTPGET, 1L);
    } else {
        if (method == "POST" || !m_request.body.empty()) {
            curl_easy_setopt(m_easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_request.body.size()));
            curl_easy_setopt(m_easy, CURLOPT_POSTFIELDS, m_request.body.data());
        }
        curl_easy_setopt(m_easy, CURLOPT_CUSTOMREQUEST, method.c_str());
    }
}

void HttpTransfer::setLimits()
{
    // To libcurl zero would mean no limit at all.
    const auto atLeastOne = [](std::chrono::milliseconds limit) { return std::max(long(limit.count()), 1L); };
    curl_easy_setopt(m_easy, CURLOPT_CONNECTTIMEOUT_MS, atLeastOne(m_request.connectTimeout));
    curl_easy_setopt(m_easy, CURLOPT_TIMEOUT_MS, atLeastOne(m_request.totalTimeout));
    curl_easy_setopt(m_easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(m_easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(m_easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(m_easy, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(m_easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(m_easy, CURLOPT_USERAGENT, "Ephor/" EPHOR_VERSION);
    curl_easy_setopt(m_easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (m_request.connection == ConnectionUse::Fresh)
        curl_easy_setopt(m_easy, CURLOPT_FRESH_CONNECT, 1L);
}

void HttpTransfer::prepare(const HttpClientOptions& options)
{
    m_prepared = setUp(options);
}

Result<void> HttpTransfer::setUp(const HttpClientOptions& options)
{
    m_easy = curl_easy_init();
    if (!m_easy)
        return fail(ErrorKind::Internal, "net.curl", "libcurl gave no handle.");
    if (!isToken(m_request.method))
        return fail(ErrorKind::Invalid, "net.header", "The request's method is not a word.");
    EPHOR_TRY_VOID(setUrl());
    EPHOR_TRY_VOID(setHeaders());
    setMethod();
    setLimits();
    m_viaProxy = !options.proxy.empty();
    curl_easy_setopt(m_easy, CURLOPT_PROXY, options.proxy.c_str());
    if (!options.caFile.empty())
        curl_easy_setopt(m_easy, CURLOPT_CAINFO, options.caFile.c_str());
    curl_easy_setopt(m_easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(m_easy, CURLOPT_HEADERFUNCTION, &HttpTransfer::onHeader);
    curl_easy_setopt(m_easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, &HttpTransfer::onBody);
    curl_easy_setopt(m_easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETFUNCTION, &HttpTransfer::onOpenSocket);
    curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_PREREQFUNCTION, &HttpTransfer::onPrepared);
    curl_easy_setopt(m_easy, CURLOPT_PREREQDATA, this);
    return {};
}

void HttpTransfer::startIdleTimer()
{
    m_lastByte = std::chrono::steady_clock::now();
    m_idleTimer.expires_after(m_request.idleTimeout);
    struct Watch {
        std::weak_ptr<HttpTransfer> transfer;
        void operator()(const boost::system::error_code& error) const
        {
            const auto self = transfer.lock();
            if (error || !self || self->m_complete)
                return;
            const auto deadline = self->m_lastByte + self->m_request.idleTimeout;
            if (std::chrono::steady_clock::now() < deadline) {
                self->m_idleTimer.expires_at(deadline);
                self->m_idleTimer.async_wait(*this);
                return;
            }
            if (const auto multi = self->m_multi.lock()) {
                multi->abort(self,
                    Error(ErrorKind::Timeout, "net.timeout", "The server sent nothing for too long.",
                        "Raise the idle limit, or ask the server's operator.")
                        .with("phase", "idle")
                        .with("limit_ms", std::to_string(self->m_request.idleTimeout.count())));
            }
        }
    };
    m_idleTimer.async_wait(Watch{weak_from_this()});
}

void HttpTransfer::complete(Result<HttpResponse> outcome)
{
    if (m_complete)
        return;
    m_complete = true;
    m_idleTimer.cancel();
    if (m_easy)
        curl_easy_cleanup(std::exchange(m_easy, nullptr));
    const HttpCallbacks callbacks = std::exchange(m_callbacks, {});
    if (callbacks.onDone)
        callbacks.onDone(std::move(outcome));
}

void HttpTransfer::finish(CURLcode code)
{
    if (code != CURLE_OK) {
        complete(std::unexpected(errorFor(code)));
        return;
    }
    tellHead();
    complete(std::move(m_response));
}

Error HttpTransfer::errorFor(CURLcode code) const
{
    if (m_ownError)
        return *m_ownError;
    const auto detail = [code](Error error) { return std::move(error).with("detail", curl_easy_strerror(code)); };
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT: {
        curl_off_t sent = 0;
        curl_easy_getinfo(m_easy, CURLINFO_PRETRANSFER_TIME_T, &sent);
        return Error(ErrorKind::Timeout, "net.timeout",
            sent == 0 ? "The server could not be reached in time." : "The server did not finish in time.")
            .with("phase", sent == 0 ? "connect" : "total");
    }
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return detail(
            {ErrorKind::Unavailable, "net.resolve", "The server's name cannot be found.", "Check the address."});
    case CURLE_COULDNT_CONNECT:
    case CURLE_ABORTED_BY_CALLBACK:
        if (m_denied)
            return *m_denied;
        return detail({ErrorKind::Unavailable, "net.connect", "The server cannot be reached.", "Check that it runs."});
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CIPHER:
        return detail({ErrorKind::Unavailable, "net.tls", "The secure connection to the server cannot be made.",
            "Check its certificate and whom this machine trusts."});
    case CURLE_URL_MALFORMAT:
        return detail(badUrl("This is not a web address."));
    default:
        return detail(
            {ErrorKind::Unavailable, "net.broken", "The connection broke before the answer was whole.", "Try again."});
    }
}

std::size_t HttpTransfer::onHeader(char* data, std::size_t size, std::size_t count, void* self)
{
    return static_cast<HttpTransfer*>(self)->takeHeader({data, size * count});
}

std::size_t HttpTransfer::onBody(char* data, std::size_t size, std::size_t count, void* self)
{
    return static_cast<HttpTransfer*>(self)->takeBody({data, size * count});
}

curl_socket_t HttpTransfer::onOpenSocket(void* self, curlsocktype, curl_sockaddr* address)
{
    auto* transfer = static_cast<HttpTransfer*>(self);
    if (!transfer->m_viaProxy) {
        const auto target = addressOf(*address);
        const auto checked = target ? transfer->m_request.addressRules.check(*target)
                                    : fail(ErrorKind::Forbidden, "net.address-denied", "Only IP addresses are called.");
        if (!checked) {
            transfer->m_denied = checked.error();
            return CURL_SOCKET_BAD;
        }
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address->protocol);
}

// A connection in the pool was opened under another request's rules, so the address is judged again before it is used.
int HttpTransfer::onPrepared(void* self, char* remote, char*, int, int)
{
    auto* transfer = static_cast<HttpTransfer*>(self);
    if (transfer->m_viaProxy)
        return CURL_PREREQFUNC_OK;
    std::string_view text = remote;
    text = text.substr(0, text.find('%'));
    const auto address = IpAddress::parse(text);
    const auto checked = address ? transfer->m_request.addressRules.check(*address)
                                 : fail(ErrorKind::Forbidden, "net.address-denied", "Only IP addresses are called.");
    if (checked)
        return CURL_PREREQFUNC_OK;
    transfer->m_ownError = checked.error();
    return CURL_PREREQFUNC_ABORT;
}

std::size_t HttpTransfer::takeHeader(std::string_view line)
{
    m_lastByte = std::chrono::steady_clock::now();
    m_headerBytes += line.size();
    if (m_headerBytes > m_request.maxHeaderBytes) {
        m_ownError
            = Error(ErrorKind::TooLarge, "net.headers-too-large", "The reply's headers are larger than the limit.")
                  .with("limit_bytes", std::to_string(m_request.maxHeaderBytes));
        return 0;
    }
    // Fields behind the body are not part of the head, and nothing here reads them.
    if (m_headTold)
        return line.size();
    if (line.starts_with("HTTP/")) {
        m_response.headers.clear();
        return line.size();
    }
    const std::string_view text = trim(line);
    if (text.empty()) {
        long status = 0;
        curl_easy_getinfo(m_easy, CURLINFO_RESPONSE_CODE, &status);
        m_response.status = int(status);
        if (status >= 200)
            tellHead();
        return line.size();
    }
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos)
        m_response.headers.push_back(
            {std::string(trim(text.substr(0, colon))), std::string(trim(text.substr(colon + 1)))});
    return line.size();
}

void HttpTransfer::tellHead()
{
    if (m_headTold)
        return;
    m_headTold = true;
    if (m_callbacks.onHead)
        m_callbacks.onHead(m_response);
}

std::size_t HttpTransfer::takeBody(std::string_view data)
{
    m_lastByte = std::chrono::steady_clock::now();
    m_bodyBytes += data.size();
    if (m_bodyBytes > m_request.maxResponseBytes) {
        m_ownError = Error(ErrorKind::TooLarge, "net.response-too-large", "The reply is larger than the limit.")
                         .with("limit_bytes", std::to_string(m_request.maxResponseBytes));
        return 0;
    }
    tellHead();
    if (m_callbacks.onData)
        m_callbacks.onData(data);
    else
        m_response.body.append(data);
    return data.size();
}

}
