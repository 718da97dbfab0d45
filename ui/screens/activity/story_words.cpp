#include "ui/screens/activity/story_words.h"

#include "ui/bridge/label_words.h"
#include "ui/bridge/values.h"

#include <QChar>
#include <algorithm>

namespace ephor::ui::activity {

namespace {

struct StoryWords {
    Q_DECLARE_TR_FUNCTIONS(StoryWords)
};

/// Unicode's tag block: a copy of ASCII that no screen shows.
constexpr char32_t tagBlock = 0xE0000;
constexpr char32_t firstTagLetter = tagBlock + 0x20;
constexpr char32_t lastTagLetter = tagBlock + 0x7E;

bool isTagLetter(char32_t letter)
{
    return letter >= firstTagLetter && letter <= lastTagLetter;
}

bool isUnseen(char32_t letter)
{
    if (letter == U'\n' || letter == U'\t')
        return false;
    switch (QChar::category(letter)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return (letter >= 0xFE00 && letter <= 0xFE0F) || (letter >= 0xE0100 && letter <= 0xE01EF);
    }
}

QString codePoint(char32_t letter)
{
    return QStringLiteral("U+") + QString::number(letter, 16).toUpper().rightJustified(4, u'0');
}

QString toolOf(const std::string& call, const std::vector<TranscriptPart>& parts)
{
    const auto found = std::ranges::find_if(
        parts, [&call](const TranscriptPart& part) { return part.role == "tool" && part.call == call; });
    return found == parts.end() || found->name.empty() ? text(call) : text(found->name);
}

QString restsOn(const Citation& citation, const std::vector<TranscriptPart>& parts)
{
    const QString share = StoryWords::tr("%1 %").arg(citation.support);
    if (citation.call.empty())
        return StoryWords::tr("Nothing that tools returned says this.");
    const QString tool = toolOf(citation.call, parts);
    if (citation.judged)
        return StoryWords::tr("A judge model finds it in what %1 returned; they share %2 of its telling words.")
            .arg(tool, share);
    if (citation.supported)
        return StoryWords::tr("In what %1 returned: %2 of its telling words.").arg(tool, share);
    return StoryWords::tr("Not borne out. The nearest is what %1 returned, with %2 of its telling words.")
        .arg(tool, share);
}

}

QString speakerOf(const TranscriptPart& part)
{
    const QString name = text(part.name);
    if (part.role == "system")
        return StoryWords::tr("Instructions");
    if (part.role == "user")
        return name.isEmpty() ? StoryWords::tr("Person") : name;
    if (part.role == "assistant")
        return StoryWords::tr("Agent");
    if (part.role == "tool")
        return name.isEmpty() ? StoryWords::tr("Tool") : StoryWords::tr("Tool %1").arg(name);
    return text(part.role);
}

SourceWords sourceOf(const TranscriptPart& part)
{
    if (part.source == "system")
        return {State::neutral, StoryWords::tr("Governed prompt"),
            StoryWords::tr("The version of the prompt that this run was bound to")};
    if (part.source == "person")
        return {State::neutral, StoryWords::tr("From the person"),
            StoryWords::tr("Sent for the person whom the caller named; the caller answers for it")};
    if (part.source == "caller")
        return {State::neutral, StoryWords::tr("From the caller"),
            StoryWords::tr("Sent by the calling system, which named no person for it or says that others said it")};
    if (part.source == "model")
        return {State::neutral, StoryWords::tr("By the model"),
            StoryWords::tr("Generated in this run; it may repeat what untrusted text told it")};
    if (part.source == "tool")
        return {State::neutral, StoryWords::tr("Tool result"), StoryWords::tr("Returned by a tool in this run")};
    return {State::unknown, StoryWords::tr("Source unknown"),
        StoryWords::tr("The record does not say where this came from")};
}

KnownLabel labelOf(const std::optional<ephor::Label>& label)
{
    return label ? KnownLabel{label->integrity, label->confidentiality} : KnownLabel{};
}

QString labelSentence(const KnownLabel& label)
{
    if (!label.trust || !label.sensitivity)
        return StoryWords::tr("The record does not say how far what it read may be trusted, nor who may read it.");
    const QString sensitivity = sensitivityWords(label.sensitivity).toLower();
    return *label.trust == Integrity::Untrusted
        ? StoryWords::tr("It has read text that anybody may have written; the most sensitive of it is %1.")
              .arg(sensitivity)
        : StoryWords::tr("Somebody answers for all it has read; the most sensitive of it is %1.").arg(sensitivity);
}

QString revealed(const QString& text)
{
    const QList<uint> letters = text.toUcs4();
    QString shown;
    for (qsizetype at = 0; at < letters.size();) {
        const char32_t letter = letters[at];
        if (!isUnseen(letter)) {
            shown += QString::fromUcs4(&letter, 1);
            ++at;
            continue;
        }
        if (isTagLetter(letter)) {
            QString hidden;
            for (; at < letters.size() && isTagLetter(letters[at]); ++at)
                hidden += QChar(char16_t(letters[at] - tagBlock));
            shown += StoryWords::tr("\u2039hidden: %1\u203A").arg(hidden);
            continue;
        }
        qsizetype end = at;
        while (end < letters.size() && letters[end] == letter)
            ++end;
        shown += end - at == 1 ? QStringLiteral("\u2039%1\u203A").arg(codePoint(letter))
                               : QStringLiteral("\u2039%1 \u00D7 %2\u203A").arg(codePoint(letter)).arg(end - at);
        at = end;
    }
    return shown;
}

std::vector<CitedSentence> citedSentences(const TranscriptPart& answer, const std::vector<TranscriptPart>& parts)
{
    std::vector<CitedSentence> sentences;
    for (const Citation& citation : answer.citations) {
        const std::size_t start = std::min<std::size_t>(citation.start, answer.text.size());
        const std::size_t end = std::clamp<std::size_t>(citation.end, start, answer.text.size());
        sentences.push_back({citation.supported ? State::ok : State::warning,
            text(answer.text.substr(start, end - start)).simplified(), restsOn(citation, parts), text(citation.call)});
    }
    return sentences;
}

QString citedSummary(const std::vector<Citation>& citations)
{
    const auto borne = std::ranges::count(citations, true, &Citation::supported);
    if (citations.size() == 1)
        return borne == 1 ? StoryWords::tr("Its one telling sentence is borne out by what tools returned")
                          : StoryWords::tr("Its one telling sentence is not borne out by what tools returned");
    return StoryWords::tr("%1 of %2 telling sentences are borne out by what tools returned")
        .arg(borne)
        .arg(citations.size());
}

}
