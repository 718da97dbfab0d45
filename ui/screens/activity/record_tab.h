#pragma once

#include "core/api/audit.h"
#include "ui/bridge/request.h"
#include "ui/bridge/route.h"
#include "ui/kit/cells_model.h"

#include <QWidget>

namespace ephor::ui {
class Card;
class LoadView;
struct ScreenContext;
}

namespace ephor::ui::activity {

/// A run has few entries; more than these are looked at in Assurance.
constexpr std::uint64_t mostEntriesOfRun = 256;

/// Rows of the entries, oldest first; the key is the index. Pure.
std::vector<CellRow> entryRows(const std::vector<RecordRow>& entries);

/// The entries of the record that belong to one run.
class RecordTab : public QWidget {
    Q_OBJECT

public:
    RecordTab(ScreenContext& context, QWidget* parent);

    void setRun(const QString& id);
    void refresh();

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);

private:
    void load();

    ScreenContext& m_context;
    QString m_run;
    Latest m_asked;
    Card* m_card;
    CellsModel* m_model;
    LoadView* m_view;
};

}
