#include "core/trust/cedar/evaluator.h"
#include "core/trust/cedar/hearing.h"
#include "core/trust/cedar/value_builder.h"
#include "tests/core/trust/cedar/desk.h"
#include "tests/core/trust/cedar/generator.h"

#include <QTest>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

namespace {

/// What each policy, evaluated by itself, comes to.
struct Expected {
    std::vector<std::uint32_t> permits;
    std::vector<std::uint32_t> forbids;
    std::vector<std::string> errors;
};

Expected expectedOf(const PolicySet& policies, const Entities& entities, const Request& request)
{
    Expected expected;
    for (const Policy& policy : policies.policies()) {
        Evaluator evaluator(entities, request);
        const Outcome outcome = evaluator.satisfies(policy);
        if (outcome == Outcome::Fault)
            expected.errors.push_back(std::to_string(policy.order) + " at "
                + std::to_string(evaluator.fault().node->offset) + ": " + evaluator.fault().message);
        if (outcome == Outcome::True)
            (policy.effect == Effect::Permit ? expected.permits : expected.forbids).push_back(policy.order);
    }
    return expected;
}

/// The same request of each of the people, one of them twice.
std::vector<Request> askedByAll(const Request& request, Arena& arena)
{
    std::vector<Request> requests;
    for (const char* const id : {"ann", "bob", "new", "ann"})
        requests.push_back(Request::of(
            nullptr, makeUid(arena, "User", id), &request.action(), &request.resource(), &request.context()));
    return requests;
}

std::vector<std::uint32_t> listOf(const std::pmr::vector<std::uint32_t>& places)
{
    return {places.begin(), places.end()};
}

}

/// What a policy set as deciding reads it says is what its policies say one by one.
class HearingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatEachPolicySays();
    void takesConditionsApart_data();
    void takesConditionsApart();
    void keepsToManyPlaces();

private:
    static void compare(const PolicySet& policies, const Entities& entities, std::span<const Request> requests,
        std::size_t& held, std::size_t& erred);
};

// All requests in one hearing: what was worked out for one principal must not be taken for another's.
void HearingTest::compare(const PolicySet& policies, const Entities& entities, std::span<const Request> requests,
    std::size_t& held, std::size_t& erred)
{
    Hearing hearing(policies, Mode::Cedar, nullptr);
    const Asked first(entities, requests.front());
    for (const Request& request : requests) {
        const Asked asked(first, request);
        Heard heard(*std::pmr::new_delete_resource());
        hearing.hear(asked, heard);
        const Expected expected = expectedOf(policies, entities, request);
        QVERIFY(listOf(heard.permits) == expected.permits);
        QVERIFY(listOf(heard.forbids) == expected.forbids);
        std::vector<std::string> errors;
        for (const PolicyError& error : errorsOf(policies, asked, nullptr, heard))
            errors.push_back(
                std::to_string(error.policy->order) + " at " + std::to_string(error.offset) + ": " + error.message);
        QVERIFY(errors == expected.errors);
        held += expected.permits.size() + expected.forbids.size();
        erred += errors.size();
    }
}

void HearingTest::saysWhatEachPolicySays()
{
    Generator generator(31);
    const auto entities = take(Entities::fromJson(people()));
    std::size_t held = 0;
    std::size_t erred = 0;
    std::size_t asked = 0;
    Arena arena;
    for (int round = 0; round < 150; ++round) {
        const auto policies = take(PolicySet::fromText(generator.policies(20)));
        const Request first = take(Request::fromJson(generator.request()));
        compare(*policies, *entities, askedByAll(first, arena), held, erred);
        asked += 80;
    }
    // Neither nothing nor everything holds or errs.
    QVERIFY(held > asked / 20 && held < asked / 2);
    QVERIFY(erred > asked / 50 && erred < asked / 2);
}

void HearingTest::takesConditionsApart_data()
{
    QTest::addColumn<QByteArray>("condition");
    const auto row = [](const char* condition) { QTest::newRow(condition) << QByteArray(condition); };
    row("true");
    row("false");
    row("5");
    row("!(1 == 2)");
    row("context.mfa");
    row("!context.mfa");
    row("context.count");
    row("context.nope");
    row("context");
    row("context has count");
    row("context has home.city");
    row("!(context has home.city)");
    row("principal has home.city");
    row("!(principal has home.city)");
    row("principal has age.of");
    row("principal has home.town");
    row("principal.home has city && principal.home.city == \"Oslo\"");
    row("principal.manager.age > 45");
    row("principal.manager.manager.age > 45");
    row("context.count has x");
    row("context.count < 4");
    row("4 > context.count");
    row("3 <= context.count && 3 >= context.count");
    row("context.count < \"four\"");
    row("\"four\" < context.count");
    row("context.count == \"four\"");
    row("context.count != 3");
    row("3 != context.count");
    row("context.mfa < true");
    row("principal.home.floors.contains(2)");
    row("principal.home.floors.contains(\"2\")");
    row("principal.age.contains(2)");
    row("[3, 4].contains(context.count)");
    row("[[1, 2], [3]].contains(principal.home.floors)");
    row("principal.name like \"A*\"");
    row("principal.age like \"4*\"");
    row("principal.address == ip(\"10.1.2.3\")");
    row("principal == User::\"ann\"");
    row("User::\"ann\" == principal");
    row("principal.manager == User::\"bob\"");
    row("action == Action::\"read\" && resource.size >= 7");
    row("resource.size > 6 || principal.nope");
    row("!(resource.size > 8 || principal.nope)");
    row("!(principal.active && context.mfa)");
    row("(context.mfa && context.count) || true");
    row("!!(context.mfa && context.nope)");
}

void HearingTest::takesConditionsApart()
{
    QFETCH(QByteArray, condition);
    const std::string text = condition.toStdString();
    const auto policies = take(PolicySet::fromText("permit(principal, action, resource) when { " + text + " };"
        + "forbid(principal, action, resource) unless { " + text + " };"
        + "permit(principal, action, resource) when { context has count } unless { !(" + text + ") };"
        + "permit(principal, action, resource) when { " + text + " && " + text + " };"));
    const auto entities = take(Entities::fromJson(people()));
    Arena arena;
    const Request request = take(Request::fromJson(annReadsPlan()));
    std::size_t held = 0;
    std::size_t erred = 0;
    compare(*policies, *entities, askedByAll(request, arena), held, erred);
}

// Conditions beyond what a set keeps places for are read in another way, and say the same.
void HearingTest::keepsToManyPlaces()
{
    std::string text;
    for (int i = 0; i < 600; ++i) {
        const std::string name = "field" + std::to_string(i);
        text += "permit(principal, action, resource) when { context has " + name + " && context." + name + " > "
            + std::to_string(i % 7) + " };";
    }
    Json json = annReadsPlan();
    for (int i = 0; i < 600; i += 3)
        json["context"]["field" + std::to_string(i)] = i % 5;
    const auto policies = take(PolicySet::fromText(text));
    const auto entities = take(Entities::fromJson(people()));
    Arena arena;
    const Request request = take(Request::fromJson(json));
    std::size_t held = 0;
    std::size_t erred = 0;
    compare(*policies, *entities, askedByAll(request, arena), held, erred);
    QVERIFY(held > 100);
    QVERIFY(policies->deciding().lookups().size() < 600);
}

QTEST_GUILESS_MAIN(HearingTest)
#include "hearing_test.moc"
