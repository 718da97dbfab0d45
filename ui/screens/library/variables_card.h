#pragma once

#include "ui/kit/card.h"
#include "ui/library/library_rows.h"

namespace ephor::ui {
class CellsModel;
class DataTable;
class StatusBadge;
}

namespace ephor::ui::library {

/// The variables of a prompt: type, where each is used, and which are not declared. Opening one goes to its line.
class VariablesCard : public Card {
    Q_OBJECT

public:
    explicit VariablesCard(QWidget* parent);

    void setLines(const std::vector<VariableLine>& lines);

Q_SIGNALS:
    void lineChosen(int line);

private:
    StatusBadge* m_unknown;
    CellsModel* m_model;
    DataTable* m_table;
    std::vector<VariableLine> m_lines;
};

}
