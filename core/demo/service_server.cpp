#include "core/demo/service_server.h"

#include "core/demo/chance.h"
#include "core/demo/service_acts.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <thread>

namespace ephor::demo {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;

struct ServiceServer::State {
    explicit State(const ServiceServerOptions& options)
        : data(options.data)
        , chance(options.seed)
        , madeUpTime(options.madeUpTime)
        , acceptor(context)
    {
    }

    asio::awaitable<void> accept();
    asio::awaitable<void> serve(tcp::socket socket);
    asio::awaitable<void> pass(Duration usual);
    std::string answer(const beast::http::request<beast::http::string_body>& request, int& status, Duration& usual);

    ServiceData& data;
    Chance chance;
    ManualClock* madeUpTime;
    asio::io_context context{1};
    tcp::acceptor acceptor;
    std::thread thread;
};

namespace {

constexpr std::size_t largestBody = 64 * 1024; // the tools send some hundred bytes

}

asio::awaitable<void> ServiceServer::State::accept()
{
    for (;;) {
        boost::system::error_code failed;
        tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (failed == asio::error::operation_aborted)
            co_return;
        if (!failed)
            asio::co_spawn(context, serve(std::move(socket)), asio::detached);
    }
}

asio::awaitable<void> ServiceServer::State::pass(Duration usual)
{
    // Between half and twice of what is usual, as calls over a network take.
    const Duration taken(std::int64_t(double(usual.count()) * (0.5 + 1.5 * chance.unit() * chance.unit())));
    if (madeUpTime != nullptr) {
        madeUpTime->advance(taken);
        co_return;
    }
    asio::steady_timer timer(context, taken);
    boost::system::error_code ended;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
}

std::string ServiceServer::State::answer(
    const beast::http::request<beast::http::string_body>& request, int& status, Duration& usual)
{
    const auto key = request["Idempotency-Key"];
    const auto target = request.target();
    const auto method = request.method_string();
    const ServiceReply reply = actOn(data,
        readServiceRequest(
            {method.data(), method.size()}, {target.data(), target.size()}, request.body(), {key.data(), key.size()}));
    status = reply.status;
    usual = reply.usual;
    return compactJson(reply.body);
}

asio::awaitable<void> ServiceServer::State::serve(tcp::socket socket)
{
    namespace http = beast::http;
    boost::system::error_code failed;
    socket.set_option(tcp::no_delay(true), failed);
    beast::flat_buffer buffer;
    for (;;) {
        http::request_parser<http::string_body> parser;
        parser.body_limit(largestBody);
        co_await http::async_read(socket, buffer, parser, asio::redirect_error(asio::use_awaitable, failed));
        if (failed)
            co_return;
        const http::request<http::string_body> request = parser.release();
        int status = 200;
        Duration usual{0};
        http::response<http::string_body> response;
        response.body() = answer(request, status, usual);
        co_await pass(usual);
        response.result(unsigned(status));
        response.version(request.version());
        response.set(http::field::content_type, "application/json");
        response.keep_alive(request.keep_alive());
        response.prepare_payload();
        co_await http::async_write(socket, response, asio::redirect_error(asio::use_awaitable, failed));
        if (failed || !request.keep_alive())
            co_return;
    }
}

ServiceServer::ServiceServer(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

Result<std::unique_ptr<ServiceServer>> ServiceServer::start(const ServiceServerOptions& options)
{
    auto state = std::make_unique<State>(options);
    boost::system::error_code failed;
    const tcp::endpoint place(asio::ip::address_v4::loopback(), options.port);
    state->acceptor.open(place.protocol(), failed);
    if (!failed)
        state->acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed)
        state->acceptor.bind(place, failed);
    if (!failed)
        state->acceptor.listen(asio::socket_base::max_listen_connections, failed);
    if (failed && options.port == 0)
        return fail(Error(ErrorKind::Unavailable, "demo.services", "The demo's services cannot listen on this machine.",
            "Free a port on the loopback interface.")
                .with("cause", failed.message()));
    if (failed) {
        boost::system::error_code ignored;
        state->acceptor.close(ignored);
    } else {
        asio::co_spawn(state->context, state->accept(), asio::detached);
        state->thread = std::thread([context = &state->context] { context->run(); });
    }
    return std::unique_ptr<ServiceServer>(new ServiceServer(std::move(state)));
}

ServiceServer::~ServiceServer()
{
    m_state->context.stop();
    if (m_state->thread.joinable())
        m_state->thread.join();
}

std::uint16_t ServiceServer::port() const
{
    boost::system::error_code failed;
    const auto place = m_state->acceptor.local_endpoint(failed);
    return failed ? 0 : place.port();
}

}
