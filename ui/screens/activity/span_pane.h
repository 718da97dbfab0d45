#pragma once

#include "core/api/runs.h"
#include "ui/bridge/route.h"
#include "ui/kit/detail_pane.h"

#include <optional>
#include <vector>

namespace ephor::ui::activity {

/// What the rules saw when they refused or asked: kept sealed beside the verdict, since it holds values of the call.
struct OpenedWhys {
    std::optional<std::vector<VerdictWhy>> whys; ///< nothing: not opened
    bool isOpening = false;
    QString problem; ///< why opening failed
    QString whyNot; ///< why this person may not open it; empty: they may
};

/// The span chosen in the waterfall: what the gate said in words, which rule, whom to ask, and the way to its proof.
class SpanPane : public DetailPane {
    Q_OBJECT

public:
    explicit SpanPane(QWidget* parent = nullptr);

    /// `index` of the spans of the run; nothing is shown for one that is not there.
    void setSpan(const GetRun::Response& answer, std::size_t index, const OpenedWhys& opened);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    /// The explanations of the run's verdicts are to be opened, which is recorded as a disclosure.
    void whysWanted();

private:
    void addVerdict(const Span& span, const RunSummary& run);
    void addRule(const Span& span, const RunSummary& run);
    void addWhy(const Span& span, const RunSummary& run, const OpenedWhys& opened);
    void addTiming(const Span& span, const RunSummary& run);
    void addApproval(const ApprovalRequest& request);
    void addProof(const GetRun::Response& answer, const Span& span);
};

}
