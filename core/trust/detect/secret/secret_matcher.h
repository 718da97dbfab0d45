#pragma once

#include "core/trust/detect/candidate/candidate_matcher.h"

#include <memory>

namespace ephor::detect {

/// Keys, tokens and passwords: some three hundred forms of known issuers (secret_rules.h), keys and addresses told by
/// their build (secret_forms.h), and what code, settings and sentences call a password or a key. Also inside one
/// layer of base64 or percent encoding. Examples and placeholders are left alone.
std::unique_ptr<const CandidateMatcher> makeSecretMatcher();

}
