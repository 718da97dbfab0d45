#include "core/trust/guard/protection.h"

#include "core/base/text.h"
#include "core/trust/detect/own/own_detector.h"
#include "core/trust/guard/cleaning.h"
#include "core/trust/guard/held_stream.h"
#include "core/trust/guard/inspection_words.h"

#include <algorithm>
#include <map>

namespace ephor::guard {

namespace {

std::vector<detect::CustomDetector> customOf(const ProtectionBody& body)
{
    std::vector<detect::CustomDetector> custom;
    for (const OwnDetector& own : body.detectors)
        custom.push_back(detect::customDetectorOf(own));
    return custom;
}

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

Confidentiality heldBy(const Judged& judged)
{
    if (judged.excepted || judged.finding.score < 0.5)
        return Confidentiality::Public;
    switch (judged.finding.entity->entityClass) {
    case detect::EntityClass::Secret:
        return Confidentiality::Secret;
    case detect::EntityClass::Personal:
    case detect::EntityClass::Financial:
    case detect::EntityClass::Custom:
        return Confidentiality::Confidential;
    case detect::EntityClass::Technical:
        break;
    }
    return Confidentiality::Public;
}

// What was found, by entity and action: "2 card numbers" are one line.
using Counts = std::map<std::pair<std::string, ProtectAction>, std::uint64_t>;

std::string sentenceOf(const Counts& counts, TextSurface surface, const std::map<std::string, std::string>& titles)
{
    std::string sentence;
    for (const auto& [key, count] : counts) {
        const auto& [entity, action] = key;
        if (action == ProtectAction::Observe)
            continue;
        sentence += (sentence.empty() ? "" : ", ") + titles.at(entity)
            + (count > 1 ? " (" + std::to_string(count) + " times)" : std::string()) + " "
            + std::string(doneWord(action));
    }
    return sentence.empty() ? sentence : "In " + std::string(placeWords(surface)) + ": " + sentence + ".";
}

std::string withoutOrders(std::string_view text, const std::vector<sanitize::InstructionSign>& signs)
{
    std::string rest;
    std::size_t done = 0;
    for (const sanitize::InstructionSign& sign : signs) {
        if (sign.start < done)
            continue;
        rest += text.substr(done, sign.start - done);
        rest += "[REMOVED]";
        done = sign.end;
    }
    return rest.append(text.substr(done));
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
        Judged each{finding, finding.score >= ruling.atLeast ? ruling.action : ProtectAction::Observe, false};
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
                each.finding.entity->title, each.action});
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

Result<Inspection> Protection::inspect(std::string_view text, TextSurface surface, std::string_view tool) const
{
    Inspection inspection;
    std::optional<Cleaned> cleaned = clean(text, surface, m_body.allowedHosts);
    if (cleaned) {
        for (const Noticed& noticed : cleaned->noticed)
            inspection.noticed.push_back(noticed);
        inspection.rule = ruleOf("cleaning");
        inspection.reason = cleaned->sentence;
        text = cleaned->text;
    }
    const std::optional<std::string> plain = plainJson(text, surface);
    if (plain)
        text = *plain;
    const Orders orders = ordersIn(text, surface, tool);
    if (!orders.signs.empty()) {
        inspection.integrity = Integrity::Untrusted;
        inspection.noticed.push_back({"instruction", orders.action, orders.signs.size()});
    }
    std::optional<std::string> disarmed;
    if (orders.action == ProtectAction::Deny) {
        inspection.word = VerdictWord::Deny;
        inspection.rule = ruleOf("instruction");
        inspection.reason = "In " + std::string(placeWords(surface)) + " stands what reads as an order to the model.";
        return inspection;
    }
    if (orders.action != ProtectAction::Observe) {
        disarmed = withoutOrders(text, orders.signs);
        text = *disarmed;
        inspection.rule = ruleOf("instruction");
        inspection.reason += (inspection.reason.empty() ? "" : " ") + std::string("In ")
            + std::string(placeWords(surface)) + ": orders to the model removed.";
    }
    EPHOR_TRY(const std::vector<Judged> judged, judge(text, surface, tool));
    Counts counts;
    std::map<std::string, std::string> titles;
    const Judged* hardest = nullptr;
    for (const Judged& each : judged) {
        ++counts[{each.finding.entity->name, each.action}];
        titles[each.finding.entity->name] = each.finding.entity->title;
        inspection.holds = std::max(inspection.holds, heldBy(each));
        if (hardest == nullptr || each.action > hardest->action)
            hardest = &each;
    }
    for (const auto& [key, count] : counts)
        inspection.noticed.push_back({key.first, key.second, count});
    const std::string sentence = sentenceOf(counts, surface, titles);
    if (!sentence.empty()) {
        inspection.rule = ruleOf(hardest->finding.entity->name);
        inspection.reason += (inspection.reason.empty() ? "" : " ") + sentence;
    }
    const ProtectAction action = hardest != nullptr ? hardest->action : ProtectAction::Observe;
    if (action == ProtectAction::Deny) {
        inspection.word = VerdictWord::Deny;
        inspection.reason
            = hardest->finding.entity->title + " may not pass in " + std::string(placeWords(surface)) + ".";
        return inspection;
    }
    Replaced result = replaced(text, placesOf(judged), m_keys.values);
    if (cleaned || disarmed || result.text != text) {
        inspection.word = VerdictWord::Transform;
        inspection.replacement = std::move(result.text);
        inspection.standIns = std::move(result.standIns);
    }
    if (action == ProtectAction::Ask) {
        inspection.word = VerdictWord::Ask;
        inspection.reason = hardest->finding.entity->title + " goes out with the call only with a person's word.";
    }
    return inspection;
}

Result<std::optional<std::string>> Protection::without(std::span<const std::string> what, std::string_view text) const
{
    const auto means = [&](const detect::Entity& entity, std::string_view word) {
        return entity.name == word || classWord(entity.entityClass) == lowerAscii(word);
    };
    for (const std::string& word : what) {
        if (std::ranges::none_of(entities(), [&](const detect::Entity& entity) { return means(entity, word); }))
            return std::optional<std::string>();
    }
    EPHOR_TRY(std::vector<Judged> judged, judge(text, TextSurface::Arguments, {}));
    for (Judged& each : judged) {
        const bool meant
            = std::ranges::any_of(what, [&](const std::string& word) { return means(*each.finding.entity, word); });
        each.action = meant ? ProtectAction::Redact : ProtectAction::Observe;
    }
    return std::optional(replaced(text, placesOf(judged), m_keys.values).text);
}

}
