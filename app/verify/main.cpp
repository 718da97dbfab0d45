#include "app/verify/command_line.h"
#include "app/verify/disk.h"
#include "app/verify/report_format.h"
#include "core/proof/export_check.h"
#include "core/proof/proof_check.h"

#include <exception>
#include <iostream>

namespace ephor::verify {

namespace {

/// A proof file with its checkpoint is a few kilobytes; its embedded entry adds 44 at most.
constexpr std::size_t maxProofFileBytes = 2 * 1024 * 1024;

/// The entry: as given, or embedded in the proof, or in "<name>.json" beside "<name>.tlog-proof".
Result<std::optional<std::string>> findEntry(const Question& question, std::string_view proofText)
{
    if (question.entry)
        return question.entry;
    const Result<proof::ProofFile> parsed = proof::parseProofFile(proofText);
    if (!parsed || parsed->extra)
        return std::nullopt;
    std::filesystem::path beside(question.path);
    return readTextFileIfThere(beside.replace_extension(".json"), maxEntryFileBytes);
}

Result<proof::Report> verify(const Question& question)
{
    if (isExportDirectory(question.path))
        return proof::checkExport(DirectoryFiles(question.path), question.trust, question.earlierCheckpoint);
    EPHOR_TRY(const std::string text, readTextFile(question.path, maxProofFileBytes));
    EPHOR_TRY(const std::optional<std::string> entry, findEntry(question, text));
    return proof::checkProofFile(text, question.trust, entry);
}

ExitCode run(int argc, const char* const* argv)
{
    const std::variant<Question, ExitCode> read = readCommandLine(argc, argv);
    if (const auto* done = std::get_if<ExitCode>(&read))
        return *done;
    const auto& question = std::get<Question>(read);
    const Result<proof::Report> report = verify(question);
    if (!report) {
        std::cerr << "ephor-verify: " << describe(report.error()) << "\n";
        return ExitCode::CouldNotRun;
    }
    std::cout << (question.output == Question::Output::Json ? reportJson(*report) : reportText(*report)) << std::flush;
    if (!std::cout) {
        std::cerr << "ephor-verify: the report could not be written.\n";
        return ExitCode::CouldNotRun;
    }
    return report->held() ? ExitCode::Verified : ExitCode::CheckFailed;
}

}

}

int main(int argc, char** argv)
{
    try {
        return static_cast<int>(ephor::verify::run(argc, argv));
    } catch (const std::exception& error) {
        std::cerr << "ephor-verify: " << error.what() << "\n";
        return static_cast<int>(ephor::verify::ExitCode::CouldNotRun);
    }
}
