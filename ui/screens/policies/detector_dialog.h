#pragma once

#include "ui/bridge/request.h"
#include "ui/kit/dialogs.h"
#include "ui/screens/policies/protection_values.h"

#include <QTimer>

namespace ephor::ui {
class FormRow;
class Segmented;
class Session;
}

namespace ephor::ui::policies {

/// A detector of the company's own: a pattern or a list of words, how certain a find is, and the words nearby that make
/// it more so. What is wrong is told while it is typed.
class DetectorDialog : public Dialog {
    Q_OBJECT

public:
    /// The detector at `at` of the body; a new one behind the last.
    DetectorDialog(Session& session, const ProtectionBody& body, std::size_t at, QWidget* parent);

Q_SIGNALS:
    void chosen(const ephor::OwnDetector& detector);

private:
    void makeFields();
    void show(const OwnDetector& detector);
    OwnDetector detector(QString& problem) const;
    void typed();
    void check();
    void showProblems();
    void judge();

    Session& m_session;
    ProtectionBody m_body;
    std::size_t m_at;
    OwnDetector m_begun;
    QTimer m_pause;
    Latest m_ask;
    std::vector<Problem> m_problems;
    bool m_isChecked = false;
    QString m_notChecked;
    TextField* m_entity;
    FormRow* m_entityRow = nullptr;
    TextField* m_title;
    Segmented* m_how;
    TextField* m_pattern;
    FormRow* m_patternRow = nullptr;
    QPlainTextEdit* m_words;
    FormRow* m_wordsRow = nullptr;
    TextField* m_score;
    TextField* m_nearby;
    TextField* m_change;
    Label* m_problem;
    Button* m_act = nullptr;
};

}
