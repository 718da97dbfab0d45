#pragma once

#include "core/base/json.h"
#include "core/domain/protection.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace ephor::guard {

/// What stand-ins, keyed hashes and exceptions are made with; of one workspace, so that nobody else can try values.
using ProtectionKey = std::array<std::uint8_t, 32>;
struct ProtectionKeys {
    ProtectionKey values{}; ///< of stand-ins and hashes
    ProtectionKey exceptions{};
};

/// Stands for a value until it is turned back: "EPHOR-EMAIL-QWXHTBNRKDLZGM". The same for the same entity and value, in
/// letters alone, so that no detector takes it for something, and with two letters that check it, so that what a model
/// garbles is not turned back into somebody else's.
std::string standInFor(const ProtectionKey& key, std::string_view entity, std::string_view value);

/// Where a stand-in begins and ends.
struct StandInPlace {
    std::size_t start = 0;
    std::size_t end = 0;
};
/// The next valid stand-in at or after `from`, in any case of letters.
std::optional<StandInPlace> findStandIn(std::string_view text, std::size_t from = 0);

/// Values by their stand-ins.
using Vault = std::map<std::string, std::string>;

/// The text with the values that the vault knows; a stand-in that it does not know stays.
std::string restored(std::string_view text, const Vault& vault);
/// The same in every string of a value, and in the names of its members.
Json restoredJson(Json value, const Vault& vault);

/// A few letters that are the same for the same entity and value: "7f3a9c02".
std::string shortHash(const ProtectionKey& key, std::string_view entity, std::string_view value);

}
