#include "ui/screens/agents/doors_page.h"

#include "ui/bridge/definition_words.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::agents {

namespace {

constexpr int doorWidth = 440;

}

DoorsPage::DoorsPage(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::space48, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::space24);
    auto* question = new Label(tr("Where does the agent live?"), TextStyle::title, Token::textPrimary, this);
    rows->addStretch(1);
    rows->addWidget(question, 0, Qt::AlignHCenter);
    auto* doors = new QHBoxLayout;
    doors->setSpacing(metrics::space16);
    doors->addStretch(1);
    doors->addWidget(
        makeDoor({Icon::agent, tr("Build one here"), tr("Ephor runs it: every model and tool call passes its gates."),
            {tr("Title, team and purpose"), tr("Prompt, model and the tools it may name"), tr("A budget for one run"),
                tr("A change that somebody else approves")},
            tr("Build an agent"), QStringLiteral("build")}));
    doors->addWidget(makeDoor({Icon::link, tr("It already exists"),
        tr("Point its OpenAI-compatible client here and see the first request arrive."),
        {tr("Choose the agent and a service key"), tr("Paste two lines into its client"),
            tr("Watch for the first request"), tr("Or fetch only its prompt, canary included")},
        tr("Connect an agent"), QStringLiteral("existing")}));
    doors->addStretch(1);
    rows->addLayout(doors);
    rows->addStretch(2);
}

Card* DoorsPage::makeDoor(const Door& door)
{
    auto* card = new Card({}, Card::Padding::none, this);
    card->setFixedWidth(doorWidth);
    auto* rows = new QVBoxLayout;
    rows->setContentsMargins(metrics::space24, metrics::space24, metrics::space24, metrics::space24);
    rows->setSpacing(metrics::space8);
    rows->addWidget(new IconView(door.icon, Token::link, metrics::space24, card), 0, Qt::AlignLeft);
    rows->addWidget(new Label(door.title, TextStyle::heading, Token::textPrimary, card));
    auto* words = new Label(door.text, TextStyle::body, Token::textSecondary, card);
    words->setOverflow(Label::Overflow::wrap);
    rows->addWidget(words);
    rows->addSpacing(metrics::space8);
    int number = 0;
    for (const QString& step : door.steps) {
        auto* line = new QHBoxLayout;
        line->setSpacing(metrics::space8);
        auto* count = new Label(QString::number(++number), TextStyle::smallStrong, Token::textMuted, card);
        // A one is narrower than the others, and the steps begin below each other.
        count->setMinimumWidth(textWidth(TextStyle::smallStrong, QStringLiteral("0")) + 2);
        line->addWidget(count);
        line->addWidget(new Label(step, TextStyle::body, Token::textPrimary, card), 1);
        rows->addLayout(line);
    }
    rows->addSpacing(metrics::space12);
    rows->addStretch(1);
    const bool builds = door.add == QStringLiteral("build");
    auto* act = new Button(door.action, builds ? Button::Role::primary : Button::Role::secondary, card);
    act->setSize(Button::Size::large);
    if (builds)
        permit(act, m_context.session, Permission::EditDefinitions);
    connect(act, &QAbstractButton::clicked, this,
        [this, add = door.add] { Q_EMIT navigate(Route{QStringLiteral("agents")}.with(QStringLiteral("add"), add)); });
    rows->addWidget(act, 0, Qt::AlignLeft);
    card->body()->addLayout(rows);
    return card;
}

}
