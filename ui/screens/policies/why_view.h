#pragma once

#include "core/api/policies.h"
#include "ui/bridge/route.h"

#include <QWidget>

namespace ephor::ui {
class ExplanationView;
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

    /// `agent` is a name, `title` what people call it.
    void showTried(const TryRules::Response& tried, const QString& agent, const QString& title, Beside beside);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    QString m_agent;
    StatusBadge* m_badge;
    Label* m_sentence;
    LinkLabel* m_rule;
    Label* m_asks;
    StatusBadge* m_inForce;
    Label* m_inForceWords;
    QString m_ruleId;
    ExplanationView* m_reasons;
};

/// What is new in the draft's verdict beside the one in force: one sentence.
QString comparisonWords(const Verdict& inForce, const Verdict& draft);

}
