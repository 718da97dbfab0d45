#include "core/trust/cedar/completion.h"

#include "core/trust/cedar/policy_set.h"
#include "tests/core/trust/cedar/desk.h"
#include "tests/core/trust/cedar/generator.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

namespace {

const Schema& shop()
{
    static const auto schema = take(Schema::fromText(
        "entity User in [Group] { age: Long, name?: String, address: __cedar::ipaddr, \"odd name\"?: Long, "
        "manager: User } tags String; entity Group in [Division]; entity Division; entity Agent; "
        "entity Color enum [\"red\", \"blue\"]; namespace Bank { entity Account { owner: User }; } entity Doc; "
        "action \"any\"; action read in [\"any\"] appliesTo { principal: [User], resource: [Doc], "
        "context: { mfa: Bool, labels: Set<String>, input: { amount: Long } } };"
        "action pay appliesTo { principal: [Agent], resource: [Bank::Account], "
        "context: { price: __cedar::decimal, now: __cedar::datetime } };"));
    return *schema;
}

/// Rows about places within a condition.
void offersInConditions()
{
    const auto inside = [](const char* condition, const char* choices) {
        const QByteArray text
            = QByteArray("permit(principal is User, action == Action::\"read\", resource) when { ") + condition;
        QTest::newRow(text) << text << QByteArray(choices);
    };
    inside("p|", "principal");
    inside("t|", "true");
    inside("context.|", "input labels mfa");
    inside("context.in|", "input");
    inside("context.input.|", "amount");
    inside("context[\"input\"].|", "amount");
    inside("context[\"l|", "\"labels\"");
    inside("context has |", "input labels mfa");
    inside("context has input.|", "amount");
    inside("context.mfa && principal.|", "address age manager name getTag( hasTag(");
    inside("principal.manager.manager.ag|", "age");
    inside("principal has \"o|", "\"odd name\"");
    inside("context.labels.c|", "contains( containsAll( containsAny(");
    inside("principal.address.is|", "isInRange( isIpv4() isIpv6() isLoopback() isMulticast()");
    inside("ip(\"::1\").isL|", "isLoopback()");
    inside("datetime(\"2026-01-01\").offset(duration(\"1h\")).to|", "toDate() toTime()");
    inside("User::\"ann\".a|", "address age");
    inside("principal.getTag(\"x\").|", "");
    inside("context.mfa |", "!= && < <= == > >= in || has is like");
    inside("principal i|", "in is");
    inside("if context.mfa t|", "then");
    inside("if context.mfa then 1 e|", "else");
    inside("principal is |", "Agent Bank::Account Color Division Doc Group User");
    inside("Color::|", "\"blue\" \"red\"");
    inside("action == A|", "action Action::\"any\" Action::\"pay\" Action::\"read\" Agent");
    inside("\"con|", "");
    inside("1|", "");
    inside("true // con|", "");
    inside("true // con\n && con|", "context");
}

/// What may stand at the bar, "insert" by "insert"; the bar is taken out.
QByteArray offered(QByteArray text, const CompletionSources& sources)
{
    const int bar = text.indexOf('|');
    text.remove(bar, 1);
    std::string all;
    for (const Completion& choice : complete(text.toStdString(), std::size_t(bar), sources).choices)
        all += (all.empty() ? "" : " ") + choice.insert;
    return QByteArray::fromStdString(all);
}

CompletionSources sourcesOfShop()
{
    static const std::array<AnnotationHint, 2> hints{
        {{"approve", "asks somebody first"}, {"reason", "is shown with the verdict"}}};
    static const auto entities = take(Entities::fromJson(people()));
    return {&shop(), entities.get(), hints, Grammar::Temporal};
}

}

class CompletionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void offers_data();
    void offers();
    void saysWhatEachIs();
    void tellsWhereTheWordBegins();
    void needsNoSources();
    void whatItOffersIsRead();
    void endsOnBombs();
};

void CompletionTest::offers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("choices");
    const auto at
        = [](const char* text, const char* choices) { QTest::newRow(text) << QByteArray(text) << QByteArray(choices); };
    at("|", "forbid permit");
    at("per|", "permit");
    at("@|", "approve reason");
    at("@re| permit", "reason");
    at("@approve(\"|\")", "");
    at("permit(principal, action, resource); for|", "forbid");
    at("permit(|", "principal");
    at("permit(principal |", "== in is");
    at("permit(principal i|", "in is");
    at("permit(principal == |", "Agent User");
    at("permit(principal is |", "Agent User");
    at("permit(principal is User |", "in");
    at("permit(principal in |", "Division Group Agent User");
    at("permit(principal == User::|", "\"ann\" \"bob\"");
    at("permit(principal == User::\"b|", "\"bob\"");
    at("permit(principal, |", "action");
    at("permit(principal, action |", "== in");
    at("permit(principal, action == |", "Action::\"any\" Action::\"pay\" Action::\"read\"");
    at("permit(principal, action in [Action::\"read\", |", "Action::\"any\" Action::\"pay\" Action::\"read\"");
    at("permit(principal, action == Action::\"p|", "\"pay\"");
    at("permit(principal, action == Action::\"pay\", resource is |", "Bank::Account");
    at("permit(principal, action, resource is Bank::|", "Account");
    at("permit(principal, action, resource) |", "unless when");
    at("permit(principal, action, resource) when |", "temporal");
    at("permit(principal, action, resource) when { true } un|", "unless");
    at("permit(principal, action == Action::\"pay\", resource) when { context.|", "now price");
    at("permit(principal, action == Action::\"pay\", resource) when { context.price.less|",
        "lessThan( lessThanOrEqual(");
    at("permit(principal, action in Action::\"any\", resource) when { context.|", "input labels mfa");
    at("permit(principal, action, resource) when { context.|", "input labels mfa now price");
    at("permit(principal, action, resource) when temporal { co|", "count context Color");
    at("permit(principal, action, resource) when { co|unt }", "context Color");
    offersInConditions();
}

void CompletionTest::offers()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, choices);
    QCOMPARE(offered(text, sourcesOfShop()), choices);
}

void CompletionTest::saysWhatEachIs()
{
    const std::string text = "permit(principal is User, action, resource) when { principal.";
    const Completions completions = complete(text, text.size(), sourcesOfShop());
    const auto named = [&](std::string_view insert) {
        const auto found = std::ranges::find(completions.choices, insert, &Completion::insert);
        return found == completions.choices.end() ? Completion{} : *found;
    };
    QCOMPARE(named("age").about, std::string("Long"));
    QCOMPARE(named("name").about, std::string("String, may be missing"));
    QVERIFY(named("age").kind == CompletionKind::Attribute && named("hasTag(").kind == CompletionKind::Method);
    QCOMPARE(nameOf(CompletionKind::EntityType), std::string_view("entity-type"));
}

void CompletionTest::tellsWhereTheWordBegins()
{
    const std::string text = "permit(principal == User::\"an";
    QCOMPARE(complete(text, text.size(), sourcesOfShop()).from, text.size() - 3);
    QCOMPARE(complete(text, 4, sourcesOfShop()).from, std::size_t(0));
    QCOMPARE(complete(text, 9'999, sourcesOfShop()).from, text.size() - 3);
}

void CompletionTest::needsNoSources()
{
    QCOMPARE(offered("permit(principal, action, resource) when { pr|", {}), QByteArray("principal"));
    QCOMPARE(offered("permit(principal == |", {}), QByteArray());
    QVERIFY(offered("permit(principal, action, resource) when { principal.|", {}).contains("contains("));
}

// What is offered where a whole policy is cut off must be able to go on: the policy's own next word is among it.
void CompletionTest::whatItOffersIsRead()
{
    const std::string policy = "permit ( principal is User , action in Action::\"any\" , resource ) when "
                               "{ context . mfa && context . labels . contains( \"a\" ) && principal . age > 3 } "
                               "unless { context has input && ( if true then false else true ) } ;";
    int met = 0;
    for (std::size_t at = 0; at < policy.size(); ++at) {
        const bool begins = std::isalpha(policy[at]) && (at == 0 || policy[at - 1] == ' ');
        if (!begins)
            continue;
        const std::size_t end = policy.find_first_of(" :", at);
        const std::string word = policy.substr(at, end - at);
        const Completions completions = complete(policy.substr(0, at), at, sourcesOfShop());
        QVERIFY2(std::ranges::any_of(
                     completions.choices, [&](const Completion& choice) { return choice.insert.starts_with(word); }),
            (word + " at " + std::to_string(at)).c_str());
        ++met;
    }
    QVERIFY(met > 20);
    QVERIFY(PolicySet::fromText(policy).has_value());
}

void CompletionTest::endsOnBombs()
{
    std::string dots = "permit(principal, action, resource) when { context";
    for (int i = 0; i < 200'000; ++i)
        dots += ".a";
    std::string brackets = "permit(principal, action, resource) when { ";
    brackets += std::string(100'000, '(') + "a" + std::string(100'000, ')') + ".";
    const std::string calls = "permit(" + std::string(300'000, '[') + "principal.f(" + std::string(100'000, ')') + ".";
    for (const std::string& text : {dots + ".", brackets, calls, std::string(300'000, '"'), std::string(300'000, '@'),
             std::string(300'000, ':'), std::string(300'000, '\0')}) {
        const Completions completions = complete(text, text.size(), sourcesOfShop());
        QVERIFY(completions.from <= text.size());
        QVERIFY(completions.choices.size() <= maximumCompletions);
    }
    Json list = Json::array();
    for (int i = 0; i < 5'000; ++i)
        list.push_back({{"uid", {{"type", "User"}, {"id", std::to_string(i)}}}, {"attrs", Json::object()},
            {"parents", Json::array()}});
    const auto entities = take(Entities::fromJson(list));
    const std::string text = "permit(principal == User::";
    QCOMPARE(
        complete(text, text.size(), {&shop(), entities.get(), {}, Grammar::Cedar}).choices.size(), maximumCompletions);
}

QTEST_GUILESS_MAIN(CompletionTest)
#include "completion_test.moc"
