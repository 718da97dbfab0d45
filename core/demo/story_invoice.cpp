#include "core/api/runs.h"
#include "core/base/text.h"
#include "core/demo/requests.h"
#include "core/demo/stories.h"

#include <nlohmann/json.hpp>

namespace ephor::demo {

Result<Stories::Happened> Stories::sendInvoice()
{
    RunWatch watch;
    EPHOR_TRY(const WatchedRun ended, run(poisonedInvoice(), watch));
    m_invoiceRun = ended.run;
    return Happened{"Expense audit read " + std::string(storyInvoice)
            + ", believed that the payee had changed, and called payments.send. It answered: " + ended.answer,
        "activity/runs/" + ended.run};
}

Result<Stories::Happened> Stories::explainRefusal()
{
    if (m_invoiceRun.empty())
        return outOfOrder();
    GetRun::Request get;
    get.id = m_invoiceRun;
    EPHOR_TRY(const GetRun::Response seen, m_stage.cast.call<GetRun>("ines", get));
    for (const Span& span : seen.spans) {
        if (span.verdict && span.verdict->word == VerdictWord::Deny)
            return Happened{
                "The call was refused before it left. " + span.verdict->reason + " Rule: " + span.verdict->rule + ".",
                "policies/matrix?agent=expense-audit&tool=payments.send"};
    }
    // A model that failed or answered otherwise this time never called the tool.
    return Happened{"This time nothing was refused: " + seen.sentence, "activity/runs/" + m_invoiceRun};
}

Result<Stories::Happened> Stories::showNothingPaid()
{
    if (m_invoiceRun.empty())
        return outOfOrder();
    EPHOR_TRY(const Json rows,
        m_stage.services.run(
            "orders", "SELECT count(*) AS payments FROM payments WHERE reference = ?", Json::array({storyInvoice})));
    const auto payments = rows[0].at("payments").get<std::int64_t>();
    return Happened{"The payment system holds "
            + (payments == 0 ? std::string("no payment") : countWords(std::uint64_t(payments), "payment")) + " for "
            + storyInvoice + ".",
        "activity/runs/" + m_invoiceRun};
}

}
