#include "core/trust/detect/matchers.h"

#include "core/trust/detect/own/custom_matcher.h"
#include "core/trust/detect/personal/personal_matcher.h"
#include "core/trust/detect/secret/secret_matcher.h"

namespace ephor::detect {

Result<Matchers> matchersOf(Profile profile, std::span<const CustomDetector> custom)
{
    Matchers matchers;
    matchers.push_back(personalMatcher(profile));
    if (profile == Profile::Ephor)
        matchers.push_back(makeSecretMatcher());
    if (custom.empty())
        return matchers;
    std::vector<std::string> taken;
    for (const auto& matcher : matchers) {
        for (const EntityRow& row : matcher->entities())
            taken.push_back(row.entity.name);
    }
    EPHOR_TRY(auto own, makeCustomMatcher(custom, taken));
    matchers.push_back(std::move(own));
    return matchers;
}

}
