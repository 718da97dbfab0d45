#pragma once

#include "core/api/policies.h"
#include "ui/bridge/route.h"
#include "ui/screens/policies/explanation_words.h"

#include <QWidget>

class QVBoxLayout;

namespace ephor::ui {
class Label;
class LinkLabel;
class StatusBadge;
}

namespace ephor::ui::policies {

/// A verdict with its reasons: the sentence first, then what a draft changes, then which rule and how near others came.
class WhyView : public QWidget {
    Q_OBJECT

public:
    enum class Beside { nothing, inForce }; ///< whether a draft was judged, so that both verdicts are told

    explicit WhyView(QWidget* parent);

    void showTried(const TryRules::Response& tried, const QString& agent, Beside beside);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    void clear();
    void addHeading(const QString& words);
    void addLine(const QString& words, bool isMono = false);
    void addRule(const QString& lead, const ExplainedRule& rule);
    void addExplained(const QString& heading, const Explained& explained);
    void addLink(const QString& words, const Route& route);

    QString m_agent;
    StatusBadge* m_badge;
    Label* m_sentence;
    LinkLabel* m_rule;
    Label* m_asks;
    StatusBadge* m_inForce;
    Label* m_inForceWords;
    QString m_ruleId;
    QVBoxLayout* m_rows;
};

/// What is new in the draft's verdict beside the one in force: one sentence.
QString comparisonWords(const Verdict& inForce, const Verdict& draft);

}
