#pragma once

#include "core/base/bytes.h"
#include "ui/kit/proof_path.h"

#include <QString>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Recomputes on this side what the workspace claims about one entry: the path of RFC 6962 (section 2.1.1) from its
/// leaf to the root that the signed head names.
namespace ephor::ui::assurance {

/// What a signed head says (C2SP tlog-checkpoint): its first three lines. The signature itself is checked by the
/// workspace and by ephor-verify, which have the keys.
struct SignedHead {
    QString origin;
    std::uint64_t size = 0;
    std::string root; ///< 32 bytes
    int signatures = 0;
};
/// Nothing where the note has another shape.
std::optional<SignedHead> readHead(std::string_view note);

/// SHA-256(0x00 ‖ body) of an entry's canonical JSON; entries over 65,535 bytes stand in the tree as a reference to
/// their digest (docs/formats/entry.md).
Digest entryLeaf(std::string_view body);

/// The way up, in words short enough to draw.
struct Inclusion {
    ProofSteps steps;
    bool holds = false;
    QString problem; ///< why it does not hold
};
/// `leafHash` and `path` are hex, as audit.entry gives them.
Inclusion inclusionOf(std::uint64_t index, std::string_view body, std::string_view leafHash,
    const std::vector<std::string>& path, std::string_view note);

/// "7be2…f4".
QString shortHash(std::string_view bytes);

}
