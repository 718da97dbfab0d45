#pragma once

#include "core/trust/detect/detector_set.h"
#include "core/trust/detect/exception_list.h"
#include "core/trust/detect/reach.h"
#include "core/trust/guard/action_table.h"
#include "core/trust/guard/label.h"
#include "core/trust/guard/replacement.h"
#include "core/trust/sanitize/instructions.h"

#include <memory>
#include <string>

namespace ephor::guard {

/// What agents pass through whose release names no protection: everything is cleaned and counted, and secrets are
/// redacted wherever they pass. Its words may change with a version of Ephor.
ProtectionBody standardProtection();

/// One thing that a text holds, and what becomes of it.
struct Judged {
    detect::Finding finding;
    ProtectAction action = ProtectAction::Observe;
    bool excepted = false; ///< a governed exception says that it is none
    std::string spelt; ///< the value, where escapes spell it; else empty, and it is what stands there
};

/// A protection, compiled: immutable, thread-safe, shared by every run that passes through it.
class Protection : public std::enable_shared_from_this<Protection> {
public:
    /// `name` is empty for the standard one. Codes: those of detect::DetectorSet.
    static Result<std::shared_ptr<const Protection>> compile(
        std::string name, ProtectionBody body, const ProtectionKeys& keys);

    const ProtectionBody& body() const { return m_body; }
    bool reveals() const { return m_body.reveal; }
    /// How far its detectors look, for texts that come in pieces.
    const detect::Reach& reach() const { return m_reach; }
    /// Whether answers are shown only when all of them is known.
    bool holdsAnswers() const { return m_body.grounded > 0 && m_body.ungrounded >= FlowMode::Ask; }
    std::span<const detect::Entity> entities() const { return m_detectors->entities(); }
    const ActionTable& actions() const { return m_actions; }

    /// Everything that the text holds from byte `from` on, as it stands and behind escapes of JSON (escape_view.h),
    /// without what lies inside stand-ins. What is before `from` has been dealt with, and tells what the rest means.
    Result<std::vector<Judged>> judge(
        std::string_view text, TextSurface surface, std::string_view tool, std::size_t from = 0) const;

    /// Places that read as if they gave orders to a model, of texts that others wrote; and what becomes of them.
    struct Orders {
        std::vector<sanitize::InstructionSign> signs;
        ProtectAction action = ProtectAction::Observe;
    };
    Orders ordersIn(std::string_view text, TextSurface surface, std::string_view tool) const;

    /// The whole of it: cleaned, judged, and replaced where the rules say so.
    Result<Inspection> inspect(std::string_view text, TextSurface surface, std::string_view tool) const;

    /// The text without these entities or classes, for a policy that permits a call only so. Nothing where one of the
    /// words means nothing here: then nobody can promise it.
    Result<std::optional<std::string>> without(std::span<const std::string> what, std::string_view text) const;

    /// For a chain. It keeps this alive.
    std::shared_ptr<const Guard> guard() const;

    /// The places of the findings that are replaced, in order; `text` as judged.
    std::vector<MarkedPlace> placesOf(const std::vector<Judged>& judged) const;
    /// What stand-ins and hashes are made with.
    const ProtectionKey& key() const { return m_keys.values; }
    /// What stands in a record for a name that nobody is to read there: the same for the same name, and made with a
    /// key, so that it cannot be found by trying.
    std::string hiddenName(std::string_view name) const;
    /// Whether it is written as hiddenName writes.
    static bool isHiddenName(std::string_view name);
    /// The same rules with stand-ins and hashes of their own: what somebody tries tells nothing of what runs hold.
    std::shared_ptr<const Protection> forTrial() const;
    /// What an exception of this value would hold. Code: protection.unknown-entity.
    Result<std::string> exceptionOf(std::string_view entity, std::string_view value) const;
    /// "protection:standard/CREDIT_CARD"
    std::string ruleOf(std::string_view entity) const;

private:
    Result<std::vector<Judged>> judgeReading(
        std::string_view text, TextSurface surface, std::string_view tool, std::size_t from) const;
    Protection(std::string name, ProtectionBody body, const ProtectionKeys& keys,
        std::shared_ptr<const detect::DetectorSet> detectors);

    std::string m_name;
    ProtectionBody m_body;
    ProtectionKeys m_keys;
    std::shared_ptr<const detect::DetectorSet> m_detectors;
    ActionTable m_actions;
    detect::Reach m_reach;
    detect::ExceptionList m_exceptions;
};

}
