#include "ui/screens/quality/quality_screen.h"

#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

constexpr int columnWidth = 720;

/// Something that tells about quality today.
struct TodayLink {
    Icon icon;
    QString title;
    QString words;
    QString route;
};

}

QualityScreen::QualityScreen(ScreenContext& context, QWidget* parent)
    : Screen(context, parent)
{
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    outer->addStretch(1);
    auto* column = new QWidget(this);
    column->setMaximumWidth(columnWidth);
    column->setMinimumWidth(columnWidth / 2);
    auto* rows = new QVBoxLayout(column);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    rows->addStretch(1);
    auto* nothing = new Card({}, Card::Padding::none, column);
    nothing->setBody(new EmptyState(EmptyState::Kind::cleared, tr("No evaluations yet"),
        tr("Test suites, drift, feedback and improvements will live here: what got worse first, each case with what "
           "was "
           "expected beside what came."),
        {}, nothing));
    rows->addWidget(nothing);
    rows->addWidget(makeToday());
    rows->addStretch(2);
    outer->addWidget(column, 6);
    outer->addStretch(1);
}

QWidget* QualityScreen::makeToday()
{
    const QList<TodayLink> links{
        {Icon::changes, tr("Canary against baseline"),
            tr("Every rollout compares success, denials, latency and cost of both releases."),
            QStringLiteral("changes")},
        {Icon::home, tr("Health over time"), tr("Success, latency and verdicts, and which agents have trouble."),
            QStringLiteral("home")},
        {Icon::activity, tr("Runs that failed"), tr("Each with its whole story, step by step."),
            QStringLiteral("activity/runs?status=failed")},
        {Icon::prompt, tr("Try a prompt"), tr("Run new words on a recorded input before anybody meets them."),
            QStringLiteral("library/prompts")},
    };
    auto* card = new Card(tr("What tells about quality today"), Card::Padding::none, this);
    for (const TodayLink& link : links) {
        auto* section = new Section({}, card);
        auto* row = new QHBoxLayout;
        row->setSpacing(metrics::space12);
        row->addWidget(new IconView(link.icon, Token::textSecondary, metrics::icon, section));
        auto* words = new QVBoxLayout;
        words->setSpacing(0);
        words->addWidget(new Label(link.title, TextStyle::strong, Token::textPrimary, section));
        auto* detail = new Label(link.words, TextStyle::body, Token::textSecondary, section);
        detail->setOverflow(Label::Overflow::wrap);
        words->addWidget(detail);
        row->addLayout(words, 1);
        auto* open = new Button(tr("Open"), Button::Role::secondary, section);
        open->setAccessibleName(tr("Open: %1").arg(link.title));
        connect(open, &QAbstractButton::clicked, this,
            [this, route = link.route] { Q_EMIT navigate(Route::parse(route)); });
        row->addWidget(open);
        section->body()->addLayout(row);
        card->body()->addWidget(section);
    }
    return card;
}

QString QualityScreen::helpText() const
{
    return tr("Quality will hold evaluations, drift, feedback and improvements. Until then, rollouts compare releases, "
              "Home shows health, and every run tells its own story.");
}

Screen* makeQualityScreen(ScreenContext& context, QWidget* parent)
{
    return new QualityScreen(context, parent);
}

}
