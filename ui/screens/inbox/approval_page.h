#pragma once

#include "core/api/runs.h"
#include "ui/bridge/route.h"

#include <QDateTime>
#include <QWidget>

class QVBoxLayout;

namespace ephor::ui {
class Banner;
class Card;
class CodeView;
class KeyValueList;
class Label;
class LinkLabel;
class ShareBar;
class StatusBadge;
class StatusText;
}

namespace ephor::ui::inbox {

class DecisionCard;

/// One request that waits for people, with all that a decision rests on, on one page without scrolling at 1280×800.
class ApprovalPage : public QWidget {
    Q_OBJECT

public:
    explicit ApprovalPage(QWidget* parent = nullptr);

    void setApproval(
        const GetApproval::Response& approval, const QString& title, const Principal& me, const QDateTime& now);
    DecisionCard* decision() const { return m_decision; }

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    QWidget* makeHead();
    QWidget* makeFacts();
    QWidget* makeCall();
    QWidget* makeRule();
    QWidget* makeSimilar();
    QWidget* makePeople();
    void setFacts(const GetApproval::Response& approval);
    void setPeople(const GetApproval::Response& approval, const Principal& me, const QDateTime& now);
    void setDecision(const GetApproval::Response& approval);

    GetApproval::Response m_approval;
    Label* m_title = nullptr;
    Label* m_subtitle = nullptr;
    Label* m_left = nullptr;
    Label* m_then = nullptr;
    Banner* m_signIn = nullptr;
    KeyValueList* m_facts = nullptr;
    Card* m_callCard = nullptr;
    CodeView* m_call = nullptr;
    Label* m_digest = nullptr;
    Label* m_why = nullptr;
    LinkLabel* m_rule = nullptr;
    StatusBadge* m_effect = nullptr;
    Label* m_effectWords = nullptr;
    Label* m_similar = nullptr;
    ShareBar* m_similarBar = nullptr;
    StatusBadge* m_progress = nullptr;
    QVBoxLayout* m_people = nullptr;
    DecisionCard* m_decision = nullptr;
};

}
