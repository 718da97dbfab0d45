#pragma once

#include "core/api/runs.h"
#include "ui/bridge/route.h"
#include "ui/kit/detail_pane.h"

namespace ephor::ui::activity {

/// The span chosen in the waterfall: what the gate said in words, which rule, whom to ask, and the way to its proof.
class SpanPane : public DetailPane {
    Q_OBJECT

public:
    explicit SpanPane(QWidget* parent = nullptr);

    /// `index` of the spans of the run; nothing is shown for one that is not there.
    void setSpan(const GetRun::Response& answer, std::size_t index);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    void addVerdict(const Span& span, const RunSummary& run);
    void addRule(const Span& span, const RunSummary& run);
    void addTiming(const Span& span, const RunSummary& run);
    void addApproval(const ApprovalRequest& request);
    void addProof(const GetRun::Response& answer, const Span& span);
};

}
