#include "core/run/provider/scenario.h"

#include "core/run/provider/scenario_template.h"

#include <algorithm>
#include <cmath>
#include <re2/re2.h>
#include <set>

namespace ephor::provider {

namespace {

// A scenario is written by hand; larger ones are mistakes.
constexpr std::size_t mostRules = 1'000;
constexpr double longestLatencyMs = 10 * 60 * 1000;

std::unexpected<Error> badScenario(const std::string& path, const std::string& what)
{
    return fail(Error(ErrorKind::Invalid, "scenario.invalid", "The scenario has a mistake: " + what + ".",
        "docs/formats/scenario.md lists what a scenario may hold.")
            .with("path", path));
}

/// Reads the members of one object, remembers the first mistake, and at the end names a member nobody asked for.
class MemberReader {
public:
    MemberReader(const Json& object, std::string path)
        : m_object(object)
        , m_path(std::move(path))
    {
        if (!object.is_object())
            note("an object is expected here");
    }

    const Json* find(const char* name)
    {
        if (!m_object.is_object())
            return nullptr;
        m_asked.insert(name);
        const auto found = m_object.find(name);
        return found == m_object.end() || found->is_null() ? nullptr : &*found;
    }
    std::string text(const char* name)
    {
        const Json* value = find(name);
        if (value && !value->is_string())
            note(std::string(name) + " must be a string");
        return value && value->is_string() ? value->get<std::string>() : std::string();
    }
    std::vector<std::string> texts(const char* name)
    {
        std::vector<std::string> read;
        const Json* value = find(name);
        if (!value)
            return read;
        if (value->is_string())
            return {value->get<std::string>()};
        if (!value->is_array())
            note(std::string(name) + " must be a string or strings");
        for (const Json& element : value->is_array() ? *value : Json::array()) {
            if (element.is_string())
                read.push_back(element.get<std::string>());
            else
                note(std::string(name) + " must be a string or strings");
        }
        return read;
    }
    double number(const char* name, double otherwise, double least, double most)
    {
        const Json* value = find(name);
        if (!value)
            return otherwise;
        const double read = value->is_number() ? value->get<double>() : std::nan("");
        if (read >= least && read <= most)
            return read;
        note(std::string(name) + " must be a number from " + ecmaNumber(least) + " to " + ecmaNumber(most));
        return otherwise;
    }
    std::optional<std::int64_t> count(const char* name)
    {
        const Json* value = find(name);
        if (!value)
            return std::nullopt;
        if (value->is_number_integer() && value->get<std::int64_t>() >= 0)
            return value->get<std::int64_t>();
        note(std::string(name) + " must be a whole number");
        return std::nullopt;
    }
    std::optional<Instant> instant(const char* name)
    {
        const std::string value = text(name);
        if (value.empty())
            return std::nullopt;
        const auto read = parseInstant(value);
        if (!read) {
            note(std::string(name) + " must be an RFC 3339 time");
            return std::nullopt;
        }
        return *read;
    }
    void note(std::string mistake)
    {
        if (m_mistake.empty())
            m_mistake = std::move(mistake);
    }
    Result<void> end()
    {
        if (m_mistake.empty() && m_object.is_object()) {
            for (const auto& [name, value] : m_object.items()) {
                if (!m_asked.contains(name))
                    note("\"" + name + "\" is not known here");
            }
        }
        if (!m_mistake.empty())
            return badScenario(m_path, m_mistake);
        return {};
    }
    const std::string& path() const { return m_path; }

private:
    const Json& m_object;
    std::string m_path;
    std::set<std::string> m_asked;
    std::string m_mistake;
};

Duration milliseconds(double value)
{
    return Duration(std::int64_t(value * 1000));
}

Result<LatencyShape> readLatency(const Json& json, const std::string& path)
{
    MemberReader reader(json, path);
    LatencyShape shape;
    const double median = reader.number("p50_ms", 600, 0, longestLatencyMs);
    const double p95 = reader.number("p95_ms", median * 3, 0, longestLatencyMs);
    shape.median = milliseconds(median);
    shape.p95 = milliseconds(p95);
    shape.firstTokenShare = reader.number("first_token_share", shape.firstTokenShare, 0, 1);
    if (p95 < median)
        reader.note("p95_ms must not be below p50_ms");
    EPHOR_TRY_VOID(reader.end());
    return shape;
}

Result<FailureShape> readFailure(const Json& json, const std::string& path)
{
    MemberReader reader(json, path);
    FailureShape shape;
    const std::string kind = reader.text("kind");
    if (kind == "timeout")
        shape.kind = FailureKind::Timeout;
    else if (kind == "truncated")
        shape.kind = FailureKind::Truncated;
    else if (!kind.empty() && kind != "status")
        reader.note("kind must be status, timeout or truncated");
    shape.status = int(reader.number("status", 503, 400, 599));
    shape.rate = reader.number("rate", 0, 0, 1);
    shape.type = reader.text("type");
    shape.message = reader.text("message");
    if (const auto wait = reader.count("retry_after_ms"))
        shape.retryAfter = std::chrono::milliseconds(*wait);
    EPHOR_TRY_VOID(reader.end());
    return shape;
}

Result<std::vector<FailureShape>> readFailures(const Json* json, const std::string& path)
{
    std::vector<FailureShape> failures;
    if (!json)
        return failures;
    if (!json->is_array())
        return badScenario(path, "failures must be an array");
    double total = 0;
    for (const Json& element : *json) {
        EPHOR_TRY(auto failure, readFailure(element, path + "/" + std::to_string(failures.size())));
        total += failure.rate;
        failures.push_back(std::move(failure));
    }
    if (total > 1)
        return badScenario(path, "the rates add up to more than 1");
    return failures;
}

Result<ToolResultCondition> readToolResultCondition(const Json& json, const std::string& path)
{
    MemberReader reader(json, path);
    ToolResultCondition condition;
    condition.tool = reader.text("name");
    condition.contains = reader.text("contains");
    condition.path = reader.text("path");
    if (const Json* equals = reader.find("equals"))
        condition.equals = *equals;
    constexpr double anyNumber = 1e15;
    if (reader.find("above"))
        condition.above = reader.number("above", 0, -anyNumber, anyNumber);
    if (reader.find("below"))
        condition.below = reader.number("below", 0, -anyNumber, anyNumber);
    EPHOR_TRY_VOID(reader.end());
    return condition;
}

Result<ScenarioCondition> readCondition(const Json* json, const std::string& path)
{
    ScenarioCondition condition;
    if (!json)
        return condition;
    MemberReader reader(*json, path);
    condition.userContains = reader.texts("user_contains");
    if (const std::string pattern = reader.text("user_matches"); !pattern.empty()) {
        re2::RE2::Options options;
        options.set_log_errors(false);
        condition.userMatches = std::make_shared<const re2::RE2>(pattern, options);
        if (!condition.userMatches->ok())
            reader.note("user_matches is not a pattern: " + condition.userMatches->error());
    }
    condition.systemContains = reader.text("system_contains");
    condition.systemLacks = reader.text("system_lacks");
    condition.model = reader.text("model");
    condition.turn = reader.count("turn");
    condition.toolResults = reader.count("tool_results");
    condition.after = reader.instant("after");
    condition.before = reader.instant("before");
    condition.chance = reader.number("chance", 1, 0, 1);
    if (const Json* result = reader.find("tool_result")) {
        EPHOR_TRY(condition.toolResult, readToolResultCondition(*result, path + "/tool_result"));
    }
    EPHOR_TRY_VOID(reader.end());
    return condition;
}

bool isFilled(const std::string& name, const ScenarioRule& rule, const Scenario& scenario)
{
    if (name == "user" || name == "model" || name == "digest" || name == "tool" || name.starts_with("tool.")
        || name.starts_with("result.") || name.starts_with("random."))
        return true;
    if (name.starts_with("pick."))
        return scenario.lists.contains(name.substr(5));
    if (!rule.when.userMatches)
        return false;
    if (rule.when.userMatches->NamedCapturingGroups().contains(name))
        return true;
    return name.size() == 1 && name[0] >= '0' && name[0] - '0' <= rule.when.userMatches->NumberOfCapturingGroups();
}

void collectTexts(const Json& value, std::vector<std::string>& texts)
{
    if (value.is_string())
        texts.push_back(value.get<std::string>());
    else if (value.is_structured()) {
        for (const Json& inner : value)
            collectTexts(inner, texts);
    }
}

Result<void> checkPlaceholders(const ScenarioRule& rule, const Scenario& scenario, const std::string& path)
{
    std::vector<std::string> texts = rule.replies;
    texts.push_back(rule.refusal);
    texts.push_back(rule.reasoning);
    for (const ScenarioRule::Call& call : rule.toolCalls)
        collectTexts(call.arguments, texts);
    for (const std::string& text : texts) {
        for (const std::string& name : placeholdersOf(text)) {
            if (!isFilled(name, rule, scenario))
                return badScenario(path, "nothing fills the placeholder {{" + name + "}}");
        }
    }
    return {};
}

Result<std::vector<ScenarioRule::Call>> readCalls(const Json* json, const std::string& path)
{
    std::vector<ScenarioRule::Call> calls;
    if (!json)
        return calls;
    if (!json->is_array())
        return badScenario(path, "tool_calls must be an array");
    for (const Json& element : *json) {
        MemberReader reader(element, path + "/" + std::to_string(calls.size()));
        ScenarioRule::Call call;
        call.name = reader.text("name");
        if (const Json* arguments = reader.find("arguments"))
            call.arguments = *arguments;
        if (call.name.empty() || !call.arguments.is_object())
            reader.note("a tool call needs a name, and arguments that are an object");
        EPHOR_TRY_VOID(reader.end());
        calls.push_back(std::move(call));
    }
    return calls;
}

Result<ScenarioRule> readRule(const Json& json, const Scenario& scenario, const std::string& path)
{
    MemberReader reader(json, path);
    ScenarioRule rule;
    rule.id = reader.text("id");
    EPHOR_TRY(rule.when, readCondition(reader.find("when"), path + "/when"));
    rule.replies = reader.texts("reply");
    rule.refusal = reader.text("refusal");
    rule.reasoning = reader.text("reasoning");
    EPHOR_TRY(rule.toolCalls, readCalls(reader.find("tool_calls"), path + "/tool_calls"));
    rule.finishReason = reader.text("finish_reason");
    rule.inputTokens = reader.count("input_tokens");
    rule.outputTokens = reader.count("output_tokens");
    rule.latencyFactor = reader.number("latency_factor", 1, 0, 1'000);
    if (rule.replies.empty() && rule.refusal.empty() && rule.toolCalls.empty())
        reader.note("a rule needs a reply, a refusal or tool_calls");
    EPHOR_TRY_VOID(reader.end());
    EPHOR_TRY_VOID(checkPlaceholders(rule, scenario, path));
    return rule;
}

Result<std::vector<ScenarioRule>> readRules(const Json* json, const Scenario& scenario, const std::string& path)
{
    std::vector<ScenarioRule> rules;
    if (!json)
        return rules;
    if (!json->is_array() || json->size() > mostRules)
        return badScenario(path, "rules must be an array of at most " + std::to_string(mostRules));
    for (const Json& element : *json) {
        const std::string place = path + "/" + std::to_string(rules.size());
        EPHOR_TRY(auto rule, readRule(element, scenario, place));
        if (rule.id.empty())
            rule.id = place;
        rules.push_back(std::move(rule));
    }
    return rules;
}

Result<ScenarioDrift> readDrift(const Json& json, const Scenario& scenario, const std::string& path)
{
    MemberReader reader(json, path);
    ScenarioDrift drift;
    drift.id = reader.text("id");
    EPHOR_TRY(drift.when, readCondition(reader.find("when"), path + "/when"));
    constexpr double oneYearOfMinutes = 366 * 24 * 60;
    drift.ramp = milliseconds(reader.number("ramp_minutes", 0, 0, oneYearOfMinutes) * 60'000);
    EPHOR_TRY(drift.failures, readFailures(reader.find("failures"), path + "/failures"));
    drift.latencyFactor = reader.number("latency_factor", 1, 0, 1'000);
    EPHOR_TRY(drift.rules, readRules(reader.find("rules"), scenario, path + "/rules"));
    if (drift.ramp > Duration(0) && !drift.when.after)
        reader.note("a ramp needs an instant to start from: when.after");
    EPHOR_TRY_VOID(reader.end());
    return drift;
}

Result<void> readLists(const Json* json, Scenario& scenario)
{
    if (!json)
        return {};
    MemberReader reader(*json, "/lists");
    if (!json->is_object())
        return reader.end();
    for (const auto& [name, value] : json->items()) {
        auto entries = reader.texts(name.c_str());
        if (entries.empty())
            reader.note("a list needs an entry");
        scenario.lists.emplace(name, std::move(entries));
    }
    return reader.end();
}

}

Result<Scenario> readScenario(const Json& json)
{
    MemberReader reader(json, "/");
    Scenario scenario;
    scenario.name = reader.text("name");
    scenario.model = reader.text("model");
    if (scenario.model.empty())
        reader.note("a scenario names its model");
    if (const Json* latency = reader.find("latency")) {
        EPHOR_TRY(scenario.latency, readLatency(*latency, "/latency"));
    }
    EPHOR_TRY(scenario.failures, readFailures(reader.find("failures"), "/failures"));
    EPHOR_TRY_VOID(readLists(reader.find("lists"), scenario));
    EPHOR_TRY(scenario.rules, readRules(reader.find("rules"), scenario, "/rules"));
    if (const Json* fallback = reader.find("fallback")) {
        EPHOR_TRY(scenario.fallback, readRule(*fallback, scenario, "/fallback"));
        scenario.fallback.id = "fallback";
    } else {
        reader.note("a scenario needs a fallback");
    }
    const Json* drifts = reader.find("drift");
    if (drifts && !drifts->is_array())
        reader.note("drift must be an array");
    for (const Json& element : drifts && drifts->is_array() ? *drifts : Json::array()) {
        EPHOR_TRY(auto drift, readDrift(element, scenario, "/drift/" + std::to_string(scenario.drifts.size())));
        scenario.drifts.push_back(std::move(drift));
    }
    EPHOR_TRY_VOID(reader.end());
    return scenario;
}

}
