#include "tests/ui/support/ui_support.h"

#include "ui/bridge/values.h"

#include <QAccessible>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QSet>
#include <QTimer>

namespace ephor::ui::test {

namespace {

/// Longest wait for answers that are already on their way: a hang must fail, not stand still.
constexpr int longestSettleMilliseconds = 10'000;

QString described(const QWidget* widget)
{
    QString path;
    for (const QWidget* at = widget; at && path.size() < 200; at = at->parentWidget())
        path = QString::fromLatin1(at->metaObject()->className()) + (path.isEmpty() ? QString() : u'/' + path);
    return path;
}

bool takesTab(const QWidget* widget)
{
    return (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget->isEnabled() && widget->isVisible();
}

}

SessionInfo sessionOf(Role role, const std::string& name, std::vector<Permission> permissions)
{
    SessionInfo info;
    info.principal.kind = PrincipalKind::Person;
    info.principal.id = "person:" + name;
    info.principal.name = name;
    RoleGrant grant;
    grant.role = role;
    info.principal.roles = {grant};
    info.permissions = std::move(permissions);
    info.workspaceId = "ws-1";
    info.workspaceName = "Northwind Bank";
    info.environment = "production";
    info.demo = true;
    info.embedded = true;
    info.fourEyes = true;
    info.lastVisit = fixedInstant() - std::chrono::hours(68);
    info.version = "0.1.0";
    return info;
}

SessionInfo officerSession()
{
    return sessionOf(Role::Officer, "Ines Marchetti",
        {Permission::View, Permission::ApproveChanges, Permission::OperateRollouts, Permission::Tighten,
            Permission::Stop, Permission::DecideActions, Permission::ReadRecord, Permission::OpenSealed});
}

SessionInfo adminSession()
{
    return sessionOf(Role::Admin, "Jonas Weber",
        {Permission::View, Permission::EditDefinitions, Permission::OperateRollouts, Permission::Tighten,
            Permission::Stop, Permission::ReadRecord, Permission::ManagePeople, Permission::ManageKeys,
            Permission::InvokeAgents});
}

SessionInfo auditorSession()
{
    return sessionOf(Role::Auditor, "Leila Haddad", {Permission::View, Permission::ReadRecord, Permission::OpenSealed});
}

QDateTime fixedNow()
{
    return QDateTime(QDate(2026, 3, 16), QTime(14, 20, 8), Qt::UTC);
}

Instant fixedInstant()
{
    return instant(fixedNow());
}

Stage::Stage(SessionInfo info)
    : backend(std::make_shared<ScriptedBackend>())
    , session(backend, "token", std::move(info))
    , events(session)
    , context{session, events, jobs, [] { return fixedNow(); }}
{
}

bool settle(Session& session)
{
    QElapsedTimer clock;
    clock.start();
    // Answers make new requests: settled means that two turns of the loop brought none.
    for (int quiet = 0; quiet < 2;) {
        QEventLoop loop;
        QTimer::singleShot(0, &loop, &QEventLoop::quit);
        loop.exec(QEventLoop::AllEvents);
        quiet = session.pending() == 0 ? quiet + 1 : 0;
        if (clock.elapsed() > longestSettleMilliseconds)
            return false;
    }
    return true;
}

QStringList accessibilityFaults(QWidget* widget)
{
    QStringList faults;
    QSet<const QWidget*> reached;
    const QWidget* at = widget;
    for (int steps = 0; steps < 5'000; ++steps) {
        reached.insert(at);
        at = at->nextInFocusChain();
        if (at == widget)
            break;
    }
    QSet<QPair<const QWidget*, QString>> seen;
    QList<QWidget*> all = widget->findChildren<QWidget*>();
    for (QWidget* child : all) {
        if (!takesTab(child) || child->window() != widget->window())
            continue;
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(child);
        const QString name = accessible ? accessible->text(QAccessible::Name) : QString();
        if (name.trimmed().isEmpty())
            faults.append(QStringLiteral("No accessible name: ") + described(child));
        else if (seen.contains({child->parentWidget(), name}))
            faults.append(QStringLiteral("Name used twice, \"%1\": ").arg(name) + described(child));
        seen.insert({child->parentWidget(), name});
        if (!reached.contains(child))
            faults.append(QStringLiteral("Tab does not reach: ") + described(child));
    }
    return faults;
}

}
