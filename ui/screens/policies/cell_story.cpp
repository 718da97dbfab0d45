#include "ui/screens/policies/cell_story.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/screens/policies/grant_words.h"
#include "ui/screens/policies/rule_rows.h"

#include <QCoreApplication>

namespace ephor::ui::policies {

namespace {

struct StoryWords {
    Q_DECLARE_TR_FUNCTIONS(StoryWords)
};

ui::Access accessOfVerdict(const ExplainGrant::Response& explained)
{
    switch (explained.verdict.word) {
    case VerdictWord::Allow:
        return ui::Access::allow;
    case VerdictWord::Ask:
        return ui::Access::ask;
    case VerdictWord::Deny:
    case VerdictWord::Transform:
        break;
    }
    return explained.released || explained.tightening ? ui::Access::deny : ui::Access::none;
}

StoryRule storyOfText(const RuleInfo& rule)
{
    StoryRule told;
    told.access = rule.mode == RuleMode::Observe ? ui::Access::none
        : !rule.asks.empty()                     ? ui::Access::ask
        : rule.effect == "forbid"                ? ui::Access::deny
                                                 : ui::Access::allow;
    told.title = StoryWords::tr("%1: %2").arg(effectWords(rule).words, saysOf(rule));
    told.source = text(rule.id);
    return told;
}

}

QString ruleTitle(const GrantRule& rule)
{
    QString title;
    switch (rule.access) {
    case ephor::Access::Allow:
        title = StoryWords::tr("Allow");
        break;
    case ephor::Access::Ask:
        title = rule.approvals > 1
            ? StoryWords::tr("Ask %1 people: %2").arg(numberText(rule.approvals), word(rule.approver).toLower())
            : StoryWords::tr("Ask: %1").arg(word(rule.approver).toLower());
        break;
    case ephor::Access::Deny:
        title = StoryWords::tr("Deny");
        break;
    case ephor::Access::None:
        title = StoryWords::tr("No grant");
        break;
    }
    return title;
}

CellStory cellStory(const ExplainGrant::Response& explained)
{
    using Part = StoryRule::Part;
    CellStory story;
    story.access = accessOfVerdict(explained);
    story.badge = accessWord(story.access);
    story.sentence = text(explained.verdict.reason);
    const bool byTightening = explained.verdict.rule.starts_with("tightened:");
    const bool byGrant = explained.verdict.rule.starts_with("grant:");
    if (explained.tightening) {
        story.rules.push_back({matrixAccess(explained.tightening->access), ruleTitle(*explained.tightening),
            StoryWords::tr("tightened by %1").arg(text(explained.tightenedBy)), text(explained.tightening->reason), {},
            byTightening ? Part::makesCell : Part::overruled});
    }
    if (explained.released) {
        story.rules.push_back({matrixAccess(explained.released->access), ruleTitle(*explained.released),
            StoryWords::tr("release %1").arg(versionText(explained.releaseNumber)), text(explained.released->reason),
            limitWords(*explained.released).join(u'\n'), byGrant ? Part::makesCell : Part::overruled});
    }
    if (byGrant && story.rules.size() == 2)
        std::swap(story.rules[0], story.rules[1]);
    if (!byTightening && !byGrant) {
        story.rules.insert(story.rules.begin(),
            {ui::Access::none, StoryWords::tr("No rule in force, so denied"),
                explained.releaseNumber > 0 ? StoryWords::tr("release %1").arg(versionText(explained.releaseNumber))
                                            : StoryWords::tr("no release in production"),
                {}, {}, Part::makesCell});
    }
    for (const RuleInfo& rule : explained.rules)
        story.written.push_back(storyOfText(rule));
    const std::uint64_t all = explained.allowed + explained.asked + explained.denied;
    story.calls = all == 0 ? StoryWords::tr("No calls in 30 days")
                           : counted(all, StoryWords::tr("1 call in 30 days"), StoryWords::tr("%1 calls in 30 days"))
            + StoryWords::tr(": %1 allowed, %2 asked, %3 denied")
                  .arg(numberText(explained.allowed), numberText(explained.asked), numberText(explained.denied));
    return story;
}

}
