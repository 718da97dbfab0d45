#include "ui/screens/assurance/record_rows.h"

#include "core/domain/short_id.h"
#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/kit/format.h"

#include <algorithm>
#include <array>

namespace ephor::ui::assurance {

namespace {

struct RowWording {
    Q_DECLARE_TR_FUNCTIONS(RowWording)
};

/// Acts that are no operation of the catalogue: what runs and the record itself write. And those whose sentence would
/// leave no room for what they were about.
constexpr std::array<std::pair<std::string_view, const char*>, 20> acts{{
    {"runs.start", QT_TRANSLATE_NOOP("RowWording", "Run begins")},
    {"run.end", QT_TRANSLATE_NOOP("RowWording", "Run ends")},
    {"model.call", QT_TRANSLATE_NOOP("RowWording", "Model call")},
    {"tool.call", QT_TRANSLATE_NOOP("RowWording", "Tool call")},
    {"approvals.ask", QT_TRANSLATE_NOOP("RowWording", "A person is asked")},
    {"ledger.create", QT_TRANSLATE_NOOP("RowWording", "The record begins")},
    {"demo.create", QT_TRANSLATE_NOOP("RowWording", "Make the demo workspace")},
    {"approvals.decide", QT_TRANSLATE_NOOP("RowWording", "Decide an action")},
    {"approvals.get", QT_TRANSLATE_NOOP("RowWording", "Look at a request")},
    {"runs.open", QT_TRANSLATE_NOOP("RowWording", "Open a run")},
    {"session.sign-in", QT_TRANSLATE_NOOP("RowWording", "Sign in")},
    {"session.sign-in-as", QT_TRANSLATE_NOOP("RowWording", "Sign in as")},
    {"prompts.save", QT_TRANSLATE_NOOP("RowWording", "Save prompt")},
    {"agents.save", QT_TRANSLATE_NOOP("RowWording", "Save agent")},
    {"tools.save", QT_TRANSLATE_NOOP("RowWording", "Save tool")},
    {"models.save", QT_TRANSLATE_NOOP("RowWording", "Save model")},
    {"rollouts.start", QT_TRANSLATE_NOOP("RowWording", "Start rollout")},
    {"rollouts.promote", QT_TRANSLATE_NOOP("RowWording", "Promote")},
    {"rollouts.roll-back", QT_TRANSLATE_NOOP("RowWording", "Roll back")},
    {"grants.tighten", QT_TRANSLATE_NOOP("RowWording", "Tighten")},
}};

/// Ids are told by their ends, names whole.
QString shortened(const QString& id)
{
    const std::string plain = utf8(id);
    return isUuid(plain) ? shortId(plain) : id;
}

QString afterColon(std::string_view subject)
{
    const auto colon = subject.find(':');
    return text(colon == std::string_view::npos ? subject : subject.substr(colon + 1));
}

/// A person's yes is more than an act that was done.
StateWords outcomeWords(const RecordRow& row)
{
    if (row.outcome == "approved")
        return {State::ok, RowWording::tr("Approved")};
    return outcomeOf(row.outcome);
}

QVariant displayOf(const RecordRow& row, RecordColumn column, const QDateTime& now, const ActorNames& names)
{
    switch (column) {
    case RecordColumn::entry:
        return QString(QLatin1Char('#') + numberText(row.index));
    case RecordColumn::time:
        return entryTime(row.at, now);
    case RecordColumn::who:
        return actorWords(row, names);
    case RecordColumn::kind:
        return entryKindWords(row.kind);
    case RecordColumn::run: {
        const QString run = runOf(row);
        return run.isEmpty() ? format::unknown() : run;
    }
    case RecordColumn::what:
        return actWords(row.operation);
    case RecordColumn::outcome:
        return outcomeWords(row).words;
    case RecordColumn::count:
        break;
    }
    return {};
}

QString toolTipOf(const RecordRow& row, RecordColumn column)
{
    switch (column) {
    case RecordColumn::time:
        return absoluteTime(row.at);
    case RecordColumn::who:
        return text(row.actor);
    case RecordColumn::what:
        return entrySentence(row);
    case RecordColumn::run:
        return row.subject.starts_with("run:") ? afterColon(row.subject) : QString();
    default:
        return {};
    }
}

QString copiedOf(const RecordRow& row, RecordColumn column, const QDateTime& now, const ActorNames& names)
{
    switch (column) {
    case RecordColumn::entry:
        return QString::number(row.index);
    case RecordColumn::time:
        return text(formatInstant(row.at));
    case RecordColumn::run:
        return row.subject.starts_with("run:") ? afterColon(row.subject) : QString();
    case RecordColumn::what:
        return entrySentence(row);
    default:
        return displayOf(row, column, now, names).toString();
    }
}

}

QStringList recordTitles()
{
    return {RowWording::tr("Entry"), RowWording::tr("Time"), RowWording::tr("Who"), RowWording::tr("Kind"),
        RowWording::tr("Run"), RowWording::tr("What"), RowWording::tr("Outcome")};
}

QString actWords(std::string_view operation)
{
    const auto known
        = std::find_if(acts.begin(), acts.end(), [&](const auto& pair) { return pair.first == operation; });
    if (known != acts.end())
        return RowWording::tr(known->second);
    if (const OperationType* declared = findOperation(operation))
        return text(declared->operation->summary);
    return text(operation);
}

QString runOf(const RecordRow& row)
{
    return row.subject.starts_with("run:") ? shortened(afterColon(row.subject)) : QString();
}

QString subjectWords(const RecordRow& row)
{
    return row.subject.starts_with("run:") ? QString() : shortened(afterColon(row.subject));
}

QString detailWords(const RecordRow& row)
{
    return row.detail.empty() ? subjectWords(row) : text(row.detail);
}

QString sentenceIn(const RecordRow& row, const std::string& sentence)
{
    constexpr std::string_view agentPrefix = "agent:";
    return row.actor.starts_with(agentPrefix) ? titled(sentence, row.actor.substr(agentPrefix.size()), row.actorName)
                                              : text(sentence);
}

QString entrySentence(const RecordRow& row)
{
    QString sentence = actWords(row.operation);
    if (const QString detail = detailWords(row); !detail.isEmpty())
        sentence += QStringLiteral(": ") + detail;
    sentence += QStringLiteral(", ") + outcomeWords(row).words.toLower();
    if (!row.reason.empty() && row.reason != row.detail)
        sentence += QStringLiteral(". ") + sentenceIn(row, row.reason);
    return sentence;
}

QString actorWords(const RecordRow& row, const ActorNames& names)
{
    if (!row.actorName.empty() && row.actorName != row.actor)
        return text(row.actorName);
    const QString id = text(row.actor);
    const QString plain = id.startsWith(QStringLiteral("agent:")) ? id.mid(6) : id;
    return names.value(id, plain);
}

QString entryTime(Instant at, const QDateTime& now)
{
    const QDateTime local = dateTime(at);
    if (!local.isValid())
        return format::unknown();
    const bool today = local.date() == now.toTimeSpec(local.timeSpec()).date();
    if (today)
        return local.toString(QStringLiteral("HH:mm:ss.zzz"));
    const bool thisYear = local.date().year() == now.date().year();
    return QLocale::c().toString(local, thisYear ? QStringLiteral("d MMM HH:mm") : QStringLiteral("d MMM yyyy HH:mm"));
}

QVariant recordCell(const RecordRow& row, RecordColumn column, int role, const QDateTime& now, const ActorNames& names)
{
    switch (role) {
    case Qt::DisplayRole:
        return displayOf(row, column, now, names);
    case Qt::ToolTipRole: {
        const QString tip = toolTipOf(row, column);
        return tip.isEmpty() ? QVariant() : QVariant(tip);
    }
    case CellRole::copyText:
        return copiedOf(row, column, now, names);
    case CellRole::secondary:
        if (column != RecordColumn::what)
            return {};
        return row.reason.empty() || !detailWords(row).isEmpty() ? detailWords(row) : sentenceIn(row, row.reason);
    case CellRole::state:
        return column == RecordColumn::outcome ? QVariant(static_cast<int>(outcomeWords(row).state)) : QVariant();
    case CellRole::kind:
        return column == RecordColumn::run && !runOf(row).isEmpty() ? QVariant(static_cast<int>(CellKind::link))
                                                                    : QVariant();
    default:
        return {};
    }
}

}
