#pragma once

#include "core/base/clock.h"
#include "core/proof/checkpoint.h"
#include "core/proof/export_write.h"
#include "core/proof/files.h"
#include "core/proof/frontier.h"
#include "core/proof/leaf.h"
#include "core/proof/report.h"

#include <stdexcept>

/// A small log with its keys: entries a minute apart from 2026-03-16T00:00:00Z, every step open to a test's mischief.
class SampleLog {
public:
    static constexpr std::int64_t firstSecond = 1'773'619'200;

    explicit SampleLog(std::size_t count, std::string logOrigin = "ledger.example/acme")
        : origin(std::move(logOrigin))
    {
        for (std::size_t i = 0; i < count; ++i)
            entries.push_back(entry(i, i));
    }

    static std::string entry(std::size_t index, std::size_t number, const std::string& clock = "system")
    {
        const ephor::Instant at{std::chrono::seconds(firstSecond + static_cast<std::int64_t>(60 * index))};
        return R"({"at":")" + ephor::formatInstant(at) + R"(","clock":")" + clock + R"(","id":"entry-)"
            + std::to_string(number) + R"(","idx":)" + std::to_string(index) + R"(,"kind":"decision","v":1})";
    }

    ephor::proof::Checkpoint checkpoint(std::size_t size) const
    {
        ephor::proof::Frontier frontier;
        for (std::size_t i = 0; i < size; ++i)
            frontier.append(ephor::proof::leafHash(ephor::bytesOf(ephor::proof::leafFor(entries[i]).body)));
        return {origin, size, frontier.root(), {}};
    }
    ephor::proof::Checkpoint checkpoint() const { return checkpoint(entries.size()); }

    std::string signedCheckpoint(std::size_t size) const { return signCheckpoint(checkpoint(size), key).value(); }
    std::string signedCheckpoint() const { return signedCheckpoint(entries.size()); }

    std::string cosigned(const std::string& note, std::int64_t time) const
    {
        const auto parsed = ephor::proof::parseNote(note).value();
        return formatNote(
            ephor::proof::addCosignature(parsed, "witness.example/w1", witness, static_cast<std::uint64_t>(time))
                .value());
    }

    ephor::proof::MemoryFiles exported(const std::string& note) const
    {
        ephor::proof::MemoryFiles made;
        const ephor::proof::ExportSource source{
            note, [this](std::uint64_t index) { return entries.at(index); }, {formatVerifierKey(verifier())}};
        const auto written = ephor::proof::writeExport(
            source, [&](std::string_view path, ephor::BytesView content) -> ephor::Result<void> {
                if (!made.files.emplace(std::string(path), ephor::Bytes(content.begin(), content.end())).second
                    && !path.starts_with("blobs/"))
                    return ephor::fail(ephor::ErrorKind::Internal, "test.twice", "A file was written twice.");
                return {};
            });
        if (!written)
            throw std::runtime_error(describe(written.error()));
        return made;
    }
    ephor::proof::MemoryFiles exported() const { return exported(signedCheckpoint()); }

    ephor::proof::VerifierKey verifier() const
    {
        return makeVerifierKey(origin, ephor::proof::SignatureType::Ed25519, key.publicKey()).value();
    }
    ephor::proof::VerifierKey witnessVerifier() const
    {
        return makeVerifierKey("witness.example/w1", ephor::proof::SignatureType::CosignatureV1, witness.publicKey())
            .value();
    }
    ephor::proof::Trust trust() const { return {{verifier()}, std::nullopt, {}}; }
    std::string policyText() const { return "witness w1 " + formatVerifierKey(witnessVerifier()) + "\nquorum w1\n"; }
    ephor::proof::Trust witnessedTrust() const
    {
        return {{verifier()}, ephor::proof::parseWitnessPolicy(policyText()).value(), {}};
    }

    std::string origin;
    std::vector<std::string> entries;
    ephor::proof::SigningKey key = ephor::proof::SigningKey::fromSeed(ephor::Bytes(32, 1)).value();
    ephor::proof::SigningKey witness = ephor::proof::SigningKey::fromSeed(ephor::Bytes(32, 2)).value();
};
