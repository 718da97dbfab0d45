#include "core/demo/service_acts.h"
#include "core/demo/service_server.h"

#include "core/net/event_loop.h"
#include "core/net/http_client.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::demo;

class ServicesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_place;
    Bank m_bank;
    std::unique_ptr<ServiceData> m_data;

    ServiceReply act(const char* method, const std::string& target, const Json& body = nullptr, const char* key = "k")
    {
        return actOn(*m_data, readServiceRequest(method, target, body.is_null() ? std::string() : body.dump(), key));
    }
    const Order& order(const char* status)
    {
        return *std::ranges::find_if(m_bank.orders,
            [&](const Order& each) { return each.status == status && each.cents < 50'000 && each.cents > 1'000; });
    }

private Q_SLOTS:
    void initTestCase();
    void sameSeedSameBank();
    void accountNumbersHold();
    void refundsOnce();
    void paymentsRepeatUnderTheirKey();
    void mailsAndDocuments();
    void refusesWhatItCannotDo();
    void answersOverHttp();
    void takenPortDoesNotListen();
};

void ServicesTest::initTestCase()
{
    auto bank = makeBank(7);
    QVERIFY(bank.has_value());
    m_bank = std::move(*bank);
    const std::string folder = m_place.path().toStdString();
    const Instant begin = *parseInstant("2026-01-05T08:00:00Z");
    const auto made = createServiceData(folder, m_bank, begin);
    QVERIFY2(made.has_value(), made ? "" : describe(made.error()).c_str());
    auto data = ServiceData::open(folder, ServiceSync::Fast);
    QVERIFY(data.has_value());
    m_data = std::move(*data);
}

void ServicesTest::sameSeedSameBank()
{
    const auto again = makeBank(7);
    QCOMPARE(again->orders.at(100).id, m_bank.orders.at(100).id);
    QCOMPARE(again->orders.at(100).cents, m_bank.orders.at(100).cents);
    QVERIFY(makeBank(8)->orders.at(100).cents != m_bank.orders.at(100).cents);
    QVERIFY(std::ranges::any_of(m_bank.expenses, [](const Paper& paper) { return paper.id == storyInvoice; }));
}

void ServicesTest::accountNumbersHold()
{
    const auto rest = [](const std::string& iban) {
        std::string moved;
        for (const char letter : iban.substr(4) + iban.substr(0, 4)) {
            if (letter != ' ')
                moved += letter >= 'A' ? std::to_string(letter - 'A' + 10) : std::string(1, letter);
        }
        int value = 0;
        for (const char digit : moved)
            value = (value * 10 + digit - '0') % 97;
        return value;
    };
    for (const Order& order : m_bank.orders) {
        QCOMPARE(order.iban.size(), std::size_t(22));
        QVERIFY2(rest(order.iban) == 1, order.iban.c_str());
    }
    for (const Paper& paper : m_bank.expenses) {
        QCOMPARE(paper.iban.size(), std::size_t(27));
        QVERIFY2(rest(paper.iban) == 1, paper.iban.c_str());
    }
}

void ServicesTest::refundsOnce()
{
    const Order& lost = order("lost");
    const Json body{{"amount", double(lost.cents) / 100}, {"clause", "7.1"}};
    const ServiceReply first = act("POST", "/orders/" + lost.id + "/refund", body, "refund-1");
    QCOMPARE(first.status, 200);
    QVERIFY(first.body.at("refund").get<std::string>().starts_with("RF-"));
    QCOMPARE(act("POST", "/orders/" + lost.id + "/refund", body, "refund-1").body, first.body);
    QCOMPARE(act("POST", "/orders/" + lost.id + "/refund", body, "refund-2").status, 409);
    const Order& damaged = order("damaged");
    QCOMPARE(
        act("POST", "/orders/" + damaged.id + "/refund", {{"amount", double(damaged.cents)}}, "refund-3").status, 409);
}

void ServicesTest::paymentsRepeatUnderTheirKey()
{
    const Json body{
        {"iban", "NL91 4820 7714 0093 1188 02"}, {"amount", 12.5}, {"currency", "EUR"}, {"reference", "T-1"}};
    const ServiceReply first = act("POST", "/payments", body, "pay-1");
    QCOMPARE(first.status, 201);
    QCOMPARE(act("POST", "/payments", body, "pay-1").body, first.body);
    QCOMPARE(act("GET", "/payments?reference=T-1").body.at("payments").size(), std::size_t(1));
    const std::string payment = first.body.at("payment");
    QCOMPARE(act("POST", "/payments/" + payment + "/reversal", {{"reason", "wrong"}}).status, 200);
    QCOMPARE(act("POST", "/payments/" + payment + "/reversal", {{"reason", "wrong"}}).status, 409);
}

void ServicesTest::mailsAndDocuments()
{
    const Json mail{{"to", "a@northwind.example"}, {"subject", "Hello"}, {"text", "Text"}, {"case", "case 1"}};
    QCOMPARE(act("POST", "/mails", mail, "mail-1").status, 201);
    QCOMPARE(act("POST", "/mails", mail, "mail-1").status, 201);
    QCOMPARE(act("GET", "/mails?case=case%201").body.at("mails").size(), std::size_t(1));
    const ServiceReply invoice = act("GET", std::string("/documents/") + storyInvoice);
    QCOMPARE(invoice.body.at("flag"), Json("payee-changed"));
    QVERIFY(!invoice.body.contains("finding"));
    QCOMPARE(act("POST", "/documents/CTR-1200/shares", {{"with", "a@b.example"}}, "share-1").status, 201);
}

void ServicesTest::refusesWhatItCannotDo()
{
    QCOMPARE(act("GET", "/documents/CTR-99999").status, 404);
    QCOMPARE(act("GET", "/").status, 404);
    QCOMPARE(act("GET", "/payments").status, 422);
    QCOMPARE(act("POST", "/payments", {{"iban", 4}}).status, 422);
    QCOMPARE(act("POST", "/mails").status, 422);
    QCOMPARE(act("DELETE", "/payments").status, 404);
}

void ServicesTest::answersOverHttp()
{
    ManualClock clock(*parseInstant("2026-01-05T08:00:00Z"));
    const Instant before = clock.now();
    auto server = ServiceServer::start({*m_data, 0, 1, &clock});
    QVERIFY(server.has_value() && (*server)->port() != 0);
    net::EventLoop loop;
    net::HttpClient client(loop);
    net::HttpRequest request;
    request.method = "GET";
    request.url = "http://127.0.0.1:" + std::to_string((*server)->port()) + "/documents/POL-100";
    request.addressRules.allowLoopback = true;
    const auto response = client.fetchBlocking(request);
    QVERIFY2(response.has_value(), response ? "" : describe(response.error()).c_str());
    QCOMPARE(response->status, 200);
    QCOMPARE(parseJson(response->body)->at("document"), Json("POL-100"));
    QVERIFY(clock.now() > before);
}

void ServicesTest::takenPortDoesNotListen()
{
    auto first = ServiceServer::start({*m_data, 0, 1, nullptr});
    QVERIFY(first.has_value());
    auto second = ServiceServer::start({*m_data, (*first)->port(), 1, nullptr});
    QVERIFY(second.has_value());
    QCOMPARE((*second)->port(), std::uint16_t(0));
}

QTEST_GUILESS_MAIN(ServicesTest)
#include "services_test.moc"
