#include "ui/screens/activity/story_part.h"

#include "ui/bridge/label_words.h"
#include "ui/bridge/noticed_words.h"
#include "ui/bridge/values.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/chip.h"
#include "ui/kit/disclosure.h"
#include "ui/kit/flow_layout.h"
#include "ui/kit/label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::activity {

namespace {

/// Longest piece shown; the whole of it is copied.
constexpr qsizetype longestShownPart = 20'000;

Label* plainWords(const QString& words, TextStyle style, Token color, QWidget* parent)
{
    auto* label = new Label(words, style, color, parent);
    label->setTextFormat(Qt::PlainText);
    label->setOverflow(Label::Overflow::wrap);
    return label;
}

QString shortened(QString words)
{
    if (words.size() <= longestShownPart)
        return words;
    const auto left = static_cast<std::uint64_t>(words.size() - longestShownPart);
    return words.left(longestShownPart) + QLatin1Char('\n')
        + counted(left, StoryPart::tr("… 1 more character; copy to read all"),
            StoryPart::tr("… %1 more characters; copy to read all"));
}

}

StoryPart::StoryPart(const std::vector<TranscriptPart>& all, std::size_t index, const KnownLabel& label,
    const Entities& known, QWidget* parent)
    : Card(speakerOf(all[index]), Padding::standard, parent)
    , m_number(int(index) + 1)
{
    const TranscriptPart& part = all[index];
    makeHead(part, label);
    const bool mono = part.role == "tool" || part.role == "system";
    body()->addWidget(
        plainWords(shortened(text(part.text)), mono ? TextStyle::mono : TextStyle::body, Token::textPrimary, this));
    addNoticed(part, known);
    addRaw(part);
    addCitations(part, all);
}

void StoryPart::makeHead(const TranscriptPart& part, const KnownLabel& label)
{
    if (!part.call.empty())
        setSubtitle(text(part.call));
    const SourceWords source = sourceOf(part);
    auto* badge = new StatusBadge(source.state, source.words, this);
    badge->setToolTip(source.meaning);
    addLeading(badge);
    addTrailing(makeTrustMark(label.trust, this));
    addTrailing(makeSensitivityMark(label.sensitivity, this));
    auto* copy = new IconButton(Icon::copy, tr("Copy part %1").arg(m_number), this);
    copy->setSize(Button::Size::compact);
    addTrailing(copy);
    connect(
        copy, &QAbstractButton::clicked, copy, [all = text(part.text)] { QGuiApplication::clipboard()->setText(all); });
}

void StoryPart::addNoticed(const TranscriptPart& part, const Entities& known)
{
    if (part.noticed.empty())
        return;
    const NoticedSummary summary = noticedSummary(part.noticed, known);
    auto* found = new QWidget(this);
    auto* flow = new FlowLayout(found);
    for (const StateWords& words : summary.telling)
        flow->addWidget(new StatusBadge(words.state, words.words, found));
    body()->addSpacing(metrics::space4);
    if (!summary.telling.empty())
        body()->addWidget(found);
    if (!summary.counted.isEmpty())
        body()->addWidget(plainWords(
            tr("Found and only counted: %1.").arg(summary.counted), TextStyle::small, Token::textMuted, this));
}

void StoryPart::addRaw(const TranscriptPart& part)
{
    if (part.raw.empty())
        return;
    auto* inside = new QWidget(this);
    auto* rows = new QVBoxLayout(inside);
    rows->setContentsMargins(metrics::space8, 0, metrics::space8, metrics::space4);
    rows->setSpacing(metrics::space4);
    rows->addWidget(plainWords(tr("The run went on without what Ephor took out. Characters that nobody sees are "
                                  "written out in \u2039 \u203A."),
        TextStyle::small, Token::textSecondary, inside));
    rows->addWidget(plainWords(shortened(revealed(text(part.raw))), TextStyle::mono, Token::textSecondary, inside));
    for (const std::string& hidden : part.revealed)
        rows->addWidget(plainWords(
            tr("Hidden in it: %1").arg(revealed(text(hidden))), TextStyle::body, Token::badgeErrorText, inside));
    auto* raw = new Disclosure(tr("Part %1 as it came").arg(m_number), inside, this);
    body()->addWidget(raw);
}

void StoryPart::addCitations(const TranscriptPart& part, const std::vector<TranscriptPart>& all)
{
    if (part.citations.empty())
        return;
    auto* inside = new QWidget(this);
    auto* rows = new QVBoxLayout(inside);
    rows->setContentsMargins(metrics::space8, 0, metrics::space8, metrics::space4);
    rows->setSpacing(metrics::space8);
    for (const CitedSentence& sentence : citedSentences(part, all)) {
        auto* line = new QHBoxLayout;
        line->setSpacing(metrics::space8);
        auto* mark = new SeverityGlyph(sentence.state, metrics::icon, inside);
        mark->setToolTip(sentence.state == State::ok ? tr("Borne out") : tr("Not borne out"));
        mark->setAccessibleName(mark->toolTip());
        line->addWidget(mark, 0, Qt::AlignTop);
        auto* words = new QVBoxLayout;
        words->setSpacing(0);
        words->addWidget(plainWords(sentence.sentence, TextStyle::body, Token::textPrimary, inside));
        auto* rests = new QHBoxLayout;
        rests->setSpacing(metrics::space8);
        rests->addWidget(plainWords(sentence.rests, TextStyle::small, Token::textSecondary, inside), 1);
        if (!sentence.call.isEmpty()) {
            auto* show = new LinkLabel(tr("Show"), inside);
            show->setAccessibleName(tr("Show %1, on which sentence %2 of part %3 rests")
                    .arg(sentence.call)
                    .arg(rows->count() + 1)
                    .arg(m_number));
            connect(show, &QAbstractButton::clicked, this, [this, call = sentence.call] { Q_EMIT callWanted(call); });
            rests->addWidget(show, 0, Qt::AlignTop);
        }
        words->addLayout(rests);
        line->addLayout(words, 1);
        rows->addLayout(line);
    }
    auto* cited = new Disclosure(citedSummary(part.citations), inside, this);
    // What is not borne out is what one looks for.
    cited->setOpen(std::ranges::find(part.citations, false, &Citation::supported) != part.citations.end());
    body()->addWidget(cited);
}

}
