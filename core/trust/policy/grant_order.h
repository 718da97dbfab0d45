#pragma once

#include "core/domain/verdict.h"

namespace ephor::policy {

/// How strict an access is; a greater one always wins. None (no rule) denies, but more softly than a deny: a grant may
/// fill it.
int strictness(Access access);

/// True when `after` permits something that `before` did not: another access, fewer approvals, a weaker approver, a
/// later expiry, a condition less. Such an edit goes through a change; everything else binds at once.
bool loosens(const GrantRule& before, const GrantRule& after);

}
