#include "ui/screens/activity/run_filter.h"

#include "core/domain/reflect.h"
#include "ui/bridge/values.h"

#include <algorithm>

namespace ephor::ui::activity {

namespace {

QString keyAgent()
{
    return QStringLiteral("agent");
}

}

std::vector<RunState> statesOf(const QString& code)
{
    std::vector<RunState> states;
    for (const QString& word : code.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (const auto state = enumeratorFrom<RunState>(utf8(word.trimmed())))
            states.push_back(*state);
    }
    return states;
}

QString stateCode(const RunFilter& filter)
{
    QStringList words;
    for (const RunState state : filter.states)
        words << text(wordOf(state));
    return words.join(QLatin1Char(','));
}

RunFilter filterOf(const Route& route)
{
    RunFilter filter;
    for (auto value = route.query.begin(); value != route.query.end(); ++value)
        takeTyped(filter, value.key(), value.value());
    return filter;
}

bool takeTyped(RunFilter& filter, const QString& key, const QString& value)
{
    if (key == keyAgent()) {
        filter.agent = utf8(value);
    } else if (key == QStringLiteral("team")) {
        filter.team = utf8(value);
    } else if (key == QStringLiteral("state")) {
        auto states = statesOf(value);
        if (states.empty())
            return false;
        filter.states = std::move(states);
    } else if (key == QStringLiteral("variant")) {
        const auto variant = enumeratorFrom<Variant>(utf8(value));
        if (!variant)
            return false;
        filter.variant = *variant;
    } else if (key == QStringLiteral("denied")) {
        filter.denied = value == QStringLiteral("true");
    } else if (key == QStringLiteral("release")) {
        filter.release = utf8(value);
    } else if (key == QStringLiteral("q")) {
        filter.text = utf8(value);
    } else {
        return false;
    }
    return true;
}

Route routeOf(const RunFilter& filter)
{
    return Route{QStringLiteral("activity"), {QStringLiteral("runs")}, {}, {}}
        .with(keyAgent(), text(filter.agent))
        .with(QStringLiteral("team"), text(filter.team))
        .with(QStringLiteral("state"), stateCode(filter))
        .with(QStringLiteral("variant"), filter.variant ? text(wordOf(*filter.variant)) : QString())
        .with(QStringLiteral("denied"), filter.denied ? QStringLiteral("true") : QString())
        .with(QStringLiteral("release"), text(filter.release))
        .with(QStringLiteral("q"), text(filter.text));
}

bool asksForOpenOnly(const RunFilter& filter)
{
    return !filter.states.empty() && std::all_of(filter.states.begin(), filter.states.end(), [](RunState state) {
        return state == RunState::Running || state == RunState::Waiting;
    });
}

RunFilter inRange(RunFilter filter, const TimeRange& range, const QDateTime& now)
{
    if (!asksForOpenOnly(filter))
        filter.range = coreRange(range, now);
    return filter;
}

}
