#include "core/trust/guard/protection.h"

#include "core/base/hash.h"
#include "core/base/hmac.h"
#include "core/trust/detect/own/own_detector.h"
#include "core/trust/guard/escape_view.h"
#include "core/trust/guard/held_stream.h"
#include "core/trust/guard/joined_findings.h"

#include <algorithm>

namespace ephor::guard {

namespace {

std::vector<detect::CustomDetector> customOf(const ProtectionBody& body)
{
    std::vector<detect::CustomDetector> custom;
    for (const OwnDetector& own : body.detectors)
        custom.push_back(detect::customDetectorOf(own));
    return custom;
}

constexpr std::string_view hiddenPrefix = "hidden:";

// Compiling what everybody uses takes longer than a run, so it is done once.
Result<std::shared_ptr<const detect::DetectorSet>> detectorsOf(const ProtectionBody& body)
{
    static const Result<std::shared_ptr<const detect::DetectorSet>> builtIn
        = detect::DetectorSet::compile(detect::Profile::Ephor);
    if (body.detectors.empty())
        return builtIn;
    return detect::DetectorSet::compile(detect::Profile::Ephor, customOf(body));
}

std::vector<detect::ExceptionList::Row> rowsOf(const ProtectionBody& body)
{
    std::vector<detect::ExceptionList::Row> rows;
    for (const ProtectionException& exception : body.exceptions)
        rows.push_back({exception.entity, exception.digest});
    return rows;
}

class ProtectionGuard final : public Guard {
public:
    explicit ProtectionGuard(std::shared_ptr<const Protection> protection)
        : m_protection(std::move(protection))
    {
    }

    std::string_view name() const override { return "detector"; }

    Result<Inspection> inspect(const Passage& passage) const override
    {
        return m_protection->inspect(passage.text, surfaceOf(passage.hook), passage.tool);
    }

    // What goes to the model was looked at when it came in.
    bool looksAt(Hook hook) const override
    {
        return hook != Hook::BeforeModel || m_protection->actions().names(TextSurface::Model);
    }

    std::unique_ptr<StreamInspector> openStream() const override { return openHeldStream(m_protection); }

private:
    std::shared_ptr<const Protection> m_protection;
};

}

TextSurface surfaceOf(Hook hook)
{
    switch (hook) {
    case Hook::Input:
        return TextSurface::Input;
    case Hook::BeforeModel:
        return TextSurface::Model;
    case Hook::BeforeTool:
        return TextSurface::Arguments;
    case Hook::AfterTool:
        return TextSurface::Result;
    case Hook::AfterModel:
    case Hook::Output:
        break;
    }
    return TextSurface::Answer;
}

Protection::Protection(std::string name, ProtectionBody body, const ProtectionKeys& keys,
    std::shared_ptr<const detect::DetectorSet> detectors)
    : m_name(std::move(name))
    , m_body(std::move(body))
    , m_keys(keys)
    , m_detectors(std::move(detectors))
    , m_actions(m_body.rules, m_detectors->entities())
    , m_reach(detect::reachOf(customOf(m_body)))
    , m_exceptions(keys.exceptions, rowsOf(m_body))
{
}

Result<std::shared_ptr<const Protection>> Protection::compile(
    std::string name, ProtectionBody body, const ProtectionKeys& keys)
{
    EPHOR_TRY(auto detectors, detectorsOf(body));
    return std::shared_ptr<const Protection>(
        new Protection(std::move(name), std::move(body), keys, std::move(detectors)));
}

std::shared_ptr<const Guard> Protection::guard() const
{
    return std::make_shared<ProtectionGuard>(shared_from_this());
}

std::string Protection::hiddenName(std::string_view name) const
{
    // 96 bits: no two of any number of people have one.
    return std::string(hiddenPrefix) + toHex(hmacSha256(m_keys.values, "name\n" + std::string(name))).substr(0, 24);
}

bool Protection::isHiddenName(std::string_view name)
{
    return name.starts_with(hiddenPrefix);
}

std::shared_ptr<const Protection> Protection::forTrial() const
{
    ProtectionKeys keys = m_keys;
    fillRandom(keys.values);
    return std::shared_ptr<const Protection>(new Protection(m_name, m_body, keys, m_detectors));
}

std::string Protection::ruleOf(std::string_view entity) const
{
    return "protection:" + (m_name.empty() ? "standard" : m_name) + "/" + std::string(entity);
}

Result<std::string> Protection::exceptionOf(std::string_view entity, std::string_view value) const
{
    for (const detect::Entity& known : entities()) {
        if (known.name == entity)
            return detect::ExceptionList::digestOf(m_keys.exceptions, known, value);
    }
    return fail(Error(ErrorKind::Invalid, "protection.unknown-entity", "Nothing finds \"" + std::string(entity) + "\".",
        "Name an entity that the protection knows.")
            .with("entity", std::string(entity)));
}

Result<std::vector<Judged>> Protection::judge(
    std::string_view text, TextSurface surface, std::string_view tool, std::size_t from) const
{
    const auto view = behindEscapes(text);
    if (!view)
        return judgeReading(text, surface, tool, from);
    EPHOR_TRY(std::vector<Judged> asItStands, judgeReading(text, surface, tool, 0));
    EPHOR_TRY(std::vector<Judged> behind, judgeReading(view->text, surface, tool, 0));
    std::vector<Judged> judged = joinedFindings(text, *view, std::move(asItStands), std::move(behind));
    std::erase_if(judged, [from](const Judged& each) { return each.finding.start < from; });
    return judged;
}

Result<std::vector<Judged>> Protection::judgeReading(
    std::string_view text, TextSurface surface, std::string_view tool, std::size_t from) const
{
    EPHOR_TRY(const std::vector<detect::Finding> findings, m_detectors->scan(text));
    std::vector<Judged> judged;
    std::optional<StandInPlace> standIn = findings.empty() ? std::nullopt : findStandIn(text);
    for (const detect::Finding& finding : findings) {
        if (finding.start < from)
            continue;
        while (standIn && standIn->end <= finding.start)
            standIn = findStandIn(text, standIn->end);
        // A stand-in is nobody's secret, whatever word stands before it.
        if (standIn && finding.start >= standIn->start && finding.end <= standIn->end)
            continue;
        const auto entity = std::size_t(finding.entity - m_detectors->entities().data());
        const Ruling ruling = m_actions.of(entity, surface, tool);
        Judged each{finding, finding.score >= ruling.atLeast ? ruling.action : ProtectAction::Observe, false, {}};
        if (!m_exceptions.empty()
            && m_exceptions.covers(*finding.entity, text.substr(finding.start, finding.end - finding.start))) {
            each.excepted = true;
            each.action = ProtectAction::Observe;
        }
        judged.push_back(each);
    }
    return judged;
}

std::vector<MarkedPlace> Protection::placesOf(const std::vector<Judged>& judged) const
{
    std::vector<MarkedPlace> places;
    for (const Judged& each : judged) {
        const bool changes = each.action != ProtectAction::Observe && each.action != ProtectAction::Ask
            && each.action != ProtectAction::Deny;
        if (changes)
            places.push_back({each.finding.start, each.finding.end, each.finding.entity->name,
                each.finding.entity->title, each.action, each.spelt});
    }
    return places;
}

Protection::Orders Protection::ordersIn(std::string_view text, TextSurface surface, std::string_view tool) const
{
    Orders orders;
    if (surface != TextSurface::Input && surface != TextSurface::Result)
        return orders;
    orders.signs = sanitize::instructionSigns(text);
    const Ruling ruling = m_actions.ofInstructions(surface, tool);
    if (!orders.signs.empty() && sanitize::instructionWeight(orders.signs) >= ruling.atLeast)
        orders.action = ruling.action;
    return orders;
}

}
