#include "core/api/policies.h"
#include "core/domain/reflect.h"
#include "core/trust/access/operation_words.h"
#include "core/trust/cedar/validator.h"
#include "core/trust/policy/grant_conditions.h"
#include "tests/core/trust/policy/rule_scene.h"

#include <QFile>
#include <QTest>

using namespace ephor;
using namespace ephor::policy;
using ephor::test::RuleScene;
using ephor::test::take;

namespace {

std::string pageText()
{
    QFile file(QStringLiteral(EPHOR_SOURCE_DIR "/docs/formats/policies.md"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the page is not there");
    return file.readAll().toStdString();
}

/// The blocks of the page that begin with this line.
std::vector<std::string> blocksOf(const std::string& kind)
{
    const std::string text = pageText();
    const std::string opening = "\n```" + kind + "\n";
    std::vector<std::string> blocks;
    for (std::size_t at = text.find(opening); at != std::string::npos; at = text.find(opening, at + 1)) {
        const std::size_t begin = at + opening.size();
        blocks.push_back(text.substr(begin, text.find("\n```", begin) - begin));
    }
    return blocks;
}

void requireValid(const std::string& text)
{
    const auto policies = take(cedar::PolicySet::fromText(text, {}, cedar::Grammar::Temporal));
    const bool overOperations = std::ranges::all_of(policies->policies(), access::isOverOperations);
    const auto schema = overOperations ? take(access::operationSchema()) : take(schemaOf(RuleScene().words));
    const cedar::Validation validation = cedar::validate(*policies, *schema);
    QVERIFY2(validation.valid(), validation.valid() ? "" : validation.errors.front().message.c_str());
    QVERIFY2(
        validation.warnings.empty(), validation.warnings.empty() ? "" : validation.warnings.front().message.c_str());
}

}

/// The examples of docs/formats/policies.md, held to what the code does.
class PoliciesPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void examplesAreValid();
    void grantsAreInTheirLayout();
    void linesOfConditionsAreRead();
    void bodiesAndAnswersAreRead();
};

void PoliciesPageTest::examplesAreValid()
{
    const auto blocks = blocksOf("cedar");
    QVERIFY(blocks.size() >= 3);
    for (const std::string& block : blocks) {
        const auto rules = take(rulesIn(block, "page", RuleMode::Enforce));
        QVERIFY(!rules.empty());
        take(RuleSet::compile(rules));
        requireValid(block);
    }
}

void PoliciesPageTest::grantsAreInTheirLayout()
{
    const auto blocks = blocksOf("cedar grant");
    QCOMPARE(blocks.size(), std::size_t(2));
    for (const std::string& block : blocks) {
        requireValid(block);
        const auto set = take(cedar::PolicySet::fromText(block));
        std::vector<PolicyText> policies;
        for (const cedar::Policy& policy : set->policies())
            policies.push_back({std::string(policy.annotation("id")->value), std::string(policy.text())});
        const auto forms = grantsOf(policies);
        QCOMPARE(forms.size(), std::size_t(1));
        QVERIFY(take(policiesOf(forms.front())) == policies);
    }
}

void PoliciesPageTest::linesOfConditionsAreRead()
{
    // Of the table, one in each row and the one with brackets below it.
    const std::string text = pageText();
    std::vector<GrantConditionKind> kinds;
    for (const char* const begin : {"`context.input has ", "`context.now.toTime()", "`[\"public\""}) {
        for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
            const std::string line = text.substr(at + 1, text.find('`', at + 1) - at - 1);
            if (const auto condition = conditionFrom(line))
                kinds.push_back(condition->kind);
        }
    }
    using Kind = GrantConditionKind;
    for (const Kind kind : {Kind::AtMost, Kind::OneOf, Kind::OwnOnly, Kind::Hours, Kind::Classification})
        QVERIFY(std::ranges::find(kinds, kind) != kinds.end());
    QCOMPARE(kinds.size(), std::size_t(7));
}

void PoliciesPageTest::bodiesAndAnswersAreRead()
{
    const auto blocks = blocksOf("json");
    QCOMPARE(blocks.size(), std::size_t(2));
    const auto body = take(fromJson<PolicyBody>(take(parseJson(blocks[0])), UnknownMembers::Refuse));
    QCOMPARE(body.cases.size(), std::size_t(1));
    requireValid(body.text);
    const auto answer = take(fromJson<Backtest::Response>(take(parseJson(blocks[1])), UnknownMembers::Refuse));
    QCOMPARE(answer.flips, std::uint64_t(1));
}

QTEST_GUILESS_MAIN(PoliciesPageTest)
#include "policies_page_test.moc"
