#pragma once

#include "core/api/policies.h"
#include "ui/bridge/route.h"
#include "ui/kit/card.h"

#include <QDateTime>

namespace ephor::ui {
class Button;
class CodeView;
class KeyValueList;
class Label;
class LinkLabel;
class StatusBadge;
}

namespace ephor::ui::policies {

/// One rule beside the list: what it says, what made it, and its text, which is what binds.
class RulePane : public Card {
    Q_OBJECT

public:
    explicit RulePane(QWidget* parent);

    void showRule(const RuleInfo& rule, const QDateTime& now);
    /// Nothing is chosen.
    void showNone();
    /// The pane stands where rules of this origin are edited, so that it does not offer to go there.
    void setHome(const std::string& origin);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    void copy();

    RuleInfo m_rule;
    std::string m_home;
    Label* m_sentence;
    StatusBadge* m_effect;
    StatusBadge* m_mode;
    Label* m_teaching;
    KeyValueList* m_facts;
    CodeView* m_text;
    Button* m_copy;
    Button* m_open;
    Button* m_try;
};

/// Where the rule is edited: its cell, its policy, the tightenings or the house rules. The place is empty where
/// nowhere.
Route originRoute(const RuleInfo& rule);

}
