#pragma once

#include "core/api/changes.h"
#include "ui/bridge/route.h"
#include "ui/kit/card.h"
#include "ui/kit/person_row.h"

#include <QVBoxLayout>

namespace ephor::ui {
class StatusBadge;
}

namespace ephor::ui::changes {

/// One line of the approvals card.
struct ApprovalLine {
    QString name;
    QString role; ///< "Author", "you"
    QString detail; ///< when, or why not
    State state = State::ok;
    QString word; ///< "Approved"
    QString reason; ///< tooltip
};

/// Who decided, then the author, who cannot. Pure.
std::vector<ApprovalLine> approvalLines(const Change& change, const std::string& principal);

/// The checks with what each found.
class ChecksCard : public Card {
    Q_OBJECT

public:
    explicit ChecksCard(QWidget* parent = nullptr);
    void setChange(const Change& change);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    QWidget* lineOf(const CheckResult& check, const std::string& change);

    int m_nameWidth = 0;
    StatusBadge* m_badge;
};

/// Who approved, who cannot, and how many are still needed.
class ApprovalsCard : public Card {
    Q_OBJECT

public:
    explicit ApprovalsCard(QWidget* parent = nullptr);
    void setChange(const Change& change, const std::string& principal);

private:
    StatusBadge* m_badge;
};

/// What happens now, next, and if it goes wrong.
class NextStepsCard : public Card {
    Q_OBJECT

public:
    explicit NextStepsCard(QWidget* parent = nullptr);
    void setShown(const GetChange::Response& shown);
};

/// Each step of the rollout: when, to which share, by whom.
class HistoryCard : public Card {
    Q_OBJECT

public:
    explicit HistoryCard(QWidget* parent = nullptr);
    void setRollout(const Rollout& rollout);
};

/// "Promoted to 25 %". Pure.
QString stepWords(const RolloutStep& step);

/// What a rollback would bring back and what stays.
class RollbackCard : public Card {
    Q_OBJECT

public:
    explicit RollbackCard(QWidget* parent = nullptr);
    void setCompared(const CompareRollout::Response& compared);
};

}
