#include "ui/screens/assurance/record_query.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/time_range.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace ephor::ui::assurance {

namespace {

struct QueryWording {
    Q_DECLARE_TR_FUNCTIONS(QueryWording)
};

const QString kindKey = QStringLiteral("kind");
const QString actorKey = QStringLiteral("actor");
const QString operationKey = QStringLiteral("op");
const QString subjectKey = QStringLiteral("subject");
const QString outcomeKey = QStringLiteral("outcome");
const QString referenceKey = QStringLiteral("ref");
const QString toolKey = QStringLiteral("tool");
const QString timeKey = QStringLiteral("time");
const QString beforeKey = QStringLiteral("before");

/// "1,284,022" and "#1284022" alike.
std::optional<std::uint64_t> entryNumber(QString words)
{
    if (words.startsWith(QLatin1Char('#')))
        words.remove(0, 1);
    words.remove(QLatin1Char(','));
    bool isNumber = false;
    const qulonglong number = words.toULongLong(&isNumber);
    return isNumber ? std::optional<std::uint64_t>(number) : std::nullopt;
}

const KnownActor* namedActor(const QString& words, const std::vector<KnownActor>& actors)
{
    const auto matches = [&](auto compare) -> const KnownActor* {
        const auto found = std::find_if(actors.begin(), actors.end(), compare);
        return found == actors.end() ? nullptr : &*found;
    };
    if (const auto* exact = matches([&](const KnownActor& one) {
            return one.id == words || one.name.compare(words, Qt::CaseInsensitive) == 0;
        }))
        return exact;
    if (words.size() < 3)
        return nullptr;
    return matches([&](const KnownActor& one) { return one.name.startsWith(words, Qt::CaseInsensitive); });
}

bool isActorId(const QString& words)
{
    static const QRegularExpression pattern(QStringLiteral("^(person|agent|key):.+$|^(system|anonymous)$"));
    return pattern.match(words).hasMatch();
}

/// The beginning of an operation's name: "changes.", "tool.call".
bool isOperation(const std::string& begin)
{
    static constexpr std::array<std::string_view, 6> acts{
        "runs.start", "run.end", "model.call", "tool.call", "approvals.ask", "ledger.create"};
    const auto begins = [&](std::string_view name) { return name.starts_with(begin); };
    return std::any_of(acts.begin(), acts.end(), begins)
        || std::any_of(operationCatalogue().begin(), operationCatalogue().end(),
            [&](const OperationType& type) { return begins(type.operation->name); });
}

QString actorIdOf(const QString& value, const std::vector<KnownActor>& actors)
{
    if (isActorId(value))
        return value;
    const KnownActor* known = namedActor(value, actors);
    return known ? known->id : QString();
}

void readTime(const QString& value, const QDateTime& now, RecordAsk& ask)
{
    const auto range = parseTimeRange(value, now);
    if (range)
        ask.filter.range = coreRange(*range, now);
    else
        ask.problems << QueryWording::tr(
            "“%1” is no time. Write 24h, 7d, today, yesterday or a date such as 2026-03-16.")
                            .arg(value);
}

void readToken(const Filter& token, const std::vector<KnownActor>& actors, const QDateTime& now, RecordAsk& ask)
{
    if (token.key == kindKey) {
        for (const QString& kind : token.value.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            if (recordKinds().contains(kind))
                ask.filter.kinds.push_back(utf8(kind));
            else
                ask.problems << QueryWording::tr("There is no kind “%1”. Kinds are %2.")
                                    .arg(kind, recordKinds().join(QStringLiteral(", ")));
        }
    } else if (token.key == actorKey) {
        const QString id = actorIdOf(token.value, actors);
        if (id.isEmpty())
            ask.problems << QueryWording::tr("Nobody here is called “%1”.").arg(token.value);
        else
            ask.filter.actor = utf8(id);
    } else if (token.key == operationKey) {
        ask.filter.operation = utf8(token.value);
    } else if (token.key == subjectKey) {
        ask.filter.subject = utf8(token.value);
    } else if (token.key == outcomeKey) {
        ask.filter.outcome = utf8(token.value);
    } else if (token.key == referenceKey) {
        ask.filter.reference = utf8(token.value);
    } else if (token.key == toolKey) {
        ask.filter.tool = utf8(token.value);
    } else if (token.key == timeKey) {
        readTime(token.value, now, ask);
    } else if (token.key == beforeKey) {
        if (const auto number = entryNumber(token.value))
            ask.before = *number;
        else
            ask.problems << QueryWording::tr("“%1” is not the number of an entry.").arg(token.value);
    }
}

}

QStringList recordKeys()
{
    return {kindKey, actorKey, operationKey, subjectKey, outcomeKey, referenceKey, toolKey, timeKey, beforeKey};
}

QStringList recordKinds()
{
    static const QStringList kinds = QStringLiteral(
        "genesis operation permit outcome approval rollout stop denials clock key erasure halt disclosure")
                                         .split(QLatin1Char(' '));
    return kinds;
}

std::vector<Filter> tokensOf(const Route& route)
{
    std::vector<Filter> tokens;
    for (const QString& key : recordKeys()) {
        if (const QString value = route.query.value(key); !value.isEmpty())
            tokens.push_back({key, value});
    }
    return tokens;
}

Route recordRoute(const std::vector<Filter>& tokens, std::optional<std::uint64_t> entry)
{
    Route route{QStringLiteral("assurance"), {QStringLiteral("record")}, {}, {}};
    if (entry)
        route.path << QString::number(*entry);
    for (const Filter& token : tokens) {
        const QString before = route.query.value(token.key);
        const bool joins = token.key == kindKey && !before.isEmpty() && before != token.value;
        route.query.insert(token.key, joins ? before + QLatin1Char(',') + token.value : token.value);
    }
    return route;
}

RecordAsk askOf(const std::vector<Filter>& tokens, const std::vector<KnownActor>& actors, const QDateTime& now)
{
    RecordAsk ask;
    for (const Filter& token : tokens)
        readToken(token, actors, now, ask);
    return ask;
}

TypedWords understood(const QString& words, const std::vector<KnownActor>& actors)
{
    static const QRegularExpression operation(QStringLiteral("^[a-z]+(-[a-z]+)*\\.[a-z.-]*$"));
    static const QStringList outcomes
        = QStringLiteral("allow deny ask done denied approved failed expired").split(QLatin1Char(' '));
    const QString plain = words.trimmed();
    if (plain.isEmpty())
        return {};
    if (const auto number = entryNumber(plain))
        return {number, {}};
    const auto token = [](const QString& key, const QString& value) { return TypedWords{{}, Filter{key, value}}; };
    const QString lower = plain.toLower();
    for (const QString& kind : recordKinds()) {
        if (lower == kind || plain.compare(entryKindWords(utf8(kind)), Qt::CaseInsensitive) == 0)
            return token(kindKey, kind);
    }
    if (outcomes.contains(lower))
        return token(outcomeKey, lower);
    if (isActorId(plain))
        return token(actorKey, plain);
    if (const KnownActor* known = namedActor(plain, actors))
        return token(actorKey, known->name);
    // Tools are called like operations ("documents.read"), but are none of the catalogue.
    if (operation.match(plain).hasMatch())
        return token(isOperation(utf8(plain)) ? operationKey : toolKey, plain);
    // "run:0195…" and "change:CH-12" name what an entry refers to; the reference is what follows the colon.
    static const QRegularExpression prefix(QStringLiteral("^(run|change|approval|release|call):"));
    return token(referenceKey, QString(plain).remove(prefix));
}

std::vector<ReadyQuery> readyQueries()
{
    return {
        {QueryWording::tr("Everything"), {}},
        {QueryWording::tr("What happened today"), {{timeKey, QStringLiteral("today")}}},
        {QueryWording::tr("Decisions of people on actions"), {{operationKey, QStringLiteral("approvals.decide")}}},
        {QueryWording::tr("Changes: drafted, approved, rejected"), {{operationKey, QStringLiteral("changes.")}}},
        {QueryWording::tr("Rollouts and rollbacks"), {{kindKey, QStringLiteral("rollout")}}},
        {QueryWording::tr("Refused"), {{outcomeKey, QStringLiteral("denied")}}},
        {QueryWording::tr("Failed"), {{outcomeKey, QStringLiteral("failed")}}},
        {QueryWording::tr("Sealed content that was opened"), {{kindKey, QStringLiteral("disclosure")}}},
        {QueryWording::tr("Stops set and lifted"), {{operationKey, QStringLiteral("stops.")}}},
        {QueryWording::tr("Sign-ins"), {{operationKey, QStringLiteral("session.")}}},
        {QueryWording::tr("The record's own: keys, clock, erasures"),
            {{kindKey, QStringLiteral("genesis,key,clock,erasure,halt")}}},
    };
}

}
