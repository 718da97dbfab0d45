#include "core/trust/detect/exception_list.h"

#include "core/trust/detect/keyed_digest.h"

#include <QTest>

using namespace ephor;
using namespace ephor::detect;

namespace {

const Entity card{"CREDIT_CARD", "Card number", EntityClass::Financial};
const Entity person{"PERSON", "Name", EntityClass::Personal};
const Entity token{"GITHUB_TOKEN", "GitHub token", EntityClass::Secret};
const Bytes key(32, 7);

ExceptionList listOf(const Entity& entity, std::string_view value)
{
    return ExceptionList(key, {{entity.name, ExceptionList::digestOf(key, entity, value)}});
}

}

class ExceptionListTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coversTheValueInEachSpelling()
    {
        const ExceptionList list = listOf(card, "4111 1111 1111 1111");
        QVERIFY(list.covers(card, "4111-1111-1111-1111"));
        QVERIFY(list.covers(card, "4111111111111111"));
        QVERIFY(list.covers(card,
            "\xEF\xBC\x94"
            "111 1111 1111 1111"));
        QVERIFY(listOf(person, "Ann Smith").covers(person, " ann  SMITH "));
    }

    void coversNothingElse()
    {
        const ExceptionList list = listOf(card, "4111 1111 1111 1111");
        QVERIFY(!list.covers(card, "4111 1111 1111 1112"));
        QVERIFY(!list.covers(card, ""));
        QVERIFY(!list.covers(person, "4111 1111 1111 1111"));
        // Secrets differ by case.
        QVERIFY(!listOf(token, "abcDEF").covers(token, "abcdef"));
        QVERIFY(listOf(token, "abcDEF").covers(token, "abcDEF"));
        QVERIFY(!ExceptionList().covers(card, "4111 1111 1111 1111"));
        const ExceptionList otherKey(
            Bytes(32, 8), {{card.name, ExceptionList::digestOf(key, card, "4111111111111111")}});
        QVERIFY(!otherKey.covers(card, "4111111111111111"));
    }

    void keepsWhereTheEntityEndsApart()
    {
        const Entity longer{"CREDIT_CARD_X", "", EntityClass::Personal};
        const Entity shorter{"CREDIT_CARD_", "", EntityClass::Personal};
        QVERIFY(ExceptionList::digestOf(key, longer, "y") != ExceptionList::digestOf(key, shorter, "xy"));
    }

    void passesOverRowsThatAreNoDigests()
    {
        const ExceptionList list(key, {{"CREDIT_CARD", ""}, {"CREDIT_CARD", "4111111111111111"}});
        QVERIFY(list.empty());
        QVERIFY(!list.covers(card, "4111111111111111"));
    }
};

QTEST_GUILESS_MAIN(ExceptionListTest)
#include "exception_list_test.moc"
