#pragma once

#include <string>
#include <vector>

namespace ephor::access {

/// A rule of the house, and whether somebody may promote a rollout under it: an officer of the team hr, signed in an
/// hour ago, at noon of 22 December 2026.
struct HouseText {
    const char* name;
    const char* text;
    bool permitsPromotion;
};

inline std::vector<HouseText> houseTexts()
{
    return {
        {"by operation", R"(forbid (principal, action == Ephor::Action::"rollouts.promote", resource);)", false},
        {"by another operation", R"(forbid (principal, action == Ephor::Action::"rollouts.pause", resource);)", true},
        {"by permission", R"(forbid (principal, action in Ephor::Action::"operate-rollouts", resource);)", false},
        {"by effect", R"(forbid (principal, action in Ephor::Action::"effect:write", resource);)", false},
        {"by another effect", R"(forbid (principal, action in Ephor::Action::"effect:disclose", resource);)", true},
        {"by role", R"(forbid (principal in Role::"officer", action in Ephor::Action::"any", resource);)", false},
        {"by another role", R"(forbid (principal in Role::"admin", action in Ephor::Action::"any", resource);)", true},
        {"by person", R"(forbid (principal == User::"person:1", action in Ephor::Action::"any", resource);)", false},
        {"by team", R"(forbid (principal, action in Ephor::Action::"any", resource == Team::"hr");)", false},
        {"by another team", R"(forbid (principal, action in Ephor::Action::"any", resource == Team::"it");)", true},
        {"in the workspace", R"(forbid (principal, action in Ephor::Action::"any", resource in Workspace::"whole");)",
            false},
        {"window that holds", R"(forbid (principal, action in Ephor::Action::"any", resource)
            when { context.now >= datetime("2026-12-20") && context.now < datetime("2027-01-03") };)",
            false},
        {"window that is over", R"(forbid (principal, action in Ephor::Action::"any", resource)
            when { context.now < datetime("2026-12-20") };)",
            true},
        {"signed in too long ago", R"(forbid (principal is User, action in Ephor::Action::"any", resource)
            when { context has signedIn && context.now.durationSince(context.signedIn) > duration("15m") };)",
            false},
        {"signed in lately", R"(forbid (principal is User, action in Ephor::Action::"any", resource)
            when { context has signedIn && context.now.durationSince(context.signedIn) > duration("2h") };)",
            true},
        {"environment", R"(forbid (principal, action in Ephor::Action::"any", resource)
            when { context.environment == "production" };)",
            false},
        {"another environment", R"(forbid (principal, action in Ephor::Action::"any", resource)
            when { context.environment == "staging" };)",
            true},
        {"surface", R"(forbid (principal, action in Ephor::Action::"any", resource)
            when { context.surface == "http" };)",
            true},
        {"an error forbids", R"(forbid (principal, action in Ephor::Action::"any", resource)
            when { context.nothing == 1 };)",
            false},
    };
}

inline std::string changeFreeze()
{
    return R"(@explain("Nothing is promoted over the holidays.")
forbid (principal, action in Ephor::Action::"operate-rollouts", resource)
when { context.now >= datetime("2026-12-20") && context.now < datetime("2027-01-03") };)";
}

}
