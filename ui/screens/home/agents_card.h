#pragma once

#include "core/domain/metrics.h"
#include "ui/kit/card.h"

#include <optional>

namespace ephor::ui {
class CellsModel;
class DataTable;
}

namespace ephor::ui::home {

/// Every agent on one line, trouble first.
class AgentsCard : public Card {
    Q_OBJECT

public:
    explicit AgentsCard(QWidget* parent = nullptr);

    void setAgents(const std::vector<AgentRow>& agents, const QString& rangeLabel);

Q_SIGNALS:
    void agentOpened(const QString& name);
    void listWanted();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Room { tight, narrow, wide };
    void layOutColumns(Room room);

    Room m_room = Room::narrow;
    CellsModel* m_model;
    DataTable* m_table;
    std::optional<std::pair<int, Qt::SortOrder>> m_order;
};

}
