#include "core/trust/cedar/role_path.h"

#include <algorithm>
#include <map>

namespace ephor::cedar {

namespace {

// Which steps are direct is worked out for each pair of groups, so it must be few.
constexpr std::size_t mostGroupsLookedThrough = 500;

bool isInside(const Entities& entities, const EntityUid& uid, const EntityUid& group)
{
    const Entity* const entity = entities.find(uid);
    return entity != nullptr && uid != group && entity->isIn(group);
}

std::span<const EntityUid* const> ancestorsOf(const Entities& entities, const EntityUid& uid)
{
    const Entity* const entity = entities.find(uid);
    return entity == nullptr ? std::span<const EntityUid* const>() : entity->ancestors;
}

bool isDirect(const Entities& entities, std::span<const EntityUid* const> groups, const EntityUid& group)
{
    return std::ranges::none_of(groups, [&](const EntityUid* other) { return isInside(entities, *other, group); });
}

bool readsBefore(const EntityUid* left, const EntityUid* right)
{
    return std::pair(left->type.view, left->id.view) < std::pair(right->type.view, right->id.view);
}

}

std::vector<const EntityUid*> rolePath(const Entities& entities, const EntityUid& from, const EntityUid& group)
{
    if (from == group)
        return {&from};
    if (!isInside(entities, from, group))
        return {};
    if (ancestorsOf(entities, from).size() > mostGroupsLookedThrough)
        return {&from, &group};
    struct Step {
        const EntityUid* uid;
        std::size_t previous;
    };
    std::vector<Step> steps{{&from, 0}};
    std::map<std::pair<std::string_view, std::string_view>, bool> met;
    for (std::size_t at = 0; at < steps.size(); ++at) {
        const std::span<const EntityUid* const> groups = ancestorsOf(entities, *steps[at].uid);
        std::vector<const EntityUid*> sorted(groups.begin(), groups.end());
        std::ranges::sort(sorted, readsBefore);
        for (const EntityUid* next : sorted) {
            const bool leads = *next == group || isInside(entities, *next, group);
            if (!leads || !isDirect(entities, groups, *next))
                continue;
            if (!met.emplace(std::pair(next->type.view, next->id.view), true).second)
                continue;
            steps.push_back({next, at});
            if (*next != group)
                continue;
            std::vector<const EntityUid*> path{next};
            for (std::size_t back = at; back != 0; back = steps[back].previous)
                path.push_back(steps[back].uid);
            path.push_back(&from);
            std::ranges::reverse(path);
            return path;
        }
    }
    return {&from, &group};
}

std::vector<const EntityUid*> groupsOf(const Entities& entities, const EntityUid& uid, std::size_t most)
{
    const std::span<const EntityUid* const> all = ancestorsOf(entities, uid);
    std::vector<const EntityUid*> direct;
    std::vector<const EntityUid*> others;
    const bool few = all.size() <= mostGroupsLookedThrough;
    for (const EntityUid* group : all)
        (few && isDirect(entities, all, *group) ? direct : others).push_back(group);
    std::ranges::sort(direct, readsBefore);
    std::ranges::sort(others, readsBefore);
    direct.insert(direct.end(), others.begin(), others.end());
    direct.resize(std::min(direct.size(), most));
    return direct;
}

}
