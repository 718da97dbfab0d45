#include "ui/bridge/limit_words.h"

#include "ui/bridge/values.h"

#include <QCoreApplication>

namespace ephor::ui {

namespace {

struct LimitWords {
    Q_DECLARE_TR_FUNCTIONS(LimitWords)
};

QString firstLimit(const GrantCondition& condition)
{
    return condition.values.empty() ? QStringLiteral("?") : text(condition.values.front());
}

QString everyLimit(const GrantCondition& condition)
{
    QStringList values;
    for (const std::string& value : condition.values)
        values << text(value);
    return values.join(QStringLiteral(", "));
}

}

QString conditionWords(const GrantCondition& condition)
{
    const QString argument = text(condition.argument);
    switch (condition.kind) {
    case GrantConditionKind::AtMost:
        return LimitWords::tr("%1 at most %2").arg(argument, firstLimit(condition));
    case GrantConditionKind::AtLeast:
        return LimitWords::tr("%1 at least %2").arg(argument, firstLimit(condition));
    case GrantConditionKind::OneOf:
        return LimitWords::tr("%1 one of %2").arg(argument, everyLimit(condition));
    case GrantConditionKind::OwnOnly:
        return LimitWords::tr("only the person\u2019s own %1").arg(argument);
    case GrantConditionKind::Hours:
        return LimitWords::tr("from %1 to %2 UTC")
            .arg(firstLimit(condition), condition.values.size() > 1 ? text(condition.values[1]) : QStringLiteral("?"));
    case GrantConditionKind::Classification:
        return LimitWords::tr("only data that is %1").arg(everyLimit(condition));
    case GrantConditionKind::AskAbove:
        break;
    }
    return LimitWords::tr("asks when %1 is above %2").arg(argument, firstLimit(condition));
}

QStringList limitWords(const GrantRule& rule)
{
    QStringList words;
    for (const GrantCondition& condition : rule.conditions)
        words << conditionWords(condition);
    if (rule.expires)
        words << LimitWords::tr("until %1").arg(absoluteTime(*rule.expires));
    return words;
}

}
