#include "ui/screens/policies/backtest_job.h"

#include "core/api/backtest_pages.h"
#include "ui/screens/policies/backtest_words.h"

namespace ephor::ui::policies {

Result<QString> runBacktest(
    Backend& backend, const CallContext& context, JobControl& job, Backtest::Request request, Backtest::Response& whole)
{
    do {
        if (job.stopToken().stop_requested())
            return fail(ErrorKind::Cancelled, "policy.cancelled", "The backtest was cancelled.");
        EPHOR_TRY(auto page, backend.call<Backtest>(request, context));
        addPage(whole, std::move(page));
        request.cursor = whole.next;
        job.setFraction(fractionJudged(whole));
    } while (!whole.next.empty());
    return backtestSummary(whole);
}

}
