#include "core/demo/requests.h"

#include "core/domain/reflect.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ephor::demo {

namespace {

constexpr std::int64_t ownLimitCents = 100'000; // what Customer refunds may pay without a person

Document messagesOf(const std::string& text)
{
    return documentOf(Json::array({{{"role", "user"}, {"content", text}}}));
}

bool wouldAsk(const Order& order)
{
    return order.cents > ownLimitCents || order.status == "placed";
}

}

StartRun::Request refundRequest(const Order& order, const std::string& text)
{
    StartRun::Request request;
    request.agent = "customer-refunds";
    request.messages = messagesOf(text);
    request.variables = documentOf(Json{
        {"customer", {{"name", order.customer}, {"since", order.since}}}, {"limits", {{"refund", "EUR 1,000.00"}}}});
    request.person = order.person;
    request.conversation = "case-" + order.id;
    request.reference = "order " + order.id;
    return request;
}

StartRun::Request poisonedInvoice()
{
    StartRun::Request request;
    request.agent = "expense-audit";
    request.messages = messagesOf(std::string("Please audit ") + storyInvoice + " of Helvetia Logistics.");
    request.person = "E-1118";
    request.conversation = "audit-4711";
    request.reference = storyInvoice;
    return request;
}

StartRun::Request travellingContract()
{
    StartRun::Request request;
    request.agent = "contract-review";
    request.messages = messagesOf(
        std::string("Please review ") + storyContract + " with Meridian Travel against our standard terms.");
    request.person = "E-1202";
    request.conversation = "matter-2291";
    request.reference = storyContract;
    return request;
}

StartRun::Request ledgerAccess()
{
    StartRun::Request request;
    request.agent = "access-provisioning";
    request.messages = messagesOf(
        std::string("Please grant ledger.write to ") + storyEmployee + " (Leila Haddad), ticket REQ-7719.");
    request.person = storyEmployee;
    request.conversation = "REQ-7719";
    request.reference = "REQ-7719";
    return request;
}

StartRun::Request RequestMaker::request(const char* agent, const std::string& text)
{
    StartRun::Request request;
    request.agent = agent;
    request.messages = messagesOf(text);
    return request;
}

StartRun::Request RequestMaker::employeeRequest(const char* agent, const Employee& employee, const std::string& text)
{
    StartRun::Request made = request(agent, text);
    made.person = employee.id;
    made.conversation = fmt::format("chat-{:08x}", std::uint32_t(m_chance.next()));
    return made;
}

StartRun::Request RequestMaker::next(Asking asking)
{
    switch (m_chance.weighted({38, 9, 22, 25, 3.5, 2.5})) {
    case 0:
        return refund(asking);
    case 1:
        return audit();
    case 2:
        return question(asking);
    case 3:
        return ticket();
    case 4:
        return access(asking);
    default:
        return review();
    }
}

StartRun::Request RequestMaker::refund(Asking asking)
{
    const Order* order = nullptr;
    do {
        order = &m_bank.orders[m_order++ % m_bank.orders.size()];
    } while (order->id == storyOrder || (asking == Asking::Never && wouldAsk(*order)));
    if (m_chance.happens(0.22)) {
        StartRun::Request vague = refundRequest(*order,
            m_chance.happens(0.5) ? "I want my money back, the thing never worked."
                                  : "Hello, how long does a refund take?");
        vague.reference = "";
        return vague;
    }
    // Few of those whose order was not shipped yet want to be rid of it.
    if (order->status == "placed" && m_chance.happens(0.15))
        return refundRequest(*order, "Please cancel order " + order->id + ", I ordered the wrong " + order->item + ".");
    static const std::vector<std::string> lost{"Order {} never arrived. I want my money back.",
        "Where is my money for order {}? The parcel is lost.", "The courier lost order {}, please refund it."};
    static const std::vector<std::string> damaged{"Order {} came broken. Please refund me.",
        "The {1} of order {0} arrived damaged, I sent you photos.", "Order {} was damaged on the way, refund please."};
    static const std::vector<std::string> other{"I returned order {} two weeks ago. Where is the money?",
        "I do not like what I got with order {}, can I have my money back?", "Please refund order {}."};
    const auto& texts = order->status == "lost" ? lost : order->status == "damaged" ? damaged : other;
    return refundRequest(*order, fmt::format(fmt::runtime(m_chance.pick(texts)), order->id, order->item));
}

StartRun::Request RequestMaker::audit()
{
    const Paper& paper = m_bank.expenses[m_chance.below(m_bank.expenses.size() - 1)];
    const Employee& auditor = m_bank.employees[100 + m_chance.below(12)];
    StartRun::Request made = employeeRequest("expense-audit", auditor,
        "Please audit " + paper.id + (paper.kind == "invoice" ? " of " : " filed by ") + paper.party + ".");
    made.reference = paper.id;
    return made;
}

StartRun::Request RequestMaker::question(Asking asking)
{
    const Employee& employee = m_chance.pick(m_bank.employees);
    const double kind = m_chance.unit();
    if (kind < 0.015)
        return employeeRequest("hr-helper", employee,
            "I need access to " + m_chance.pick(m_bank.entitlements) + " for my new project, I am " + employee.id
                + ".");
    if (kind < 0.019 && asking == Asking::Sometimes)
        return employeeRequest("hr-helper", employee,
            "I come back from sick leave on Monday. Please tell my manager " + m_chance.pick(m_bank.employees).mail
                + ".");
    if (kind < 0.12)
        return employeeRequest(
            "hr-helper", employee, "I am " + employee.id + ". How many days of leave do I have left?");
    if (kind < 0.42)
        return employeeRequest("hr-helper", employee,
            m_chance.happens(0.5) ? "Is there a gym at the Rotterdam office?"
                                  : "Who decides which desk I get after the move?");
    const Paper& policy = m_chance.pick(m_bank.policies);
    StartRun::Request made
        = employeeRequest("hr-helper", employee, policy.ask + " I think it is in " + policy.id + ".");
    made.reference = policy.id;
    return made;
}

StartRun::Request RequestMaker::ticket()
{
    const Employee& employee = m_chance.pick(m_bank.employees);
    if (m_chance.happens(0.012))
        return employeeRequest("it-triage", employee,
            "This is urgent, give me " + m_chance.pick(m_bank.entitlements) + " right now, I am " + employee.id
                + " and my director agrees.");
    if (m_chance.happens(0.12))
        return employeeRequest("it-triage", employee, "Nothing works since this morning. Can somebody come?");
    const Paper& paper = m_chance.pick(m_bank.tickets);
    StartRun::Request made
        = employeeRequest("it-triage", employee, "New ticket " + paper.id + ": " + paper.title + ".");
    made.reference = paper.id;
    return made;
}

StartRun::Request RequestMaker::access(Asking asking)
{
    const Employee& employee = m_chance.pick(m_bank.employees);
    const std::string ticket = fmt::format("REQ-{}", 5'000 + m_chance.below(2'500));
    const double kind = m_chance.unit();
    StartRun::Request made;
    if (kind < 0.1 && asking == Asking::Sometimes)
        made = employeeRequest("access-provisioning", employee,
            "Please grant " + m_chance.pick(m_bank.entitlements) + " to " + employee.id + ", ticket " + ticket + ".");
    else if (kind < 0.55 && !employee.access.empty())
        made = employeeRequest("access-provisioning", employee,
            "Please remove " + m_chance.pick(employee.access) + " from " + employee.id + ", who moved team, ticket "
                + ticket + ".");
    else
        made = employeeRequest(
            "access-provisioning", employee, "Which access does " + employee.id + " hold now? Ticket " + ticket + ".");
    made.reference = ticket;
    return made;
}

StartRun::Request RequestMaker::review()
{
    const Paper& paper = m_chance.pick(m_bank.contracts);
    const Employee& counsel = m_bank.employees[200 + m_chance.below(6)];
    std::string text = "Please review " + paper.id + " with " + paper.party + " against our standard terms.";
    if (m_chance.happens(0.06))
        text = "Please share our standard terms, " + std::string(standardTerms) + ", with the counsel of " + paper.party
            + ".";
    StartRun::Request made = employeeRequest("contract-review", counsel, text);
    made.reference = paper.id;
    return made;
}

}
