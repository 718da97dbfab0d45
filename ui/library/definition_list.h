#pragma once

#include "core/api/definitions.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

namespace ephor::ui {
class Button;
class CellsModel;
class DataTable;
class FilterBar;
class LoadView;
}

namespace ephor::ui::library {

/// The prompts, tools, models or policies there are.
class DefinitionList : public QWidget {
    Q_OBJECT

public:
    DefinitionList(DefinitionKind kind, ScreenContext& context, QWidget* parent);

    void open(const Route& route);
    void load();
    void refresh(const TopicSet& topics);
    void focusSearch();
    /// Those with work that is not saved are marked; "" is a new one, which the button then goes on with.
    void setUnsaved(const QStringList& names);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void routeChanged(const ephor::ui::Route& route);
    void countChanged(int count);

private:
    void fill();
    Route here() const;

    DefinitionKind m_kind;
    ScreenContext& m_context;
    FilterBar* m_filter;
    Button* m_add;
    CellsModel* m_model;
    DataTable* m_table;
    LoadView* m_view;
    Latest m_ask;
    std::vector<DefinitionSummary> m_definitions;
    QStringList m_unsaved;
    bool m_isLoaded = false;
    bool m_isOpening = false;
    bool m_wantsFocus = false;
};

}
