#include "core/api/audit.h"
#include "core/demo/stories.h"
#include "core/proof/proof_check.h"
#include "core/proof/verifier_key.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace ephor::demo {

namespace {

Result<void> writeText(const std::string& path, const std::string& text)
{
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.flush();
    if (!out)
        return fail(Error(ErrorKind::Unavailable, "demo.services", "The proof cannot be written.",
            "Check the workspace's folder and the space on its disk.")
                .with("file", path));
    return {};
}

// What a person with only the file and the log's key finds.
Result<proof::Report> checkFile(const std::string& path, const std::vector<std::string>& keys)
{
    proof::Trust trust;
    for (const std::string& key : keys) {
        EPHOR_TRY(proof::VerifierKey parsed, proof::parseVerifierKey(key));
        trust.logKeys.push_back(std::move(parsed));
    }
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return proof::checkProofFile(text.str(), trust);
}

std::string wordsOf(const proof::Report& report)
{
    if (report.held())
        return "The verifier says: it holds.";
    const proof::Check* const failure = report.firstFailure();
    if (failure == nullptr || !failure->error)
        return "The verifier says: it does not hold.";
    return "The verifier says: " + failure->error->message + " (" + failure->error->code + ")";
}

}

Result<Stories::Happened> Stories::exportProof()
{
    EPHOR_TRY_VOID(resetProof());
    QueryRecord::Request query;
    query.limit = 1;
    EPHOR_TRY(const QueryRecord::Response newest, m_stage.cast.call<QueryRecord>("tom", query));
    QueryRecord::Request denials;
    denials.filter.outcome = "deny";
    denials.limit = 1;
    EPHOR_TRY(const QueryRecord::Response denied, m_stage.cast.call<QueryRecord>("tom", denials));
    const auto& rows = denied.rows.empty() ? newest.rows : denied.rows;
    if (rows.empty())
        return fail(ErrorKind::NotFound, "demo.data", "The record is empty.", "Send some traffic first.");
    EPHOR_TRY_VOID(m_stage.cast.call<SignHead>("ines", {}));
    ProveEntry::Request request;
    request.index = rows.front().index;
    EPHOR_TRY(const ProveEntry::Response proved, m_stage.cast.call<ProveEntry>("tom", request));
    m_proofKeys = proved.keys;
    m_proofText = proved.proof;
    // In the workspace's own folder, which nobody else can read.
    m_proofFile = m_stage.folder + "/story-" + std::to_string(request.index) + ".tlog-proof";
    EPHOR_TRY_VOID(writeText(m_proofFile, m_proofText));
    EPHOR_TRY(const proof::Report report, checkFile(m_proofFile, m_proofKeys));
    return Happened{"Tom Okafor exported the proof of entry #" + std::to_string(request.index) + " to " + m_proofFile
            + ". " + wordsOf(report),
        "assurance/record/" + std::to_string(request.index)};
}

Result<Stories::Happened> Stories::changeOneByte()
{
    if (m_proofFile.empty())
        return outOfOrder();
    // In the middle of the embedded entry, which the format carries as base64 in one line.
    const std::size_t line = m_proofText.find("extra ");
    const std::size_t end = m_proofText.find('\n', line == std::string::npos ? 0 : line);
    const std::size_t at = line == std::string::npos ? m_proofText.size() / 2 : (line + end) / 2;
    std::string changed = m_proofText;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EPHOR_TRY_VOID(writeText(m_proofFile, changed));
    EPHOR_TRY(const proof::Report report, checkFile(m_proofFile, m_proofKeys));
    return Happened{"Byte " + std::to_string(at) + " was '" + std::string(1, m_proofText[at]) + "' and is now '"
            + std::string(1, changed[at]) + "'. " + wordsOf(report),
        "assurance/record"};
}

Result<Stories::Happened> Stories::putByteBack()
{
    if (m_proofFile.empty())
        return outOfOrder();
    EPHOR_TRY_VOID(writeText(m_proofFile, m_proofText));
    EPHOR_TRY(const proof::Report report, checkFile(m_proofFile, m_proofKeys));
    return Happened{"The byte is back. " + wordsOf(report), "assurance/record"};
}

Result<void> Stories::resetProof()
{
    std::error_code ignored;
    if (!m_proofFile.empty())
        std::filesystem::remove(m_proofFile, ignored);
    m_proofFile.clear();
    m_proofText.clear();
    m_proofKeys.clear();
    return {};
}

}
