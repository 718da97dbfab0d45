#pragma once

#include "ui/bridge/protection_words.h"
#include "ui/kit/card.h"
#include "ui/screens/activity/story_words.h"

namespace ephor::ui::activity {

/// One message of the story: who said it, how far it may be trusted, what was found in it, and what it rests on.
class StoryPart : public Card {
    Q_OBJECT

public:
    /// `all` are the parts of the story, of which this is the one at `index`.
    StoryPart(const std::vector<TranscriptPart>& all, std::size_t index, const KnownLabel& label, const Entities& known,
        QWidget* parent = nullptr);

Q_SIGNALS:
    /// The tool call that a sentence rests on is to be shown.
    void callWanted(const QString& call);

private:
    void makeHead(const TranscriptPart& part, const KnownLabel& label);
    void addNoticed(const TranscriptPart& part, const Entities& known);
    void addRaw(const TranscriptPart& part);
    void addCitations(const TranscriptPart& part, const std::vector<TranscriptPart>& all);

    int m_number;
};

}
