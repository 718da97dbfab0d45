#include "app/ephor/connection.h"
#include "app/ephor/operation_verb.h"
#include "app/ephor/verbs.h"
#include "core/api/backtest_pages.h"
#include "core/domain/reflect.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

namespace ephor::cli {

namespace {

Result<Backtest::Response> everyPage(Connection& connection, Backtest::Request request, std::ostream& err)
{
    const bool onePage = !request.cursor.empty();
    Backtest::Response whole;
    for (;;) {
        EPHOR_TRY(Backtest::Response page, connection.backend().call<Backtest>(request, connection.context));
        addPage(whole, std::move(page));
        if (whole.next.empty() || onePage)
            return whole;
        err << "ephor: " << std::lround(fractionJudged(whole) * 100) << " % of the time, " << whole.calls
            << " calls judged, " << whole.flips << " flips\n"
            << std::flush;
        request.cursor = whole.next;
    }
}

}

Exit runBacktest(const Command& command, const Streams& streams)
{
    const auto failed = [&](const Error& error) {
        printError(streams.out, streams.err, error, command.common.format);
        return exitFor(error);
    };
    const auto json = requestFrom(*findOperation(Backtest::operation.name), command);
    if (!json)
        return failed(json.error());
    auto request = fromJson<Backtest::Request>(*json, UnknownMembers::Refuse);
    if (!request)
        return failed(request.error());
    auto connection = connect(command.common);
    if (!connection)
        return failed(connection.error());
    const auto whole = everyPage(*connection, std::move(*request), streams.err);
    if (!whole)
        return failed(whole.error());
    printAnswer(streams.out, toJson(*whole), command.common.format);
    return Exit::Done;
}

}
