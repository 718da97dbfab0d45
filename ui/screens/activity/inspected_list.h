#pragma once

#include "core/api/runs.h"
#include "ui/bridge/protection_words.h"
#include "ui/kit/card.h"

namespace ephor::ui {
class CellsModel;
class DataTable;
}

namespace ephor::ui::activity {

/// What was found in the texts of a run, by place and without the texts: what can be told of a run that nobody opened.
class InspectedList : public Card {
    Q_OBJECT

public:
    explicit InspectedList(QWidget* parent = nullptr);

    void setInspected(const std::vector<Inspected>& inspected, const Entities& known);

private:
    CellsModel* m_model;
    DataTable* m_table;
};

}
