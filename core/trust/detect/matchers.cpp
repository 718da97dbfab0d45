#include "core/trust/detect/candidate_matcher.h"
#include "core/trust/detect/personal_matcher.h"
#include "core/trust/detect/secret_matcher.h"

namespace ephor::detect {

Result<Matchers> matchersOf(Profile profile, std::span<const CustomDetector> custom)
{
    Matchers matchers;
    matchers.push_back(personalMatcher(profile));
    if (profile == Profile::Ephor)
        matchers.push_back(makeSecretMatcher());
    if (!custom.empty())
        return fail(ErrorKind::Unavailable, "detect.custom", "Detectors of one's own are not available.");
    return matchers;
}

}
