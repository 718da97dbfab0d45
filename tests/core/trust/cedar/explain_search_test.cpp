#include "tests/core/trust/cedar/explained.h"
#include "tests/core/trust/cedar/generator.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

namespace {

Json& entityIn(Json& entities, const Json& uid)
{
    for (Json& entity : entities) {
        if (entity["uid"] == uid)
            return entity;
    }
    entities.push_back({{"uid", uid}, {"attrs", Json::object()}, {"parents", Json::array()}});
    return entities.back();
}

/// `User::"ann"` as {"type", "id"}, and what follows it.
Json uidOf(const std::string& text, std::string& rest)
{
    const std::size_t colons = text.find("::\"");
    const std::size_t end = text.find('"', colons + 3);
    rest = text.substr(end + 1);
    return {{"type", text.substr(0, colons)}, {"id", text.substr(colons + 3, end - colons - 3)}};
}

/// Sets or removes what a path like `.input.amount` names.
void put(Json& object, const std::string& path, const std::optional<Json>& value)
{
    std::vector<std::string> names;
    for (std::size_t at = 0; at < path.size();) {
        const bool dotted = path[at] == '.';
        const std::size_t end = dotted ? path.find_first_of(".[", at + 1) : path.find(']', at);
        const std::size_t stop = end == std::string::npos ? path.size() : end;
        names.push_back(dotted ? path.substr(at + 1, stop - at - 1) : path.substr(at + 2, stop - at - 3));
        at = dotted ? stop : stop + 1;
    }
    Json* target = &object;
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
        if (!(*target)[names[i]].is_object())
            (*target)[names[i]] = Json::object();
        target = &(*target)[names[i]];
    }
    if (value)
        (*target)[names.back()] = *value;
    else
        target->erase(names.back());
}

/// Makes a proposal true in the JSON that request and entities came from; false for what JSON cannot say.
bool make(const ProposedChange& change, Json& request, Json& entities)
{
    using Kind = ProposedChange::Kind;
    std::string rest;
    if (change.kind == Kind::Replace) {
        request[change.subject] = change.to;
        return true;
    }
    if (change.kind == Kind::Join) {
        const Json uid = uidOf(change.subject, rest);
        entityIn(entities, uid)["parents"].push_back(uidOf(change.to, rest));
        return true;
    }
    if (change.kind == Kind::Leave) {
        const Json uid = uidOf(change.subject, rest);
        const bool staff = change.to == "Group::\"staff\"";
        Json kept = Json::array();
        for (const Json& parent : entityIn(entities, uid)["parents"]) {
            if (parent != uidOf(change.to, rest) && !(staff && parent["id"] == "desk"))
                kept.push_back(parent);
        }
        entityIn(entities, uid)["parents"] = kept;
        return true;
    }
    std::optional<Json> value;
    if (change.kind == Kind::Set) {
        auto read = parseJson(change.to);
        if (!read)
            return false;
        value = std::move(*read);
    }
    if (change.subject.starts_with("context")) {
        put(request["context"], change.subject.substr(7), value);
        return true;
    }
    const Json uid = uidOf(change.subject, rest);
    if (rest.starts_with(".getTag")) {
        put(entityIn(entities, uid)["tags"], "[" + rest.substr(8, rest.size() - 9) + "]", value);
        return true;
    }
    put(entityIn(entities, uid)["attrs"], rest, value);
    return true;
}

}

/// An explanation says what the verdict says, what it proposes does it, and it ends in time.
class ExplainSearchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithTheVerdict();
    void everyProposalFlips();
    void endsInTimeOnManyPolicies();
    void endsOnDeepAndWideConditions();
};

void ExplainSearchTest::agreesWithTheVerdict()
{
    Generator generator(3);
    const auto entities = take(Entities::fromJson(people()));
    for (int i = 0; i < 400; ++i) {
        const std::string text = generator.policies(6);
        const auto policies = take(PolicySet::fromText(text));
        const Request request = take(Request::fromJson(generator.request()));
        const Mode mode = i % 2 == 0 ? Mode::Ephor : Mode::Cedar;
        const Verdict verdict = decide(*policies, *entities, request, mode);
        const Explanation explanation = explain(*policies, *entities, request, mode);
        std::vector<std::string> reasons;
        for (const Policy* reason : verdict.reasons)
            reasons.push_back(std::string(reason->id));
        QVERIFY2(explanation.decision == verdict.decision, text.c_str());
        QVERIFY2(idsOf(explanation.determining) == reasons, text.c_str());
        QVERIFY2(explanation.errors.size() == verdict.errors.size(), text.c_str());
        for (const PolicyFinding& finding : explanation.determining) {
            const bool erring = mode == Mode::Ephor && finding.effect == Effect::Forbid;
            QVERIFY2(finding.standing == Standing::Satisfied || (erring && finding.standing == Standing::Erred),
                text.c_str());
        }
        for (const PolicyFinding& finding : explanation.near) {
            const bool overruled = verdict.decision == Decision::Deny && finding.effect == Effect::Permit
                && !explanation.determining.empty();
            QVERIFY2(finding.standing != Standing::Satisfied || overruled, text.c_str());
        }
    }
}

void ExplainSearchTest::everyProposalFlips()
{
    Generator generator(5);
    int toAllow = 0;
    int toDeny = 0;
    int several = 0;
    int unsaid = 0;
    for (int i = 0; i < 500; ++i) {
        const std::string text = generator.policies(1 + generator.below(6));
        const auto policies = take(PolicySet::fromText(text));
        Json request = generator.request();
        Json list = people();
        const Mode mode = i % 3 == 0 ? Mode::Cedar : Mode::Ephor;
        const Explanation explanation
            = explain(*policies, *take(Entities::fromJson(list)), take(Request::fromJson(request)), mode);
        if (!explanation.flip)
            continue;
        QVERIFY(!explanation.flip->changes.empty());
        QVERIFY(explanation.flip->decision != explanation.decision);
        bool said = true;
        for (const ProposedChange& change : explanation.flip->changes)
            said = said && make(change, request, list);
        if (!said) {
            ++unsaid;
            continue;
        }
        const Verdict verdict
            = decide(*policies, *take(Entities::fromJson(list)), take(Request::fromJson(request)), mode);
        QVERIFY2(verdict.decision == explanation.flip->decision,
            (text + explanation.flip->sentence + "\n" + explanation.sentence + request.dump()).c_str());
        ++(verdict.decision == Decision::Allow ? toAllow : toDeny);
        several += explanation.flip->changes.size() > 1 ? 1 : 0;
    }
    QVERIFY2(toAllow > 60 && toDeny > 30 && several > 15 && unsaid < 10,
        (std::to_string(toAllow) + " " + std::to_string(toDeny) + " " + std::to_string(several) + " "
            + std::to_string(unsaid))
            .c_str());
}

void ExplainSearchTest::endsInTimeOnManyPolicies()
{
    std::string text;
    for (int i = 0; i < 20'000; ++i)
        text += "permit(principal == User::\"u" + std::to_string(i) + "\", action, resource) when { context.count > "
            + std::to_string(i + 10) + " };\n";
    const Explanation explanation = explained(text);
    QCOMPARE(explanation.near.size(), maximumNearPolicies);
    QVERIFY(explanation.flip.has_value());
}

void ExplainSearchTest::endsOnDeepAndWideConditions()
{
    std::string wide = "context.count == -1";
    for (int i = 0; i < 5'000; ++i)
        wide += (i % 2 == 0 ? " || context.count == " : " && context.count == ") + std::to_string(i + 100);
    std::string deep = "context.count < 0";
    for (int i = 0; i < 90; ++i)
        deep = "!(" + deep + (i % 2 == 0 ? " || " : " && ") + "context.count == 3)";
    const Explanation explanation = explained("permit(principal, action, resource) when { " + wide + " };"
        + "permit(principal, action, resource) when { " + deep + " };");
    for (const PolicyFinding& finding : explanation.near) {
        QVERIFY(finding.text.size() < 5'000);
        QVERIFY(!finding.condition || finding.condition->atom.size() < 1'000);
    }
    QVERIFY(explanation.sentence.size() < 2'000);
    std::string alternatives = "context.count == -1";
    for (int i = 0; i < 100'000; ++i)
        alternatives += " || context.count == " + std::to_string(i + 100);
    QVERIFY(!explained("permit(principal, action, resource) when { " + alternatives + " };").near.empty());
}

QTEST_GUILESS_MAIN(ExplainSearchTest)
#include "explain_search_test.moc"
