#pragma once

#include "core/trust/sanitize/sanitizer.h"

#include <array>
#include <cstdint>
#include <optional>

namespace ephor::sanitize {

/// The text between two steps, and where each of its bytes came from. Copies nothing as long as no step changes it.
class Draft {
public:
    /// `raw` must outlive the draft.
    explicit Draft(std::string_view raw);

    std::string_view text() const { return m_text ? std::string_view(*m_text) : m_raw; }
    /// Ends the draft.
    Sanitized finish() &&;

private:
    friend class DraftEditor;

    /// From byte `at` of the text on, bytes are those of the raw text from `raw` on, or all stand for what lies between
    /// `raw` and the next anchor's.
    struct Anchor {
        std::uint64_t at = 0;
        std::uint64_t raw : 63 = 0;
        std::uint64_t copied : 1 = 1;
    };

    void record(Removal removal);

    std::string_view m_raw;
    std::optional<std::string> m_text;
    std::vector<Anchor> m_anchors;
    std::vector<Removal> m_removals;
    std::array<std::optional<std::size_t>, 16>
        m_last{}; ///< by kind: the removal that takes in what is beyond the limit
};

/// One step's changes to a draft, from left to right.
class DraftEditor {
public:
    explicit DraftEditor(Draft& draft);

    /// As it was before this step.
    std::string_view text() const { return m_text; }

    /// Puts `with` in the place of [start, end), which is not empty and begins where the last change ended or later.
    /// `revealed` is made readable and cut.
    void replace(
        std::size_t start, std::size_t end, std::string_view with, RemovalKind kind, std::string_view revealed = {});

    /// The last byte of what is written so far, with all before `at` that this step kept; 0 where there is none.
    char before(std::size_t at) const;

    /// Carries the changes into the draft. False where there were none.
    bool finish();

private:
    std::size_t rawStart(std::size_t at);
    std::size_t rawEnd(std::size_t at);
    void copyTo(std::size_t end);

    Draft& m_draft;
    std::string_view m_text;
    std::string m_out;
    std::vector<Draft::Anchor> m_anchors;
    std::size_t m_done = 0; ///< bytes of the text that are copied or replaced
    std::size_t m_piece = 0; ///< anchor of the last place asked for
    std::size_t m_copied = 0; ///< anchor of the first byte that is not copied yet
    bool m_changed = false;
};

/// Without controls and unseen characters, at most 256 bytes.
std::string readable(std::string_view text);

}
