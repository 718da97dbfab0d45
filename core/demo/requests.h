#pragma once

#include "core/api/backend.h"
#include "core/demo/bank.h"
#include "core/demo/chance.h"

namespace ephor::demo {

/// Whether requests that a person would have to decide are among those made.
enum class Asking { Sometimes, Never };

/// Makes up what people ask the bank's agents. The same seed asks the same things in the same order. Not thread-safe;
/// the bank outlives it.
class RequestMaker {
public:
    RequestMaker(const Bank& bank, std::uint64_t seed)
        : m_bank(bank)
        , m_chance(seed)
        , m_order(m_chance.below(bank.orders.size()))
    {
    }

    /// Of any agent, in proportion to how busy they are.
    StartRun::Request next(Asking asking);
    StartRun::Request refund(Asking asking);
    StartRun::Request audit();
    StartRun::Request question(Asking asking);
    StartRun::Request ticket();
    StartRun::Request access(Asking asking);
    StartRun::Request review();

private:
    StartRun::Request request(const char* agent, const std::string& text);
    StartRun::Request employeeRequest(const char* agent, const Employee& employee, const std::string& text);

    const Bank& m_bank;
    Chance m_chance;
    std::size_t m_order;
};

// Of the stories and of what waits when the demo begins.
StartRun::Request refundRequest(const Order& order, const std::string& text);
StartRun::Request poisonedInvoice();
StartRun::Request travellingContract();
StartRun::Request ledgerAccess();

}
