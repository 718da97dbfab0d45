#include "ui/screens/agents/connect_text.h"

#include "ui/bridge/values.h"

#include <QCoreApplication>
#include <algorithm>

namespace ephor::ui::agents {

namespace {

struct ConnectWords {
    Q_DECLARE_TR_FUNCTIONS(ConnectWords)
};

/// An address is pasted with or without its last slash and "/v1".
QString baseOf(QString address)
{
    address = address.trimmed();
    while (address.endsWith(u'/'))
        address.chop(1);
    if (address.endsWith(QStringLiteral("/v1")))
        address.chop(3);
    return address;
}

}

QString tokenPlaceholder()
{
    return ConnectWords::tr("<token of a service key>");
}

QString clientLines(const QString& address, const QString& token, const QString& agent)
{
    return QStringLiteral("base_url = \"%1/v1\"\napi_key  = \"%2\"\n# model = \"%3\"")
        .arg(baseOf(address), token.isEmpty() ? tokenPlaceholder() : token, agent);
}

QString promptLines(const QString& address, const QString& token, const QString& prompt, const QString& agent)
{
    return QStringLiteral("GET %1/v1/prompts/%2?agent=%3&unit=<person>\nAuthorization: Bearer %4")
        .arg(baseOf(address), prompt.isEmpty() ? QStringLiteral("<prompt>") : prompt, agent,
            token.isEmpty() ? tokenPlaceholder() : token);
}

QString ownPromptName(const QString& agent)
{
    return agent + QStringLiteral(".system");
}

QString nameFrom(const QString& title)
{
    QString name;
    for (const QChar letter : title.trimmed().normalized(QString::NormalizationForm_KD).toLower()) {
        const bool plain = (letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9');
        if (plain || ((letter == u'.' || letter == u'_') && !name.isEmpty()))
            name += letter;
        else if (!name.isEmpty() && !name.endsWith(u'-') && !letter.isMark())
            name += u'-';
    }
    while (name.endsWith(u'-'))
        name.chop(1);
    return name.left(128);
}

bool mayCall(const ServiceKey& key, const std::string& agent, const std::string& team, Instant now)
{
    const bool inForce = key.revokedAt == Instant{} && (key.expiresAt == Instant{} || key.expiresAt > now);
    const bool invokes = key.permissions.empty()
        || std::ranges::find(key.permissions, Permission::InvokeAgents) != key.permissions.end();
    if (!inForce || !invokes || (key.team != team && key.team != "*"))
        return false;
    return key.agents.empty() || std::ranges::find(key.agents, agent) != key.agents.end();
}

QString carriedWords(const FirstRequest::Response& seen)
{
    if (seen.carriedPerson && seen.carriedConversation)
        return ConnectWords::tr("It carried a person and a conversation: rollouts can keep a person at one version.");
    if (seen.carriedPerson)
        return ConnectWords::tr("It carried a person and no conversation: rollouts go by the person.");
    if (seen.carriedConversation)
        return ConnectWords::tr("It carried a conversation and no person: rollouts go by the conversation.");
    return ConnectWords::tr("It carried neither person nor conversation. Send x-ephor-person or x-ephor-conversation, "
                            "else a rollout will not arm.");
}

}
