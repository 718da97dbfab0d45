#pragma once

#include "core/api/operation.h"
#include "core/api/page.h"

namespace ephor {

/// One line of the record.
struct RecordRow {
    std::uint64_t index = 0;
    std::string id;
    std::string kind;
    Instant at;
    std::string actor;
    std::string actorName;
    std::string operation;
    std::string subject;
    std::string outcome;
    std::string reason;
    /// What the act was about, as people name it: the tool, the version of a prompt, the change, the person. Of refs
    /// and what else stands open in the entry, never of sealed values; empty where there is nothing to add.
    std::string detail;
    bool operator==(const RecordRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(
    RecordRow, (), (index, id, kind, at, actor, actorName, operation, subject, outcome, reason, detail))

struct RecordFilter {
    List<std::string, 32> kinds;
    Text<256> actor;
    Text<128> operation; ///< a prefix
    Text<256> subject;
    Text<64> outcome;
    /// Any value of refs: a run, a change, an approval, also by the last eight characters of its id; or the id of a
    /// verdict, which names the one entry that carries it.
    Text<256> reference;
    Text<128> tool; ///< name of a tool that was called, asked for or granted
    TimeRange range;
    bool operator==(const RecordFilter&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecordFilter, (), (kinds, actor, operation, subject, outcome, reference, tool, range))

/// How far the record is known to be whole.
struct RecordStatus {
    std::uint64_t size = 0;
    std::uint64_t verified = 0; ///< entries checked since opening
    Instant verifiedAt;
    std::uint64_t headSize = 0;
    Instant headAt;
    std::string headRoot;
    std::string origin;
    std::string fault; ///< names the first bad entry; empty: none found
    std::optional<std::uint64_t> faultIndex;
    bool simulatedClock = false;
    std::optional<std::uint64_t> outsideCopy; ///< size; nothing: there never was one
    Instant outsideCopyAt;
    bool operator==(const RecordStatus&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecordStatus, (),
    (size, verified, verifiedAt, headSize, headAt, headRoot, origin, fault, faultIndex, simulatedClock, outsideCopy,
        outsideCopyAt))

struct RecordState {
    static constexpr Operation operation{
        "audit.status", Permission::View, Effect::Read, "Show how far the record is verified"};
    using Request = Empty;
    using Response = RecordStatus;
};

/// Unfiltered pages can start at any index: `before` is exclusive, 0 means the end.
struct QueryRecord {
    static constexpr Operation operation{
        "audit.query", Permission::ReadRecord, Effect::Read, "List entries of the record"};
    struct Request {
        RecordFilter filter;
        std::uint64_t before = 0;
        std::uint64_t limit = 256;
    };
    struct Response {
        std::vector<RecordRow> rows;
        std::uint64_t size = 0; ///< of the whole record
        std::optional<std::uint64_t> matches; ///< counted up to a million
        bool exact = true;
    };
};
BOOST_DESCRIBE_STRUCT(QueryRecord::Request, (), (filter, before, limit))
BOOST_DESCRIBE_STRUCT(QueryRecord::Response, (), (rows, size, matches, exact))

struct GetEntry {
    static constexpr Operation operation{
        "audit.entry", Permission::ReadRecord, Effect::Read, "Show one entry with its path up to the signed head"};
    struct Request {
        std::uint64_t index = 0;
        Text<96> id; ///< instead of the index
    };
    struct Response {
        RecordRow row;
        std::string onBehalfOfName; ///< for whom, by name where one is known
        Document body; ///< the canonical body, as stored
        std::string leafHash; ///< hex
        std::vector<std::string> path; ///< hex, from the leaf up
        std::string head; ///< the signed note it leads to
        std::uint64_t headSize = 0;
        std::vector<std::string> sealedPaths;
        bool erased = false;
    };
};
BOOST_DESCRIBE_STRUCT(GetEntry::Request, (), (index, id))
BOOST_DESCRIBE_STRUCT(
    GetEntry::Response, (), (row, onBehalfOfName, body, leafHash, path, head, headSize, sealedPaths, erased))

/// Fails with the fault's own code, naming the entry.
struct VerifyRecord {
    static constexpr Operation operation{
        "audit.verify", Permission::ReadRecord, Effect::Read, "Verify the whole record now"};
    struct Request {
        std::uint64_t from = 0;
    };
    using Response = RecordStatus;
};
BOOST_DESCRIBE_STRUCT(VerifyRecord::Request, (), (from))

struct ProveEntry {
    static constexpr Operation operation{
        "audit.prove", Permission::ReadRecord, Effect::Read, "Make the proof of one entry"};
    struct Request {
        std::uint64_t index = 0;
    };
    struct Response {
        std::string proof; ///< the .tlog-proof file
        std::string body; ///< the canonical entry it proves
        std::vector<std::string> keys; ///< vkeys to verify with
    };
};
BOOST_DESCRIBE_STRUCT(ProveEntry::Request, (), (index))
BOOST_DESCRIBE_STRUCT(ProveEntry::Response, (), (proof, body, keys))

struct SignHead {
    static constexpr Operation operation{
        "audit.checkpoint", Permission::ReadRecord, Effect::Write, "Sign a head over the record as it is now"};
    using Request = Empty;
    struct Response {
        std::string note;
    };
};
BOOST_DESCRIBE_STRUCT(SignHead::Response, (), (note))

/// The folder is on the machine of the workspace.
struct ExportRecord {
    static constexpr Operation operation{
        "audit.export", Permission::ReadRecord, Effect::Disclose, "Write the record to a folder as tiles"};
    struct Request {
        Text<4'096, 1> directory;
    };
    struct Response {
        std::uint64_t entries = 0;
        std::string root;
    };
};
BOOST_DESCRIBE_STRUCT(ExportRecord::Request, (), (directory))
BOOST_DESCRIBE_STRUCT(ExportRecord::Response, (), (entries, root))

}
