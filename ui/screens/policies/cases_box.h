#pragma once

#include "ui/screens/policies/policy_cases.h"

#include <QWidget>

class QPlainTextEdit;
class QStackedLayout;

namespace ephor::ui {
class Button;
class CellsModel;
class DataTable;
class Label;
class Session;
}

namespace ephor::ui::policies {

/// The cases of a policy: what each is, and how it comes out with the text as it is typed.
class CasesBox : public QWidget {
    Q_OBJECT

public:
    CasesBox(Session& session, QWidget* parent);

    void setCases(const PolicyCases& cases);
    /// Nothing where what is kept cannot be read.
    std::optional<PolicyCases> cases() const;
    void setResults(std::vector<PolicyCaseResult> results);
    void add(const PolicyCase& added);

Q_SIGNALS:
    void edited();

private:
    void show();
    void edit(int row);
    void remove();
    void put(const PolicyCases& cases);

    Session& m_session;
    QPlainTextEdit* m_kept; ///< never shown: the cases as text, so that a draft of the form keeps them too
    std::vector<PolicyCaseResult> m_results;
    CellsModel* m_model;
    DataTable* m_table;
    QStackedLayout* m_stack;
    Label* m_summary;
    Button* m_edit;
    Button* m_remove;
};

}
