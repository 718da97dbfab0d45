#pragma once

#include "core/api/runs.h"
#include "ui/kit/cells_model.h"
#include "ui/models/paged_table_model.h"

#include <QDateTime>

namespace ephor::ui::activity {

enum class RunColumn { started, agent, outcome, state, duration, tokens, cost, denied, reference, variant, count };

QStringList runColumnTitles();
/// One cell of the list. Pure.
Cell runCell(const RunSummary& run, RunColumn column, const QDateTime& now);

/// Runs, newest first, page after page.
class RunsModel : public PagedTableModel<RunSummary> {
public:
    RunsModel(std::function<QDateTime()> now, QObject* parent);

protected:
    QVariant cell(const RunSummary& run, int column, int role) const override;
    QString keyOf(const RunSummary& run) const override;

private:
    std::function<QDateTime()> m_now;
};

}
