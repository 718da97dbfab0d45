#include "ui/screens/home/first_steps.h"

#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::home {

namespace {

constexpr int stepWidth = 320;

struct Step {
    QString title;
    QString text;
    QString act;
    Button::Role role;
};

Button* addStep(QHBoxLayout* row, const Step& step)
{
    auto* card = new Card(step.title);
    card->setMaximumWidth(stepWidth);
    auto* words = new Label(step.text, TextStyle::body, Token::textSecondary, card);
    words->setOverflow(Label::Overflow::wrap);
    card->body()->addWidget(words);
    card->body()->addStretch(1);
    auto* act = new Button(step.act, step.role, card);
    act->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    card->body()->addWidget(act);
    row->addWidget(card, 1);
    return act;
}

}

FirstSteps::FirstSteps(QWidget* parent)
    : QWidget(parent)
{
    auto* rows = new QVBoxLayout(this);
    rows->addStretch(2);
    auto* heading = new Label(tr("No agent is governed here yet"), TextStyle::title, Token::textPrimary, this);
    heading->setAlignment(Qt::AlignHCenter);
    rows->addWidget(heading);
    auto* why
        = new Label(tr("From the first run on, this page shows how it goes, what changed and what waits for you."),
            TextStyle::body, Token::textSecondary, this);
    why->setAlignment(Qt::AlignHCenter);
    rows->addWidget(why);
    rows->addSpacing(metrics::space16);
    auto* steps = new QHBoxLayout;
    steps->setSpacing(metrics::gap);
    steps->addStretch(1);
    Button* models = addStep(steps,
        {tr("1  Choose a model"), tr("An OpenAI-compatible address, Ollama on this machine, or the simulated one."),
            tr("Open models"), Button::Role::secondary});
    Button* add = addStep(steps,
        {tr("2  Add an agent"), tr("Build one here from a prompt, a model and tools, or name one that exists already."),
            tr("Add agent"), Button::Role::primary});
    Button* runs = addStep(steps,
        {tr("3  Point a client at it"),
            tr("Two lines in any OpenAI-compatible client: the address of this workspace and a service key. Its first "
               "run appears in Activity."),
            tr("Open activity"), Button::Role::secondary});
    steps->addStretch(1);
    rows->addLayout(steps);
    rows->addStretch(3);
    connect(models, &QAbstractButton::clicked, this, &FirstSteps::modelsWanted);
    connect(add, &QAbstractButton::clicked, this, &FirstSteps::addAgentWanted);
    connect(runs, &QAbstractButton::clicked, this, &FirstSteps::runsWanted);
}

}
