#pragma once

#include "ui/bridge/explanation_words.h"
#include "ui/bridge/route.h"

#include <QWidget>

class QVBoxLayout;

namespace ephor::ui {

/// Why the rules came to a verdict, below the verdict's own sentence: which rule decides, how near another came, and
/// the smallest change that would turn it round. Grows with its words; the page scrolls.
class ExplanationView : public QWidget {
    Q_OBJECT

public:
    explicit ExplanationView(QWidget* parent = nullptr);

    void clear();
    void addHeading(const QString& words);
    void addLine(const QString& words);
    /// Both sides of a call; `agent` is the name by which rules are found, `said` what the page says already. The side
    /// of whoever the agent works for is told in full only where it is what refuses.
    void addBoth(const Explained& agentSide, const Explained& requesterSide, const QString& agent, const QString& said);
    /// Of an act of Ephor's own, where only whoever acts is judged.
    void addOne(const Explained& explained, const QString& said);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    void addMono(const QString& words);
    void addSide(const Explained& explained);
    void addRule(const QString& lead, const ExplainedRule& rule);

    QString m_agent;
    QString m_said;
    QVBoxLayout* m_rows;
};

}
