#pragma once

#include "core/api/policies.h"

#include <QWidget>

class QVBoxLayout;

namespace ephor::ui {
class Button;
class Label;
}

namespace ephor::ui::policies {

/// Beside the editor: what the typed rules say, how the cases come out, and the ways on.
class PolicySide : public QWidget {
    Q_OBJECT

public:
    explicit PolicySide(QWidget* parent);

    void setRules(const std::vector<RuleInfo>& rules, const std::vector<PolicyCaseResult>& cases);
    /// The text has errors: what is shown would be of another text.
    void setBroken();
    /// Why it cannot be put into an agent now; empty where it can.
    void setAdopting(const QString& whyNot);
    void setBacktesting(const QString& whyNot);

Q_SIGNALS:
    void formWanted();
    void adoptWanted();
    void tryWanted();
    void backtestWanted();

private:
    void clearRules();

    QVBoxLayout* m_rules;
    Label* m_cases;
    Button* m_adopt;
    Button* m_backtest;
};

}
