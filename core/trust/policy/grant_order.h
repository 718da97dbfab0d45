#pragma once

#include "core/domain/verdict.h"

namespace ephor::policy {

/// How strict an access is; a greater one always wins. None (no rule) denies, but more softly than a deny: a grant may
/// fill it.
int strictness(Access access);

/// Whether some call under the rule waits for people's word.
bool asks(const GrantRule& rule);

/// True when a call may get a softer verdict by `after` than by `before`: another access, fewer approvals, a weaker
/// approver, a later expiry, a condition less, a forbid that says less. Such an edit goes through a change; everything
/// else binds at once.
bool loosens(const GrantRule& before, const GrantRule& after);

}
