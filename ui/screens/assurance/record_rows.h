#pragma once

#include "core/api/audit.h"
#include "ui/bridge/wording.h"
#include "ui/models/paged_table_model.h"
#include "ui/screens/assurance/record_query.h"

#include <QDateTime>
#include <QHash>
#include <functional>

namespace ephor::ui::assurance {

/// Columns of the record, in order.
enum class RecordColumn { entry, time, who, kind, run, what, outcome, count };

QStringList recordTitles();
/// What an operation is called where it has happened: "Tool call", "Approve a change".
QString actWords(std::string_view operation);
/// "run:0195…" as its last eight characters; empty where the entry is not about a run.
QString runOf(const RecordRow& row);
/// What the act was about, without its prefix: "CH-12", "it-triage.system". Empty for runs, which have a column.
QString subjectWords(const RecordRow& row);
/// What the act was about, as the core names it; its subject where the core names nothing.
QString detailWords(const RecordRow& row);
/// A sentence of the core in an entry, with the acting agent's title where the core has its name.
QString sentenceIn(const RecordRow& row, const std::string& sentence);
/// The whole entry in a sentence: "Approve a change: CH-12, done".
QString entrySentence(const RecordRow& row);
/// The clock for today, the day before it otherwise: "13:52:07.412", "22 Nov 13:52:07".
QString entryTime(Instant at, const QDateTime& now);
/// Names by id.
using ActorNames = QHash<QString, QString>;
/// Who acted, as people call them; the id, without "agent:", where no name is known.
QString actorWords(const RecordRow& row, const ActorNames& names);
/// One role of one cell.
QVariant recordCell(
    const RecordRow& row, RecordColumn column, int role, const QDateTime& now, const ActorNames& names = {});

/// The record, newest first. Unfiltered rows are reached by their number, so that ten million need no scan.
class RecordModel : public PagedTableModel<RecordRow> {
public:
    RecordModel(std::function<QDateTime()> now, QObject* parent)
        : PagedTableModel(recordTitles(), parent)
        , m_now(std::move(now))
    {
    }

    void setActors(const std::vector<KnownActor>& actors)
    {
        m_names.clear();
        for (const KnownActor& actor : actors)
            m_names.insert(actor.id, actor.name);
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

protected:
    QVariant cell(const RecordRow& row, int column, int role) const override
    {
        return recordCell(row, static_cast<RecordColumn>(column), role, m_now(), m_names);
    }
    QString keyOf(const RecordRow& row) const override { return QString::number(row.index); }

private:
    std::function<QDateTime()> m_now;
    ActorNames m_names;
};

}
