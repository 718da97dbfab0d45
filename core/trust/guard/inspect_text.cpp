#include "core/base/text.h"
#include "core/trust/guard/cleaning.h"
#include "core/trust/guard/inspection_words.h"
#include "core/trust/guard/json_view.h"
#include "core/trust/guard/protection.h"
#include "core/trust/guard/raw_text.h"

#include <algorithm>
#include <map>

namespace ephor::guard {

namespace {

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

void addSentence(std::string& reason, const std::string& sentence)
{
    reason += (reason.empty() || sentence.empty() ? "" : " ") + sentence;
}

/// A text on its way, and how detectors read it.
struct Reading {
    std::string_view text;
    std::optional<JsonView> json;

    Reading(std::string_view whole, TextSurface surface)
        : text(whole)
        , json(readsJson(surface) ? jsonView(whole) : std::nullopt)
    {
    }
    std::string_view view() const { return json ? std::string_view(json->text) : text; }
    std::pair<std::size_t, std::size_t> originalRange(std::size_t start, std::size_t end) const
    {
        return json ? json->originalRange(start, end) : std::pair(start, end);
    }
};

std::string withoutOrders(const Reading& reading, const std::vector<sanitize::InstructionSign>& signs)
{
    std::string rest;
    std::size_t done = 0;
    for (const sanitize::InstructionSign& sign : signs) {
        const auto [start, end] = reading.originalRange(sign.start, sign.end);
        if (start < done)
            continue;
        rest += reading.text.substr(done, start - done);
        rest += "[REMOVED]";
        done = end;
    }
    return rest.append(reading.text.substr(done));
}

Replaced replacedIn(
    const Reading& reading, std::span<const MarkedPlace> places, TextSurface surface, const ProtectionKey& key)
{
    Replaced result
        = reading.json ? replacedInJson(reading.text, *reading.json, places, key) : replaced(reading.text, places, key);
    // Two members whose names hide the same are still two.
    if (!places.empty() && readsJson(surface) && mayBeJson(result.text))
        result.text = withUniqueNames(result.text);
    return result;
}

/// What was found in a text, on the way to one sentence.
struct Findings {
    const Judged* hardest = nullptr;
    std::size_t hidden = 0; ///< of them, those that do not stay
    std::string sentence;

    ProtectAction action() const { return hardest != nullptr ? hardest->action : ProtectAction::Observe; }
};

Findings tell(const std::vector<Judged>& judged, TextSurface surface, Inspection& inspection)
{
    Findings findings;
    Counts counts;
    std::map<std::string, std::string> titles;
    for (const Judged& each : judged) {
        ++counts[{each.finding.entity->name, each.action}];
        titles[each.finding.entity->name] = each.finding.entity->title;
        inspection.holds = std::max(inspection.holds, heldBy(each));
        findings.hidden += each.action != ProtectAction::Observe && each.action != ProtectAction::Ask;
        if (findings.hardest == nullptr || each.action > findings.hardest->action)
            findings.hardest = &each;
    }
    for (const auto& [key, count] : counts)
        inspection.noticed.push_back({key.first, key.second, count});
    findings.sentence = sentenceOf(counts, surface, titles);
    return findings;
}

}

Result<Inspection> Protection::inspect(std::string_view raw, TextSurface surface, std::string_view tool) const
{
    Inspection inspection;
    std::string_view text = raw;
    const std::optional<Cleaned> cleaned = clean(raw, surface, m_body.allowedHosts);
    if (cleaned) {
        inspection.noticed = cleaned->noticed;
        inspection.rule = ruleOf("cleaning");
        inspection.reason = cleaned->sentence;
        text = cleaned->text;
    }
    std::optional<Reading> reading(std::in_place, text, surface);
    const Orders orders = ordersIn(reading->view(), surface, tool);
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
        disarmed = withoutOrders(*reading, orders.signs);
        reading.emplace(*disarmed, surface);
        inspection.rule = ruleOf("instruction");
        addSentence(inspection.reason, "In " + std::string(placeWords(surface)) + ": orders to the model removed.");
    }
    EPHOR_TRY(const std::vector<Judged> judged, judge(reading->view(), surface, tool));
    const Findings findings = tell(judged, surface, inspection);
    if (!findings.sentence.empty()) {
        inspection.rule = ruleOf(findings.hardest->finding.entity->name);
        addSentence(inspection.reason, findings.sentence);
    }
    if (findings.action() == ProtectAction::Deny) {
        inspection.word = VerdictWord::Deny;
        inspection.reason
            = findings.hardest->finding.entity->title + " may not pass in " + std::string(placeWords(surface)) + ".";
        return inspection;
    }
    if (cleaned) {
        EPHOR_TRY(inspection.raw, keptRaw(*this, raw, *cleaned, surface, tool, findings.hidden));
    }
    Replaced result = replacedIn(*reading, placesOf(judged), surface, m_keys.values);
    if (cleaned || disarmed || result.text != reading->text) {
        inspection.word = VerdictWord::Transform;
        inspection.replacement = std::move(result.text);
        inspection.standIns = std::move(result.standIns);
    }
    if (findings.action() == ProtectAction::Ask) {
        inspection.word = VerdictWord::Ask;
        inspection.reason
            = findings.hardest->finding.entity->title + " goes out with the call only with a person's word.";
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
    const Reading reading(text, TextSurface::Arguments);
    EPHOR_TRY(std::vector<Judged> judged, judge(reading.view(), TextSurface::Arguments, {}));
    for (Judged& each : judged) {
        const bool meant
            = std::ranges::any_of(what, [&](const std::string& word) { return means(*each.finding.entity, word); });
        each.action = meant ? ProtectAction::Redact : ProtectAction::Observe;
    }
    return std::optional(replacedIn(reading, placesOf(judged), TextSurface::Arguments, m_keys.values).text);
}

}
