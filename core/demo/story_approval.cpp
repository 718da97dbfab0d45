#include "core/api/runs.h"
#include "core/demo/requests.h"
#include "core/demo/stories.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::demo {

namespace {

constexpr auto resumePatience = std::chrono::milliseconds(4'500);

}

Result<Stories::Happened> Stories::askForRefund()
{
    EPHOR_TRY_VOID(resetRefund());
    const auto order = std::ranges::find(m_stage.bank.orders, std::string(storyOrder), &Order::id);
    auto watch = std::make_unique<RunWatch>();
    EPHOR_TRY(const WatchedRun ended,
        run(refundRequest(*order, "Order " + order->id + " came broken, the lens is cracked. Please refund me."),
            *watch));
    m_refundRun = ended.run;
    if (ended.ended != WatchedRun::Ended::Waiting)
        return Happened{"The agent did not come to ask this time. It said: " + ended.answer + ended.problem,
            "activity/runs/" + ended.run};
    m_refundWatch = std::move(watch);
    m_approval = ended.approval;
    GetApproval::Request get;
    get.id = m_approval;
    EPHOR_TRY(const GetApproval::Response seen, m_stage.cast.call<GetApproval>("ines", get));
    m_approvalDigest = seen.request.digest;
    return Happened{"Customer refunds wants to pay EUR " + moneyText(order->cents) + " for order " + order->id
            + " and waits. " + seen.request.why,
        "inbox/" + m_approval};
}

Result<Stories::Happened> Stories::approveRefund()
{
    if (m_approval.empty() || !m_refundWatch)
        return outOfOrder();
    m_refundWatch->expectMore();
    EPHOR_TRY([[maybe_unused]] const auto decided,
        m_stage.cast.decide("ines", m_approval, Cast::Word::Approve, "Damage is documented; clause 7.2 applies."));
    EPHOR_TRY(const WatchedRun ended, m_refundWatch->wait(resumePatience));
    return Happened{"Ines Marchetti approved exactly this call, and the run went on: " + ended.answer,
        "activity/runs/" + m_refundRun};
}

Result<Stories::Happened> Stories::approveAgain()
{
    if (m_approval.empty())
        return outOfOrder();
    DecideApproval::Request request;
    request.id = m_approval;
    request.digest = m_approvalDigest;
    request.approve = true;
    request.reason = "Approving it once more.";
    const auto again = m_stage.cast.call<DecideApproval>("priya", request);
    if (again)
        return fail(
            ErrorKind::CheckFailed, "demo.twice", "The approval was taken twice, which must not be.", "Report this.");
    return Happened{"Priya Raman approves it again and is told: " + again.error().message, "inbox/" + m_approval};
}

Result<Stories::Happened> Stories::showOnePayment()
{
    if (m_approval.empty())
        return outOfOrder();
    EPHOR_TRY(const Json rows,
        m_stage.services.run(
            "orders", "SELECT number, amount FROM payments WHERE reference = ?", Json::array({storyOrder})));
    std::string sentence = "The payment system holds " + std::to_string(rows.size())
        + (rows.size() == 1 ? " payment" : " payments") + " for order " + storyOrder;
    if (!rows.empty())
        sentence += ", PAY-" + std::to_string(rows[0].at("number").get<std::int64_t>());
    return Happened{sentence + ".", "activity/runs/" + m_refundRun};
}

Result<void> Stories::resetRefund()
{
    // A request of an earlier telling that nobody decided would wait beside the new one.
    if (!m_approval.empty()) {
        GetApproval::Request get;
        get.id = m_approval;
        const auto seen = m_stage.cast.call<GetApproval>("ines", get);
        if (seen && seen->request.state == ApprovalState::Waiting)
            EPHOR_TRY_VOID(m_stage.cast.decide("ines", m_approval, Cast::Word::Deny, "The story is told again."));
    }
    m_approval.clear();
    m_approvalDigest.clear();
    m_refundWatch.reset();
    m_refundRun.clear();
    EPHOR_TRY_VOID(m_stage.services.run(
        "orders", "UPDATE orders SET refunded_at = NULL, status = 'damaged' WHERE id = ?", Json::array({storyOrder})));
    EPHOR_TRY_VOID(
        m_stage.services.run("orders", "DELETE FROM payments WHERE reference = ?", Json::array({storyOrder})));
    return {};
}

}
