#pragma once

#include "core/api/protection.h"
#include "ui/library/form_page.h"
#include "ui/screens/policies/protection_values.h"

#include <QPlainTextEdit>
#include <QTimer>

class QCheckBox;

namespace ephor::ui {
class ProblemList;
}

namespace ephor::ui::policies {

class AnswerBox;
class ListBox;
class ProtectionTry;

/// A protection: its rules, the company's own detectors and its exceptions as lists, checked while they are typed, and
/// a text to try it on.
class ProtectionPage : public library::FormPage<ProtectionBody, SaveProtection> {
    Q_OBJECT

public:
    ProtectionPage(ScreenContext& context, QWidget* parent);

    void addRule();
    void addDetector();
    void showTry();

protected:
    void write(const ProtectionBody& body) override;
    std::optional<ProtectionBody> read(QString& problem) const override;
    Result<ProtectionBody> bodyOf(const DefinitionVersion& version) const override;
    QString jsonOf(const ProtectionBody& body) const override;
    QString whyNotSave() const override;
    void typedOn() override;
    void versionsKnown() override;

private:
    QWidget* makeRules();
    QWidget* makeCalls();
    QWidget* makeDetectors();
    QWidget* makeExceptions();
    void join();
    void change(const std::function<void(ProtectionBody&)>& edit);
    void keptChanged();
    void editRule(std::size_t at);
    void editDetector(std::size_t at);
    void showLists();
    void check();
    void showChecked(const CheckProtection::Response& checked);
    void showProblems();
    void goTo(std::size_t problem);
    void judgeExcepting();
    void askException(const QString& entity, const QString& title, const QString& value);
    void except(const QString& entity, const QString& value, const QString& reason);

    TextField* m_title = nullptr;
    QPlainTextEdit* m_description = nullptr;
    /// Never shown: what the lists show, and members this form leaves alone, so that a draft keeps them too.
    QPlainTextEdit* m_keptText = nullptr;
    ProtectionBody m_kept; ///< what stands in `m_keptText`
    ListBox* m_rules = nullptr;
    ListBox* m_detectors = nullptr;
    ListBox* m_exceptions = nullptr;
    Select* m_flows = nullptr;
    Select* m_trust = nullptr;
    QCheckBox* m_reveal = nullptr;
    QPlainTextEdit* m_hosts = nullptr;
    AnswerBox* m_answers = nullptr;
    ProtectionTry* m_try = nullptr;
    ProblemList* m_problemList = nullptr;
    QTimer m_pause;
    Latest m_askCheck;
    std::vector<Problem> m_problems;
    Entities m_known;
    QString m_notChecked; ///< why it could not be checked
};

}
