#include "ui/kit/empty_state.h"

#include "ui/kit/button.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

/// Letters of a line that is still easily read.
constexpr int longestLine = 72;
/// Of the width, before the margins beside the words get any.
constexpr int wordsShare = 1'000;

Icon emptyGlyph(EmptyState::Kind kind)
{
    switch (kind) {
    case EmptyState::Kind::firstUse:
        return Icon::plus;
    case EmptyState::Kind::cleared:
        return Icon::check;
    case EmptyState::Kind::noResults:
        return Icon::filter;
    case EmptyState::Kind::error:
        return Icon::stateFailed;
    case EmptyState::Kind::elsewhere:
        return Icon::stateWaiting;
    case EmptyState::Kind::noPermission:
        break;
    }
    return Icon::lock;
}

}

EmptyState::EmptyState(Kind kind, const QString& title, const QString& text, const QString& action, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(title);
    setAccessibleDescription(text);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(metrics::space24, metrics::space32, metrics::space24, metrics::space32);
    rows->setSpacing(metrics::space4);
    rows->addStretch(1);
    const Token tint = kind == Kind::error ? Token::error : Token::textMuted;
    rows->addWidget(new IconView(emptyGlyph(kind), tint, metrics::space24, this), 0, Qt::AlignHCenter);
    rows->addSpacing(metrics::space4);
    auto* heading = new Label(title, TextStyle::heading, Token::textPrimary, this);
    heading->setAlignment(Qt::AlignHCenter);
    rows->addWidget(heading);
    auto* words = new Label(text, TextStyle::body, Token::textSecondary, this);
    words->setOverflow(Label::Overflow::wrap);
    words->setAlignment(Qt::AlignHCenter);
    words->setMaximumWidth(textWidth(TextStyle::body, QStringLiteral("n")) * longestLine);
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(words, wordsShare);
    middle->addStretch(1);
    rows->addLayout(middle);
    if (!action.isEmpty()) {
        rows->addSpacing(metrics::space8);
        const bool leads = kind == Kind::firstUse || kind == Kind::elsewhere;
        auto* button = new Button(action, leads ? Button::Role::primary : Button::Role::secondary, this);
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        rows->addWidget(button, 0, Qt::AlignHCenter);
        connect(button, &QAbstractButton::clicked, this, &EmptyState::actionTriggered);
    }
    rows->addStretch(1);
}

}
