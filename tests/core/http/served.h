#pragma once

#include "core/base/json.h"
#include "core/http/server.h"
#include "tests/core/http/fake_backend.h"
#include "tests/core/http/raw_client.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

namespace ephor::tests {

inline const std::string chatBody = R"({"model":"refunds","messages":[{"role":"user","content":"Hi"}]})";
inline const std::string chatStreamBody
    = R"({"model":"refunds","stream":true,"messages":[{"role":"user","content":"Hi"}]})";

inline std::unique_ptr<http::Server> serve(Backend& backend, const http::ServerOptions& options = {})
{
    auto server = http::Server::start(backend, options);
    if (!server)
        qFatal("%s", describe(server.error()).c_str());
    return std::move(*server);
}

inline std::string fieldIn(const http::HttpReply& reply, std::string_view name)
{
    return std::string(http::findHeader(reply.headers, name).value_or(""));
}

inline std::string codeIn(const http::HttpReply& reply)
{
    const auto json = parseJson(reply.body);
    if (!json || !json->is_object())
        return "not json: " + reply.body;
    return json->contains("error") ? (*json)["error"].value("code", "") : json->value("code", "");
}

}
