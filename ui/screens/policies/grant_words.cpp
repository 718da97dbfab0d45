#include "ui/screens/policies/grant_words.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace ephor::ui::policies {

namespace {

struct GrantWords {
    Q_DECLARE_TR_FUNCTIONS(GrantWords)
};

QString joinedValues(const GrantCondition& condition)
{
    QStringList values;
    for (const std::string& value : condition.values)
        values << text(value);
    return values.join(QStringLiteral(", "));
}

bool isClock(const std::string& value)
{
    static const QRegularExpression clock(QStringLiteral("^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"));
    return clock.match(text(value)).hasMatch();
}

QString whomWords(const GrantRule& rule)
{
    return rule.approvals > 1
        ? GrantWords::tr("%1 people with the role %2").arg(numberText(rule.approvals), word(rule.approver).toLower())
        : GrantWords::tr("one %1").arg(word(rule.approver).toLower());
}

}

QString grantSentence(const GrantRule& rule, const QString& agentTitle)
{
    if (rule.access == ephor::Access::None)
        return GrantWords::tr("%1 has no rule for %2, so every call is denied.").arg(agentTitle, text(rule.tool));
    QStringList must;
    QStringList asks;
    for (const GrantCondition& condition : rule.conditions)
        (condition.kind == GrantConditionKind::AskAbove ? asks : must) << conditionWords(condition);
    if (rule.expires)
        must << GrantWords::tr("until %1").arg(absoluteTime(*rule.expires));
    const QString limits = must.isEmpty() ? QString() : QStringLiteral(", ") + must.join(QStringLiteral(", "));
    if (rule.access == ephor::Access::Deny)
        return GrantWords::tr("%1 may not call %2%3.").arg(agentTitle, text(rule.tool), limits);
    QString sentence = rule.access == ephor::Access::Ask
        ? GrantWords::tr("%1 may call %2%3, each time after the word of %4.")
              .arg(agentTitle, text(rule.tool), limits, whomWords(rule))
        : GrantWords::tr("%1 may call %2%3.").arg(agentTitle, text(rule.tool), limits);
    if (!asks.isEmpty() && rule.access == ephor::Access::Allow)
        sentence
            += u' ' + GrantWords::tr("It %1: the word of %2.").arg(asks.join(QStringLiteral(", ")), whomWords(rule));
    return sentence;
}

QString conditionKindWords(GrantConditionKind kind)
{
    switch (kind) {
    case GrantConditionKind::AtMost:
        return GrantWords::tr("at most");
    case GrantConditionKind::AtLeast:
        return GrantWords::tr("at least");
    case GrantConditionKind::OneOf:
        return GrantWords::tr("one of");
    case GrantConditionKind::OwnOnly:
        return GrantWords::tr("only the person\u2019s own");
    case GrantConditionKind::Hours:
        return GrantWords::tr("only in these hours");
    case GrantConditionKind::Classification:
        return GrantWords::tr("only data of the class");
    case GrantConditionKind::AskAbove:
        break;
    }
    return GrantWords::tr("ask above");
}

bool wantsArgument(GrantConditionKind kind)
{
    return kind != GrantConditionKind::Hours && kind != GrantConditionKind::Classification;
}

QString valuesExample(GrantConditionKind kind)
{
    switch (kind) {
    case GrantConditionKind::AtMost:
    case GrantConditionKind::AtLeast:
    case GrantConditionKind::AskAbove:
        return QStringLiteral("1000");
    case GrantConditionKind::OneOf:
        return QStringLiteral("EUR, USD");
    case GrantConditionKind::Hours:
        return QStringLiteral("08:00-18:00");
    case GrantConditionKind::Classification:
        return GrantWords::tr("public, internal");
    case GrantConditionKind::OwnOnly:
        break;
    }
    return {};
}

QString valuesText(const GrantCondition& condition)
{
    if (condition.kind != GrantConditionKind::Hours)
        return joinedValues(condition);
    return joinedValues(condition).replace(QStringLiteral(", "), QStringLiteral("-"));
}

GrantCondition conditionFrom(GrantConditionKind kind, const QString& argument, const QString& typed)
{
    GrantCondition condition;
    condition.kind = kind;
    if (wantsArgument(kind))
        condition.argument = utf8(argument);
    if (kind == GrantConditionKind::OwnOnly)
        return condition;
    const QChar between = kind == GrantConditionKind::Hours ? u'-' : u',';
    const bool isList = kind == GrantConditionKind::Hours || kind == GrantConditionKind::OneOf
        || kind == GrantConditionKind::Classification;
    for (const QString& part : isList ? typed.split(between, Qt::SkipEmptyParts) : QStringList{typed}) {
        if (const QString value = part.trimmed(); !value.isEmpty())
            condition.values.push_back(utf8(value));
    }
    return condition;
}

QString whyNoCondition(const GrantCondition& condition)
{
    static const QRegularExpression number(QStringLiteral("^-?[0-9]{1,14}(\\.[0-9]{1,4})?$"));
    if (wantsArgument(condition.kind) && condition.argument.empty())
        return GrantWords::tr("Choose the argument that is limited.");
    switch (condition.kind) {
    case GrantConditionKind::AtMost:
    case GrantConditionKind::AtLeast:
    case GrantConditionKind::AskAbove:
        return condition.values.size() == 1 && number.match(text(condition.values.front())).hasMatch()
            ? QString()
            : GrantWords::tr("A limit is a number, with at most four digits after the point.");
    case GrantConditionKind::OneOf:
    case GrantConditionKind::Classification:
        return condition.values.empty() ? GrantWords::tr("Name at least one value.") : QString();
    case GrantConditionKind::Hours:
        return condition.values.size() == 2 && isClock(condition.values[0]) && isClock(condition.values[1])
                && condition.values[0] < condition.values[1]
            ? QString()
            : GrantWords::tr("Hours go from one time of day to a later one, as 08:00-18:00, in UTC.");
    case GrantConditionKind::OwnOnly:
        break;
    }
    return {};
}

}
