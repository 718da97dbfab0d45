#include "core/trust/cedar/evaluator.h"
#include "tests/core/trust/temporal/desk.h"
#include "tests/core/trust/temporal/naive_session.h"

#include <QTest>
#include <array>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::temporal;
using namespace ephor::temporal::tests;

namespace {

constexpr int sessions = 500;
constexpr int rulesInASession = 8;
constexpr int eventsInASession = 40;

cedar::Request requestOf(const NaiveCall& call)
{
    Json input = {{"amount", call.amount}};
    if (!call.to.empty())
        input["to"] = call.to;
    if (call.cost)
        input["cost"] = call.isDecimal
            ? Json{{"__extn", {{"fn", "decimal"}, {"arg", std::to_string(*call.cost) + ".0"}}}}
            : Json(*call.cost);
    return take(cedar::Request::fromJson(
        {{"principal", {{"type", "Agent"}, {"id", call.agent}}}, {"action", {{"type", "Action"}, {"id", call.action}}},
            {"resource", "Asset::\"books\""}, {"context", {{"input", input}}}}));
}

/// A session lived by the engine and by the list of its events at once.
class TwoSessions {
public:
    explicit TwoSessions(std::mt19937& chance)
        : m_chance(chance)
    {
        std::string text;
        for (int i = 0; i < rulesInASession; ++i) {
            m_rules.push_back(drawRule(chance));
            m_texts.push_back(
                "forbid(principal, action, resource) when temporal { " + textOf(m_rules.back()) + " };\n");
            text += m_texts.back();
        }
        m_policies = policiesOf(text);
        m_plan = Plan::compile(m_policies);
        m_state = std::make_unique<SessionState>(m_plan);
    }

    void live()
    {
        std::int64_t now = 0;
        for (int i = 0; i < eventsInASession; ++i) {
            static constexpr std::array<std::int64_t, 6> steps{0, 0, 1, second, 10 * second, minute};
            now += steps[m_chance() % steps.size()];
            NaiveCall call = drawCall(m_chance);
            call.at = now;
            m_calls.push_back(call);
            m_requests.push_back(requestOf(call));
            m_moments.push_back(take(m_state->record({call.kind, now, &m_requests.back()}, *actions())));
            changeSomething();
            // Some are decided late, when others came after them.
            const std::size_t place = m_chance() % 4 == 0 ? m_chance() % m_calls.size() : m_calls.size() - 1;
            compareAt(*m_state, place);
        }
        compareReplayed();
    }

    std::array<std::size_t, 3> met{}; ///< how often each Truth came up
    std::string difference; ///< empty while both agree

private:
    // What was asked may be denied or taken back at any later time.
    void changeSomething()
    {
        const std::size_t place = m_chance() % m_calls.size();
        NaiveCall& call = m_calls[place];
        if (call.withdrawn)
            return;
        if (m_chance() % 6 == 0) {
            call.kind = cedar::EventKind::Error;
            m_state->deny(m_moments[place], *std::next(m_requests.begin(), std::ptrdiff_t(place)), *actions());
        } else if (m_chance() % 12 == 0) {
            call.withdrawn = true;
            m_state->withdraw(m_moments[place]);
        }
    }

    void compareAt(const SessionState& state, std::size_t place)
    {
        const cedar::Request& request = *std::next(m_requests.begin(), std::ptrdiff_t(place));
        const SessionHistory history(state, m_moments[place]);
        cedar::Evaluator evaluator(*actions(), request, &history);
        for (std::size_t i = 0; i < m_rules.size(); ++i) {
            const cedar::Outcome outcome = evaluator.satisfies(m_policies->policies()[i]);
            const Truth truth = truthOf(m_rules[i], m_calls, place, m_calls[place]);
            ++met[std::size_t(truth)];
            const Truth found = outcome == cedar::Outcome::Fault ? Truth::Fault
                : outcome == cedar::Outcome::True                ? Truth::True
                                                                 : Truth::False;
            if (truth != found && difference.empty())
                difference = m_texts[i] + "event " + std::to_string(place) + ": " + std::to_string(int(truth))
                    + " is right, but the engine says " + std::to_string(int(found))
                    + (found == Truth::Fault ? " " + evaluator.fault().message : "");
        }
    }

    // After a restart the recorded events make the same state, denied requests as errors, withdrawn ones left out.
    void compareReplayed()
    {
        std::vector<Event> events;
        std::vector<NaiveCall> calls;
        auto request = m_requests.begin();
        for (const NaiveCall& call : m_calls) {
            if (!call.withdrawn) {
                events.push_back({call.kind, call.at, &*request});
                calls.push_back(call);
            }
            ++request;
        }
        const SessionState state = take(SessionState::replay(m_plan, events, *actions()));
        NaiveCall asked = drawCall(m_chance);
        asked.at = m_calls.back().at;
        m_calls = std::move(calls);
        m_calls.push_back(asked);
        m_requests.clear();
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            m_requests.push_back(requestOf(asked));
        m_moments.assign(m_calls.size(), state.next(asked.at));
        compareAt(state, m_calls.size() - 1);
    }

    std::mt19937& m_chance;
    std::vector<NaiveRule> m_rules;
    std::vector<std::string> m_texts;
    std::shared_ptr<const cedar::PolicySet> m_policies;
    std::shared_ptr<const Plan> m_plan;
    std::unique_ptr<SessionState> m_state;
    std::vector<NaiveCall> m_calls;
    std::list<cedar::Request> m_requests;
    std::vector<Moment> m_moments;
};

}

/// The incremental state answers what reading the whole session would.
class OracleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithReadingTheWholeSession();
};

void OracleTest::agreesWithReadingTheWholeSession()
{
    std::mt19937 chance(2026);
    std::array<std::size_t, 3> met{};
    for (int i = 0; i < sessions; ++i) {
        TwoSessions two(chance);
        two.live();
        QVERIFY2(two.difference.empty(), two.difference.c_str());
        for (std::size_t truth = 0; truth < met.size(); ++truth)
            met[truth] += two.met[truth];
    }
    const std::size_t all = met[0] + met[1] + met[2];
    QVERIFY(all > 100'000);
    // Each answer comes up often, so that agreeing means something.
    for (const std::size_t times : met)
        QVERIFY2(times * 25 > all,
            (std::to_string(met[0]) + " " + std::to_string(met[1]) + " " + std::to_string(met[2])).c_str());
}

QTEST_GUILESS_MAIN(OracleTest)
#include "oracle_test.moc"
