#include "core/demo/service_acts.h"

#include "core/base/text.h"

#include <charconv>
#include <fmt/format.h>

namespace ephor::demo {

namespace {

using std::chrono::milliseconds;

ServiceReply replyOf(int status, Json body, Duration usual)
{
    return {status, std::move(body), usual};
}

ServiceReply refusal(int status, const char* error, const char* reason)
{
    return replyOf(status, {{"error", error}, {"reason", reason}}, milliseconds(40));
}

std::string percentDecoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size()
            && std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
            out.push_back(char(value));
            i += 2;
        } else {
            out.push_back(text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

bool has(const Json& body, const char* name, Json::value_t type)
{
    if (!body.is_object() || !body.contains(name))
        return false;
    const Json& value = body.at(name);
    return type == Json::value_t::number_float ? value.is_number() : value.type() == type;
}

constexpr auto text = Json::value_t::string;
constexpr auto number = Json::value_t::number_float;

Result<ServiceReply> refundOrder(ServiceData& data, const ServiceRequest& request)
{
    if (!has(request.body, "amount", number))
        return refusal(422, "amount", "The amount is missing.");
    const std::string& order = request.path[1];
    EPHOR_TRY(const Json known,
        data.run("orders", "SELECT number, amount, kind FROM payments WHERE idempotency_key = ?",
            Json::array({request.idempotencyKey})));
    const Json clause = request.body.value("clause", "");
    const auto done = [&](const Json& payment) {
        return replyOf(200,
            {{"refund", fmt::format("RF-{}", payment.at("number").get<std::int64_t>())},
                {"amount", payment.at("amount")}, {"currency", "EUR"}, {"order", order}, {"clause", clause}},
            milliseconds(260));
    };
    if (!known.empty())
        return done(known[0]);
    EPHOR_TRY(const Json changed,
        data.run("orders",
            "UPDATE orders SET refunded_at = datetime('now') WHERE id = ? AND refunded_at IS NULL AND amount >= ?"
            " RETURNING iban",
            Json::array({order, request.body.at("amount")})));
    if (changed.empty())
        return refusal(409, "not-refundable", "There is no such order, it cost less, or it was refunded before.");
    EPHOR_TRY(const Json paid,
        data.run("orders",
            "INSERT INTO payments (idempotency_key, kind, iban, amount, currency, reference, purpose)"
            " VALUES (?, 'refund', ?, ?, 'EUR', ?, ?) RETURNING number, amount",
            Json::array({request.idempotencyKey, changed[0].at("iban"), request.body.at("amount"), order,
                "Refund, clause " + clause.get<std::string>()})));
    return done(paid[0]);
}

Result<ServiceReply> sendPayment(ServiceData& data, const ServiceRequest& request)
{
    if (!has(request.body, "iban", text) || !has(request.body, "amount", number)
        || !has(request.body, "reference", text))
        return refusal(422, "payment", "Payee, amount or reference is missing.");
    const auto done = [&](const Json& payment) {
        return replyOf(201,
            {{"payment", fmt::format("PAY-{}", payment.at("number").get<std::int64_t>())},
                {"amount", payment.at("amount")}, {"currency", "EUR"}, {"status", payment.at("status")}},
            milliseconds(420));
    };
    EPHOR_TRY(const Json known,
        data.run("orders", "SELECT number, amount, status FROM payments WHERE idempotency_key = ?",
            Json::array({request.idempotencyKey})));
    if (!known.empty())
        return done(known[0]);
    EPHOR_TRY(const Json paid,
        data.run("orders",
            "INSERT INTO payments (idempotency_key, kind, iban, amount, currency, reference, purpose)"
            " VALUES (?, 'payment', ?, ?, 'EUR', ?, ?) RETURNING number, amount, status",
            Json::array({request.idempotencyKey, request.body.at("iban"), request.body.at("amount"),
                request.body.at("reference"), request.body.value("purpose", "")})));
    EPHOR_TRY_VOID(data.run("orders", "UPDATE orders SET refunded_at = datetime('now') WHERE id = ?",
        Json::array({request.body.at("reference")})));
    return done(paid[0]);
}

Result<ServiceReply> findPayments(ServiceData& data, const ServiceRequest& request)
{
    const auto reference = request.query.find("reference");
    if (reference == request.query.end())
        return refusal(422, "reference", "The reference is missing.");
    EPHOR_TRY(Json rows,
        data.run("orders",
            "SELECT 'PAY-' || number AS payment, kind, amount, currency, reference, status FROM payments"
            " WHERE reference = ? ORDER BY number DESC LIMIT 20",
            Json::array({reference->second})));
    return replyOf(200, {{"payments", std::move(rows)}}, milliseconds(180));
}

Result<ServiceReply> reversePayment(ServiceData& data, const ServiceRequest& request)
{
    constexpr std::size_t prefix = 4; // "PAY-"
    EPHOR_TRY(const Json changed,
        data.run("orders",
            "UPDATE payments SET status = 'reversal asked' WHERE number = ? AND status = 'sent' RETURNING number",
            Json::array({request.path[1].size() > prefix ? request.path[1].substr(prefix) : ""})));
    if (changed.empty())
        return refusal(409, "not-reversible", "There is no such payment, or its reversal was asked for before.");
    return replyOf(200, {{"payment", request.path[1]}, {"status", "reversal asked"}}, milliseconds(390));
}

Result<ServiceReply> readMails(ServiceData& data, const ServiceRequest& request)
{
    const auto matter = request.query.find("case");
    if (matter == request.query.end())
        return refusal(422, "case", "The case is missing.");
    EPHOR_TRY(Json rows,
        data.run("mail",
            "SELECT box, sent_to, subject, text FROM mails WHERE case_reference = ? ORDER BY number DESC LIMIT 5",
            Json::array({matter->second})));
    return replyOf(200, {{"mails", std::move(rows)}}, milliseconds(210));
}

Result<ServiceReply> sendMail(ServiceData& data, const ServiceRequest& request)
{
    if (!has(request.body, "to", text) || !has(request.body, "subject", text) || !has(request.body, "text", text))
        return refusal(422, "mail", "Receiver, subject or text is missing.");
    EPHOR_TRY(const Json rows,
        data.run("mail",
            "INSERT INTO mails (idempotency_key, box, sent_to, subject, text, case_reference)"
            " VALUES (?, 'out', ?, ?, ?, ?) ON CONFLICT (idempotency_key) DO UPDATE SET box = box RETURNING number",
            Json::array({request.idempotencyKey, request.body.at("to"), request.body.at("subject"),
                request.body.at("text"), request.body.value("case", "")})));
    return replyOf(201, {{"mail", fmt::format("M-{}", rows[0].at("number").get<std::int64_t>())}}, milliseconds(150));
}

Result<ServiceReply> readDocument(ServiceData& data, const ServiceRequest& request)
{
    EPHOR_TRY(
        Json rows, data.run("documents", "SELECT * FROM documents WHERE document = ?", Json::array({request.path[1]})));
    if (rows.empty())
        return refusal(404, "unknown", "There is no document of that number.");
    Json document = Json::object();
    for (const auto& [name, value] : rows[0].items()) {
        const bool isBlank = value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty())
            || (value.is_number() && value.get<double>() == 0);
        if (!isBlank)
            document[name] = value;
    }
    return replyOf(200, std::move(document), milliseconds(230));
}

Result<ServiceReply> shareDocument(ServiceData& data, const ServiceRequest& request)
{
    if (!has(request.body, "with", text))
        return refusal(422, "with", "The receiver is missing.");
    EPHOR_TRY(const Json rows,
        data.run("documents",
            "INSERT INTO shares (idempotency_key, document, shared_with) VALUES (?, ?, ?)"
            " ON CONFLICT (idempotency_key) DO UPDATE SET document = document RETURNING number",
            Json::array({request.idempotencyKey, request.path[1], request.body.at("with")})));
    return replyOf(201,
        {{"link", fmt::format("https://share.northwind.example/{}", rows[0].at("number").get<std::int64_t>())}},
        milliseconds(170));
}

using Act = Result<ServiceReply> (*)(ServiceData&, const ServiceRequest&);
struct Place {
    const char* method;
    const char* first;
    std::size_t segments;
    const char* last; ///< of three segments
    Act act;
};
constexpr Place places[] = {
    {"POST", "orders", 3, "refund", refundOrder},
    {"GET", "payments", 1, "", findPayments},
    {"POST", "payments", 1, "", sendPayment},
    {"POST", "payments", 3, "reversal", reversePayment},
    {"GET", "mails", 1, "", readMails},
    {"POST", "mails", 1, "", sendMail},
    {"GET", "documents", 2, "", readDocument},
    {"POST", "documents", 3, "shares", shareDocument},
};

}

ServiceRequest readServiceRequest(
    std::string_view method, std::string_view target, std::string_view body, std::string_view idempotencyKey)
{
    ServiceRequest request;
    request.method = method;
    request.idempotencyKey = idempotencyKey;
    const std::size_t question = target.find('?');
    for (const std::string_view segment : split(target.substr(0, question), '/')) {
        if (!segment.empty())
            request.path.push_back(percentDecoded(segment));
    }
    if (question != std::string_view::npos) {
        for (const std::string_view pair : split(target.substr(question + 1), '&')) {
            const std::size_t equals = pair.find('=');
            if (equals != std::string_view::npos)
                request.query[percentDecoded(pair.substr(0, equals))] = percentDecoded(pair.substr(equals + 1));
        }
    }
    if (auto json = parseJson(body); json && json->is_object())
        request.body = std::move(*json);
    return request;
}

ServiceReply actOn(ServiceData& data, const ServiceRequest& request)
{
    for (const Place& place : places) {
        if (request.method != place.method || request.path.size() != place.segments || request.path[0] != place.first
            || (place.segments == 3 && request.path[2] != place.last))
            continue;
        auto reply = place.act(data, request);
        return reply ? std::move(*reply) : refusal(500, "database", "The service's database failed.");
    }
    return refusal(404, "unknown", "There is no such place.");
}

}
