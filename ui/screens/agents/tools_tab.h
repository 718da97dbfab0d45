#pragma once

#include "core/api/grants.h"
#include "ui/screens/agents/agent_tab.h"
#include "ui/screens/agents/page_rows.h"

class QVBoxLayout;

namespace ephor::ui {
class Button;
class Card;
class CellsModel;
class DataTable;
class LoadView;
class SearchField;
}

namespace ephor::ui::agents {

/// What the agent may call, what each call can do, and why each permission is what it is. Tightening binds at once;
/// loosening is a change, so it is not offered here.
class ToolsTab : public AgentTab {
    Q_OBJECT

public:
    ToolsTab(ScreenContext& context, QWidget* parent);

    void refresh(const TopicSet& topics) override;
    void showDefinition(const DefinitionVersion& version, const AgentBody& body) override;

protected:
    void begin() override;
    void load() override;

private:
    QWidget* makeList();
    QWidget* makeWhy();
    void loadTools();
    void fill();
    void choose(const QString& tool);
    void explain();
    std::string title() const;
    void showWhy(const ExplainGrant::Response& why);
    void tighten(ephor::Access access);

    CellsModel* m_model;
    DataTable* m_table;
    LoadView* m_view;
    Card* m_listCard;
    SearchField* m_search;
    Card* m_whyCard;
    LoadView* m_whyView;
    QVBoxLayout* m_why;
    Button* m_ask;
    Button* m_deny;
    Latest m_askMatrix;
    Latest m_askTools;
    Latest m_askWhy;
    ReadMatrix::Response m_matrix;
    std::vector<DefinitionSummary> m_tools;
    std::vector<std::string> m_declared;
    std::vector<ToolLine> m_lines;
    QString m_tool;
    ephor::Access m_access = ephor::Access::None;
    bool m_hasMatrix = false;
};

}
