#pragma once

#include "core/api/grants.h"
#include "ui/bridge/request.h"
#include "ui/kit/dialogs.h"

#include <vector>

class QVBoxLayout;

namespace ephor::ui {
struct ScreenContext;
class Segmented;
class Select;
}

namespace ephor::ui::policies {

class BacktestBox;
class LimitRow;

/// A cell of the matrix as a form: its answer, limits made from the tool's schema, expiry and reason; what that says
/// in one sentence, and what the recorded calls would have met.
class GrantForm : public Dialog {
    Q_OBJECT

public:
    /// `rule` is what the form begins with: the staged one, or the released.
    GrantForm(ScreenContext& context, const GrantRule& rule, const QString& agentTitle, QWidget* parent);

    /// The rule as it stands in the form; `problem` says what is missing.
    GrantRule rule(QString& problem) const;

Q_SIGNALS:
    void chosen(const ephor::GrantRule& rule);

private:
    void makeFields();
    void loadSchema();
    void addLimit(const GrantCondition& condition);
    void removeLimit(LimitRow* row);
    void show();

    Session& m_session;
    GrantRule m_begun;
    QString m_title;
    QStringList m_arguments;
    std::vector<LimitRow*> m_limits;
    Latest m_askSchema;
    GrantRule m_judged;
    Segmented* m_access;
    Select* m_approver;
    Select* m_approvals;
    QWidget* m_whom;
    QVBoxLayout* m_rows = nullptr;
    Button* m_more;
    TextField* m_expires;
    TextField* m_reason;
    Label* m_sentence;
    Label* m_problem;
    BacktestBox* m_box;
    Button* m_act = nullptr;
};

}
