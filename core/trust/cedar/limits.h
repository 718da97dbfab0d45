#pragma once

#include <cstddef>
#include <cstdint>

namespace ephor::cedar {

/// Of one text of policies or of a schema: 100,000 policies of a hundred bytes fit, and offsets stay in 32 bits.
inline constexpr std::size_t maximumTextBytes = 16 * 1024 * 1024;
/// Of one set: what a bank with a policy for each clerk and tool comes to, and what the index is measured with.
inline constexpr std::size_t maximumPolicies = 200'000;
/// Expressions, types and records within each other: nobody reads deeper, and reader, validator and evaluator walk them
/// by recursion, some twelve frames a level, on stacks of 8 MiB with sanitizers.
inline constexpr std::size_t maximumDepth = 200;
/// Of an error's list in one answer: the first mistakes are mended first, and an answer stays readable.
inline constexpr std::size_t maximumFindings = 1'000;
/// Entities of one store, with those that are only named as a parent.
inline constexpr std::size_t maximumEntities = 1'000'000;
/// Pairs of an entity and one it is in, over a whole store, as they are met: 64 MiB of pointers at most. A chain of n
/// entities costs n²/2 of them, so a hostile one ends here.
inline constexpr std::size_t maximumAncestorPairs = 8'000'000;
/// Of `within`, in milliseconds, and of temporal operations that name no window: what a session keeps of its events.
inline constexpr std::int64_t maximumWindow = 24 * 60 * 60 * 1'000;
/// Of one policy set: a session watches for the events of each.
inline constexpr std::size_t maximumTemporalOperations = 10'000;
/// Types and actions of one schema: who may be in whom is worked out for each pair.
inline constexpr std::size_t maximumSchemaNames = 5'000;
/// Nodes typed for one policy over all kinds of request, so that a wide schema and a long policy cannot hold a core.
inline constexpr std::size_t maximumTypedNodes = 5'000'000;

}
