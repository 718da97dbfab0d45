#include "app/ephor/connection.h"
#include "app/ephor/verbs.h"
#include "core/api/session.h"
#include "core/domain/reflect.h"

#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace ephor::cli {

namespace {

Exit ended(const Result<Json>& answer, const Command& command, const Streams& streams)
{
    if (!answer) {
        printError(streams.out, streams.err, answer.error(), command.common.format);
        return exitFor(answer.error());
    }
    printAnswer(streams.out, *answer, command.common.format);
    return Exit::Done;
}

Result<Json> login(const Command& command, const Streams& streams)
{
    EPHOR_TRY_VOID(command.allowOnly({"login", "password-stdin"}));
    CommonOptions common = command.common;
    const std::string persona = std::exchange(common.persona, {});
    EPHOR_TRY(Connection connection, connect(common));
    connection.context.credential.clear();
    SignIn::Response signedIn;
    if (!persona.empty()) {
        EPHOR_TRY(signedIn, connection.backend().call<SignInAs>({persona}, connection.context));
    } else {
        const std::string* const name = command.find("login");
        if (name == nullptr || !command.has("password-stdin"))
            return fail(ErrorKind::Invalid, "usage.login", "login needs a name and a password.",
                "Write --login NAME --password-stdin, or --as PERSONA in a demo workspace.");
        SignIn::Request request;
        request.login = *name;
        std::getline(streams.in, request.password);
        EPHOR_TRY(signedIn, connection.backend().call<SignIn>(request, connection.context));
    }
    EPHOR_TRY_VOID(keepSession(common, signedIn.token));
    return toJson(signedIn.session);
}

Result<Json> logout(const Command& command)
{
    EPHOR_TRY_VOID(command.allowOnly({}));
    EPHOR_TRY(Connection connection, connect(command.common));
    EPHOR_TRY([[maybe_unused]] const auto done, connection.backend().call<SignOut>({}, connection.context));
    EPHOR_TRY_VOID(keepSession(command.common, {}));
    return Json::object();
}

}

Exit runLogin(const Command& command, const Streams& streams)
{
    return ended(login(command, streams), command, streams);
}

Exit runLogout(const Command& command, const Streams& streams)
{
    return ended(logout(command), command, streams);
}

}
