#pragma once

#include "core/api/people.h"
#include "ui/bridge/request.h"
#include "ui/bridge/route.h"
#include "ui/bridge/session.h"
#include "ui/bridge/team_titles.h"
#include "ui/kit/dialogs.h"

namespace ephor::ui {
class CellsModel;
struct CellRow;
class DataTable;
class ExplanationView;
class Label;
class LoadView;
}

namespace ephor::ui::settings {

/// What somebody may do with Ephor itself, judged by the rules in force, a line for each permission; of the chosen one,
/// or of an operation that is typed, the rules and conditions behind it.
class AccessDialog : public Dialog {
    Q_OBJECT

public:
    AccessDialog(Session& session, const QString& principal, const QString& name, QWidget* parent);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    void makeBody();
    void load();
    void explain(const QString& operation);
    void show(const AccessLine& line);

    Session& m_session;
    std::string m_principal;
    Latest m_asked;
    Latest m_askedWhy;
    CellsModel* m_model;
    DataTable* m_table;
    LoadView* m_view;
    TextField* m_operation;
    Label* m_sentence;
    ExplanationView* m_why;
};

/// Permission, verdict and the sentence behind it, as the table shows them.
QStringList accessTitles();
CellRow accessRow(const AccessLine& line, const TeamNames& teams);

}
