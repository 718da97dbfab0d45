#include "core/http/remote_channel.h"

#include "core/http/remote_connection.h"
#include "core/http/wire_head.h"
#include "core/net/event_loop.h"

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>

#include <future>
#include <vector>

namespace ephor::http {

namespace {

// Of one answer: pages and exports stay far below it.
constexpr std::size_t largestReply = 64 * 1024 * 1024;
// Kept while nothing uses them: as many as a console asks at once.
constexpr std::size_t mostIdle = 8;

std::string wireOf(const RemoteRequest& request, const RemotePlace& place)
{
    Headers headers{{"Host", place.hostField}, {"User-Agent", "ephor/" EPHOR_VERSION}};
    headers.insert(headers.end(), request.headers.begin(), request.headers.end());
    return requestBytes(request.method, request.target, headers, request.body);
}

Result<std::unique_ptr<boost::asio::ssl::context>> clientTls(const RemoteOptions& options)
{
    auto context = std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_client);
    boost::system::error_code problem;
    context->set_options(boost::asio::ssl::context::default_workarounds | boost::asio::ssl::context::no_tlsv1
            | boost::asio::ssl::context::no_tlsv1_1,
        problem);
    if (!problem && options.caFile.empty())
        context->set_default_verify_paths(problem);
    else if (!problem)
        context->load_verify_file(options.caFile, problem);
    if (problem)
        return fail(Error(ErrorKind::Invalid, "remote.tls", "The file of trusted authorities cannot be used.",
            "Name a PEM file with their certificates.")
                .with("what", problem.message()));
    return context;
}

}

class RemoteChannel::State {
public:
    State(RemotePlace place, RemoteTimes times, std::unique_ptr<boost::asio::ssl::context> tls)
        : m_place(std::move(place))
        , m_times(times)
        , m_tls(std::move(tls))
        , m_loop(1)
    {
    }
    ~State() { m_loop.stop(); }

    struct Call {
        std::string bytes;
        Repeat repeat;
        HttpReply reply;
        bool tooLarge = false;
        std::promise<Result<HttpReply>> promise;
    };

    // On the loop.
    void begin(const std::shared_ptr<Call>& call)
    {
        const auto connection = takeConnection();
        RemoteExchange exchange{call->bytes, m_times.silence, [call](const HttpReply& head) { call->reply = head; },
            [call, connection](std::string piece) {
                call->reply.body += piece;
                if (call->reply.body.size() <= largestReply)
                    return;
                call->promise.set_value(fail(
                    ErrorKind::TooLarge, "remote.too-large", "The server's answer is too large.", "Ask for less."));
                connection->close();
            },
            [this, call, connection](Result<void> done) { end(call, connection, std::move(done)); }};
        connection->run(std::move(exchange));
    }

    std::shared_ptr<RemoteConnection> newConnection()
    {
        return std::make_shared<RemoteConnection>(
            m_loop.context(), m_place.tls ? m_tls.get() : nullptr, m_place, m_times);
    }

    const RemotePlace m_place;
    const RemoteTimes m_times;
    std::unique_ptr<boost::asio::ssl::context> m_tls;
    net::EventLoop m_loop;

private:
    void end(const std::shared_ptr<Call>& call, const std::shared_ptr<RemoteConnection>& connection, Result<void> done)
    {
        if (!done && call->repeat == Repeat::Once && connection->isUsed() && !connection->hasReplyByte()) {
            call->repeat = Repeat::Never;
            begin(call);
            return;
        }
        if (connection->isReusable() && m_idle.size() < mostIdle)
            m_idle.push_back(connection);
        else
            connection->close();
        if (done)
            call->promise.set_value(std::move(call->reply));
        else
            call->promise.set_value(std::unexpected<Error>(std::move(done).error()));
    }

    std::shared_ptr<RemoteConnection> takeConnection()
    {
        const auto oldest = std::chrono::steady_clock::now() - m_times.unused;
        while (!m_idle.empty()) {
            const auto connection = m_idle.back();
            m_idle.pop_back();
            if (connection->isReusable() && connection->idleSince() >= oldest)
                return connection;
            connection->close();
        }
        return newConnection();
    }

    std::vector<std::shared_ptr<RemoteConnection>> m_idle;
};

RemoteChannel::RemoteChannel(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

RemoteChannel::~RemoteChannel() = default;

Result<std::unique_ptr<RemoteChannel>> RemoteChannel::open(const RemoteOptions& options)
{
    EPHOR_TRY(RemotePlace place, remotePlaceOf(options));
    EPHOR_TRY(auto tls, clientTls(options));
    return std::unique_ptr<RemoteChannel>(
        new RemoteChannel(std::make_unique<State>(std::move(place), options.times, std::move(tls))));
}

Result<HttpReply> RemoteChannel::call(const RemoteRequest& request, Repeat repeat)
{
    if (isChannelThread())
        return fail(ErrorKind::Internal, "remote.callback", "A callback of the backend called the backend.");
    const auto call = std::make_shared<State::Call>();
    call->bytes = wireOf(request, m_state->m_place);
    call->repeat = repeat;
    auto answer = call->promise.get_future();
    boost::asio::post(m_state->m_loop.context(), [state = m_state.get(), call] { state->begin(call); });
    return answer.get();
}

std::function<void()> RemoteChannel::stream(const RemoteRequest& request, StreamHandlers handlers)
{
    const auto connection = m_state->newConnection();
    boost::asio::post(m_state->m_loop.context(),
        [connection, bytes = wireOf(request, m_state->m_place), handlers = std::move(handlers),
            silence = m_state->m_times.streamSilence] {
            connection->run({bytes, silence, handlers.head, handlers.bytes, handlers.ended});
        });
    return [connection, context = &m_state->m_loop.context()] {
        boost::asio::post(*context, [connection] { connection->close(); });
    };
}

void RemoteChannel::after(std::chrono::milliseconds delay, std::function<void()> task)
{
    const auto timer = std::make_shared<boost::asio::steady_timer>(m_state->m_loop.context());
    timer->expires_after(delay);
    timer->async_wait([timer, task = std::move(task)](const boost::system::error_code& cancelled) {
        if (!cancelled)
            task();
    });
}

bool RemoteChannel::isChannelThread() const
{
    return m_state->m_loop.isLoopThread();
}

const RemoteTimes& RemoteChannel::times() const
{
    return m_state->m_times;
}

}
