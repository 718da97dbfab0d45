#pragma once

#include "core/base/result.h"
#include "core/trust/detect/own/custom_detector.h"
#include "core/trust/detect/candidate/finding.h"
#include "core/trust/detect/candidate/profile.h"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// A text beyond ASCII is read in a form with the places of its bytes, which takes five times its size in memory.
inline constexpr std::size_t largestScannedText = std::size_t(256) << 20; ///< bytes
/// Twenty times what a text of ordinary letters and records of 16 MiB has; so many take 400 MB.
inline constexpr std::size_t mostFindings = 4'000'000;

/// All detectors of a profile, compiled. Immutable and thread-safe: one set serves every run.
class DetectorSet {
public:
    /// Fails for a custom detector that does not compile or hides a built-in entity of the same name, naming it.
    static Result<std::shared_ptr<const DetectorSet>> compile(
        Profile profile, std::span<const CustomDetector> custom = {});
    ~DetectorSet();

    std::span<const Entity> entities() const;

    /// Findings in the order of their start. The text is valid UTF-8 (an error otherwise); time is linear in it. Looks
    /// for the entities that are on by default: all of them in Ephor's own profile. What has more findings than
    /// mostFindings is refused rather than told in part.
    /// Codes: detect.utf8, detect.too-large, detect.too-many-findings.
    Result<std::vector<Finding>> scan(std::string_view text) const;

    /// Looks only for the entities named, whatever else the text holds; an unknown name is an error
    /// (detect.unknown-entity).
    Result<std::vector<Finding>> scanFor(std::string_view text, std::span<const std::string> names) const;

    /// No finding is longer, in bytes of a text without invisible characters: what a stream must hold back.
    std::size_t longestFinding() const;

private:
    struct Parts;
    class Weighing;
    explicit DetectorSet(std::unique_ptr<const Parts> parts);
    static Result<void> checkText(std::string_view text);
    std::unique_ptr<const Parts> m_parts;
};

}
