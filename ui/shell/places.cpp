#include "ui/shell/places.h"

#include <QCoreApplication>
#include <algorithm>

namespace ephor::ui {

namespace {

struct PlaceWords {
    Q_DECLARE_TR_FUNCTIONS(PlaceWords)
};

}

const std::vector<Place>& places()
{
    static const std::vector<Place> all{
        {QStringLiteral("home"), PlaceWords::tr("Home"), Icon::home, u'h',
            PlaceWords::tr("Health, what changed since your last visit, and what waits for you.")},
        {QStringLiteral("inbox"), PlaceWords::tr("Inbox"), Icon::inbox, u'i',
            PlaceWords::tr("Actions and changes that wait for your decision, and what you decided.")},
        {QStringLiteral("agents"), PlaceWords::tr("Agents"), Icon::agents, u'a',
            PlaceWords::tr("Every agent with its release, health, access, versions and cost.")},
        {QStringLiteral("library"), PlaceWords::tr("Library"), Icon::library, u'l',
            PlaceWords::tr("Prompts, tools and models, each with its history and where it is used.")},
        {QStringLiteral("policies"), PlaceWords::tr("Policies"), Icon::policies, u'p',
            PlaceWords::tr("Which agent may use which tool, why, and what an edit would have met.")},
        {QStringLiteral("changes"), PlaceWords::tr("Changes"), Icon::changes, u'c',
            PlaceWords::tr("Every change from draft over checks and approval to its rollout.")},
        {QStringLiteral("activity"), PlaceWords::tr("Activity"), Icon::activity, u't',
            PlaceWords::tr("Runs and decisions, each with its whole story.")},
        {QStringLiteral("quality"), PlaceWords::tr("Quality"), Icon::quality, u'q',
            PlaceWords::tr("Evaluations, drift and feedback: regressions first, expected beside actual.")},
        {QStringLiteral("assurance"), PlaceWords::tr("Assurance"), Icon::assurance, u'r',
            PlaceWords::tr("The record, its proofs, and what leaves the house as evidence.")},
        {QStringLiteral("settings"), PlaceWords::tr("Settings"), Icon::settings, u's',
            PlaceWords::tr("People, teams, keys, secrets and how the console looks.")},
    };
    return all;
}

const Place* findPlace(const QString& id)
{
    const auto found
        = std::find_if(places().begin(), places().end(), [&id](const Place& place) { return place.id == id; });
    return found == places().end() ? nullptr : &*found;
}

}
