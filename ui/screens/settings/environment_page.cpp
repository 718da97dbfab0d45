#include "ui/screens/settings/environment_page.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/card.h"
#include "ui/kit/format.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/key_value_list.h"

#include <QVBoxLayout>

namespace ephor::ui::settings {

namespace {

constexpr int keyWidth = 168;

QString orUnknown(const std::string& words)
{
    return words.empty() ? format::unknown() : text(words);
}

}

EnvironmentPage::EnvironmentPage(ScreenContext& context, QWidget* parent)
    : SettingsPage(context, parent)
    , m_card(new Card(tr("This workspace"), Card::Padding::standard, this))
    , m_facts(new KeyValueList(keyWidth, m_card))
    , m_embedded(new Banner(State::warning, tr("Embedded workspace."),
          tr("Who owns its folder could alter roles and keys. The record would show it only against an outside copy."),
          this))
    , m_fourEyes(new Banner(State::warning, tr("Four eyes not yet possible."),
          tr("Fewer than two people can approve, so changes publish as self-approved (setup)."), this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    m_fourEyes->setAction(tr("Add an officer"));
    connect(m_fourEyes, &Banner::actionTriggered, this, [this] {
        Q_EMIT navigate(settingsRoute(QStringLiteral("people"), QStringLiteral("person"), QStringLiteral("new")));
    });
    m_card->setSubtitle(tr("Fixed when it was made; a second environment is a second workspace"));
    m_card->body()->addWidget(m_facts);
    rows->addWidget(m_embedded);
    rows->addWidget(m_fourEyes);
    rows->addWidget(m_card);
    rows->addStretch(1);
    connect(&session(), &Session::infoChanged, this, &EnvironmentPage::fill);
}

void EnvironmentPage::open(const Route&)
{
    fill();
}

void EnvironmentPage::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::People, Topic::Workspace}))
        session().refreshInfo();
}

void EnvironmentPage::fill()
{
    const SessionInfo& info = session().info();
    m_embedded->setVisible(info.embedded);
    m_fourEyes->setVisible(!info.fourEyes);
    m_facts->clear();
    m_facts->addRow(tr("Workspace"), orUnknown(info.workspaceName));
    m_facts->addMonoRow(tr("Id"), orUnknown(info.workspaceId));
    m_facts->addRow(tr("Environment"), orUnknown(info.environment));
    m_facts->addRow(tr("Models and traffic"),
        info.demo ? tr("Simulated: this is a demo workspace, and its record says so") : tr("Real"));
    m_facts->addRow(tr("Where it runs"),
        info.embedded ? tr("In this console, on this machine") : tr("On a server; this console is signed in to it"));
    m_facts->addRow(
        tr("Four eyes"), info.fourEyes ? tr("At least two people can approve") : tr("Not yet: one person can approve"));
    m_facts->addRow(tr("Version of Ephor"), orUnknown(info.version));
    m_facts->addRow(tr("You are"), tr("%1, %2").arg(orUnknown(info.principal.name), roleWords(info.principal.roles)));
    m_facts->addRow(
        tr("Your last visit"), info.lastVisit == Instant{} ? tr("This is the first") : absoluteTime(info.lastVisit));
}

}
