#pragma once

#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/screens/agents/compare_rows.h"

#include <array>

namespace ephor::ui {
class Card;
class CellsModel;
class DataTable;
class DiffView;
class LoadView;
}

namespace ephor::ui::agents {

/// Two agents side by side: settings and figures, what each may do, and the difference of their prompts.
class ComparePage : public QWidget {
    Q_OBJECT

public:
    ComparePage(ScreenContext& context, QWidget* parent);

    void open(const QString& left, const QString& right);
    void load(const TimeRange& range);
    void refresh(const TopicSet& topics);
    /// "Expense audit and HR helper".
    QString title() const;

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void titleChanged();

private:
    struct Side {
        ComparedAgent agent;
        QString promptText;
        bool hasBody = false;
        bool hasFigures = false;
        bool hasPrompt = false;
        Latest askBody;
        Latest askFigures;
        Latest askPrompt;
    };
    QWidget* makeFacts();
    QWidget* makeTools();
    QWidget* makePrompts();
    void loadBody(Side& side);
    void loadPrompt(Side& side);
    void loadFigures(Side& side);
    void loadMatrix();
    void fill();
    QString titleOf(const Side& side) const;

    ScreenContext& m_context;
    std::array<Side, 2> m_sides;
    ReadMatrix::Response m_matrix;
    bool m_hasMatrix = false;
    TimeRange m_range = TimeRange::last(24 * 3600);
    Latest m_askMatrix;
    Card* m_factsCard = nullptr;
    CellsModel* m_facts = nullptr;
    DataTable* m_factsTable = nullptr;
    LoadView* m_factsView = nullptr;
    Card* m_toolsCard = nullptr;
    CellsModel* m_tools = nullptr;
    DataTable* m_toolsTable = nullptr;
    LoadView* m_toolsView = nullptr;
    Card* m_promptCard = nullptr;
    DiffView* m_prompt = nullptr;
    LoadView* m_promptView = nullptr;
};

}
