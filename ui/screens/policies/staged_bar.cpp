#include "ui/screens/policies/staged_bar.h"

#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

struct StagedTexts {
    Q_DECLARE_TR_FUNCTIONS(StagedTexts)
};

}

StagedWords stagedWords(const EditCounts& counts, const PreviewGrants::Response* preview)
{
    // A rule taken away is stricter and so is counted as tightening there, but it cannot bind at once.
    // The answer of a rewritten rule may be the same, and its limits go by a change whichever way they are.
    const std::uint64_t tightens = preview && counts.rewrites == 0 && preview->tightens >= counts.removes
        ? preview->tightens - counts.removes
        : counts.tightens;
    const std::uint64_t loosens = preview && counts.rewrites == 0 ? preview->loosens : counts.loosens;
    StagedWords words;
    words.edits = counts.edits == 1 ? StagedTexts::tr("1 staged edit")
                                    : StagedTexts::tr("%1 staged edits").arg(numberText(counts.edits));
    if (tightens > 0)
        words.tightens
            = (tightens == 1 ? StagedTexts::tr("%1 tightens (binds now)") : StagedTexts::tr("%1 tighten (bind now)"))
                  .arg(numberText(tightens));
    if (loosens > 0)
        words.loosens = (loosens == 1 ? StagedTexts::tr("%1 loosens (needs an officer)")
                                      : StagedTexts::tr("%1 loosen (need an officer)"))
                            .arg(numberText(loosens));
    if (counts.removes > 0)
        words.removes = (counts.removes == 1 ? StagedTexts::tr("%1 takes a rule away (by a change)")
                                             : StagedTexts::tr("%1 take a rule away (by a change)"))
                            .arg(numberText(counts.removes));
    if (counts.rewrites > 0) {
        const QString rewrites = (counts.rewrites == 1 ? StagedTexts::tr("%1 rewrites a rule (by a change)")
                                                       : StagedTexts::tr("%1 rewrite rules (by a change)"))
                                     .arg(numberText(counts.rewrites));
        words.removes = words.removes.isEmpty() ? rewrites : words.removes + QStringLiteral(", ") + rewrites;
    }
    words.effect = !preview       ? StagedTexts::tr("asking what it would have changed")
        : preview->callsSeen == 0 ? StagedTexts::tr("no calls recorded here in 30 days")
                                  : StagedTexts::tr("would have changed %1 of %2 in 30 days")
                                        .arg(numberText(preview->callsChanged),
                                            counted(preview->callsSeen, StagedTexts::tr("1 recorded call"),
                                                StagedTexts::tr("%1 recorded calls")));
    return words;
}

StagedBar::StagedBar(QWidget* parent)
    : Card({}, Padding::none, parent)
    , m_edits(new Label({}, TextStyle::strong, Token::textPrimary, this))
    , m_down(new IconView(Icon::arrowDown, Token::ok, metrics::iconCell, this))
    , m_tightens(new Label({}, TextStyle::body, Token::textPrimary, this))
    , m_up(new IconView(Icon::arrowUp, Token::warn, metrics::iconCell, this))
    , m_loosens(new Label({}, TextStyle::body, Token::textPrimary, this))
    , m_removes(new Label({}, TextStyle::body, Token::textPrimary, this))
    , m_effect(new Label({}, TextStyle::body, Token::textSecondary, this))
{
    setStaged();
    auto* holder = new QWidget(this);
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(metrics::space12, metrics::space8, metrics::space12, metrics::space8);
    row->setSpacing(metrics::space8);
    m_effect->setOverflow(Label::Overflow::elide);
    auto* discard = new Button(tr("Discard"), Button::Role::quiet, holder);
    auto* review = new Button(tr("Review"), Button::Role::primary, holder);
    review->setObjectName(QStringLiteral("review"));
    discard->setObjectName(QStringLiteral("discard"));
    discard->setToolTip(tr("Take every staged edit back; Ctrl+Z undoes it"));
    row->addWidget(m_edits);
    row->addSpacing(metrics::space8);
    row->addWidget(m_down);
    row->addWidget(m_tightens);
    row->addWidget(m_up);
    row->addWidget(m_loosens);
    row->addWidget(m_removes);
    row->addSpacing(metrics::space8);
    row->addWidget(m_effect, 1);
    row->addWidget(discard);
    row->addWidget(review);
    setBody(holder);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(discard, &QAbstractButton::clicked, this, &StagedBar::discardWanted);
    connect(review, &QAbstractButton::clicked, this, &StagedBar::reviewWanted);
}

void StagedBar::setWords(const StagedWords& words)
{
    m_edits->setText(words.edits);
    m_tightens->setText(words.tightens);
    m_down->setVisible(!words.tightens.isEmpty());
    m_tightens->setVisible(!words.tightens.isEmpty());
    m_loosens->setText(words.loosens);
    m_up->setVisible(!words.loosens.isEmpty());
    m_loosens->setVisible(!words.loosens.isEmpty());
    m_removes->setText(words.removes);
    m_removes->setVisible(!words.removes.isEmpty());
    m_effect->setText(words.effect);
    m_effect->setToolTip(words.effect);
}

void StagedBar::setTrouble(const QString& words)
{
    m_effect->setText(words);
    m_effect->setToolTip(words);
}

}
