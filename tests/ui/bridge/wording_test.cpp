#include "ui/bridge/axis_money.h"
#include "ui/bridge/explanation_words.h"
#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"

#include "ui/kit/format.h"

#include <QTest>
#include <boost/mp11.hpp>

using namespace ephor;
using namespace ephor::ui;

class WordingTest : public QObject {
    Q_OBJECT

private:
    template <class Enum> static void everyStateIsWorded()
    {
        QStringList words;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto enumerator) {
            const StateWords state = stateOf(enumerator.value);
            QVERIFY2(!state.words.isEmpty(), enumerator.name);
            QVERIFY2(!words.contains(state.words), enumerator.name);
            words.append(state.words);
        });
    }
    template <class Enum> static void everyKindIsWorded()
    {
        QStringList words;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto enumerator) {
            QVERIFY2(!word(enumerator.value).isEmpty(), enumerator.name);
            QVERIFY2(!words.contains(word(enumerator.value)), enumerator.name);
            words.append(word(enumerator.value));
        });
    }

private Q_SLOTS:
    void statesHaveWordsOfTheirOwn()
    {
        everyStateIsWorded<RunState>();
        everyStateIsWorded<ChangeState>();
        everyStateIsWorded<RolloutState>();
        everyStateIsWorded<ApprovalState>();
        everyStateIsWorded<AgentHealth>();
        everyStateIsWorded<VerdictWord>();
        everyStateIsWorded<ephor::Access>();
    }

    void kindsHaveWordsOfTheirOwn()
    {
        everyKindIsWorded<Role>();
        everyKindIsWorded<Variant>();
        everyKindIsWorded<SideEffect>();
        everyKindIsWorded<StopMode>();
        everyKindIsWorded<Permission>();
        everyKindIsWorded<DefinitionKind>();
        everyKindIsWorded<SpanKind>();
    }

    void whatEndedDoesNotLookUnderWay()
    {
        for (const char* kind : {"rollout", "rollback", "pause", "release", "lift"}) {
            QVERIFY(itemState(kind) != State::running);
            QVERIFY(itemIcon(kind) != Icon::info);
        }
    }

    void agentsAreToldByTheirTitles()
    {
        QCOMPARE(titled("mail may not call mail.send.", "mail", "Mail desk"),
            QStringLiteral("Mail desk may not call mail.send."));
        QCOMPARE(titled("Each call of mail.send by mail asks.", "mail", "Mail desk"),
            QStringLiteral("Each call of mail.send by Mail desk asks."));
        QCOMPARE(
            titled("Customer refunds asks.", "refunds", "Customer refunds"), QStringLiteral("Customer refunds asks."));
        QCOMPARE(titled("mail may not send. Mail desk reads what strangers wrote.", "mail", "Mail desk"),
            QStringLiteral("Mail desk may not send. Mail desk reads what strangers wrote."));
        QCOMPARE(titled("hr-helper asks.", "hr", "HR"), QStringLiteral("hr-helper asks."));
        QCOMPARE(titled("hr asks.", "hr", ""), QStringLiteral("hr asks."));
    }

    void termsOfThePolicyLanguageBecomePlain()
    {
        QCOMPARE(plainTerms(QStringLiteral("action == Action::\"mail.send\"")), QStringLiteral("mail.send"));
        QCOMPARE(plainTerms(QStringLiteral("principal is Service")), QStringLiteral("a Service"));
        QCOMPARE(plainTerms(QStringLiteral("User::\"person:ines\"")), QStringLiteral("person:ines"));
        QCOMPARE(plainTerms(QStringLiteral("principal in Role::\"it/officer\"")), QStringLiteral("it/officer"));
        QCOMPARE(plainTerms(QStringLiteral("context.input.amount > 5")), QStringLiteral("context.input.amount > 5"));
    }

    void unknownWordsStayReadable()
    {
        QCOMPARE(entryKindWords("permit"), QStringLiteral("Permit"));
        QCOMPARE(entryKindWords("some-new.kind"), QStringLiteral("Some new kind"));
        QCOMPARE(outcomeOf("stepped-back").words, QStringLiteral("Stepped back"));
        QCOMPARE(outcomeOf("denied").state, State::denied);
        QCOMPARE(versionStateOf("elsewhere").state, State::unknown);
    }

    void librarySegmentsReadBack()
    {
        for (const DefinitionKind kind :
            {DefinitionKind::Agent, DefinitionKind::Prompt, DefinitionKind::Model, DefinitionKind::Tool})
            QVERIFY(definitionKindOf(librarySegment(kind)) == kind);
        QVERIFY(!definitionKindOf(QStringLiteral("nothing")));
    }

    void errorsAreWordedByCode()
    {
        const Error author(ErrorKind::Forbidden, "change.author", "core words", "core hint");
        QVERIFY(errorText(author).cause.startsWith(QStringLiteral("You wrote")));
        const Error other = Error(ErrorKind::Invalid, "some.code", "The cause.", "The mend.").with("verdict", "vd-1");
        QCOMPARE(errorText(other).cause, QStringLiteral("The cause."));
        QCOMPARE(errorText(other).hint, QStringLiteral("The mend."));
        QVERIFY(errorText(other).id.contains(QStringLiteral("vd-1")));
        QCOMPARE(errorLine(other), QStringLiteral("The cause. The mend."));
        // Of an error without a mend of its own the kind says what to do.
        QCOMPARE(errorLine(Error(ErrorKind::Timeout, "net.slow", "It took too long.")),
            QStringLiteral("It took too long. Wait a moment, then try again."));
        QVERIFY(!mayRetry(other));
        QVERIFY(mayRetry(Error(ErrorKind::Unavailable, "x", "y")));
    }

    void unknownIsNeverZero()
    {
        QCOMPARE(moneyText({}), format::unknown());
        QCOMPARE(axisMoney(0), QStringLiteral("$ 0.00"));
        QCOMPARE(axisMoney(0.5), QStringLiteral("$ 0.50"));
        QCOMPARE(axisMoney(0.025), QStringLiteral("$ 0.025"));
        QCOMPARE(axisMoney(1'500), QStringLiteral("$ 1,500.00"));
        QCOMPARE(axisMoney(0.12345678), QStringLiteral("$ 0.1235"));
        QCOMPARE(numberText({}), format::unknown());
        QCOMPARE(percentText(0, 0), format::unknown());
        QCOMPARE(secondsText({}), format::unknown());
        QCOMPARE(usageText({}), format::unknown());
        QCOMPARE(tokensText({10, {}, {}}), format::unknown());
        QCOMPARE(versionText(0), format::unknown());
        QCOMPARE(relativeTime({}, QDateTime::currentDateTime()), format::unknown());
        QCOMPARE(numberText(0), QStringLiteral("0"));
    }

    void valuesKeepTheirMeaning()
    {
        const Instant at(std::chrono::microseconds(1'773'670'808'123'456));
        QCOMPARE(instant(dateTime(at)), std::chrono::floor<std::chrono::milliseconds>(at));
        QCOMPARE(durationText(842'000), format::duration(842.0));
        QCOMPARE(shortId("sha256:0123456789abcdef"), QStringLiteral("01234567"));
        QCOMPARE(shortId("01a20540-9efe-7000-8f67-e4945b580c5d"), QStringLiteral("5b580c5d"));
        QCOMPARE(counted(1, QStringLiteral("1 run"), QStringLiteral("%1 runs")), QStringLiteral("1 run"));
        QCOMPARE(counted(0, QStringLiteral("1 run"), QStringLiteral("%1 runs")), QStringLiteral("0 runs"));
        QCOMPARE(counted(1'284, QStringLiteral("1 run"), QStringLiteral("%1 runs")), QStringLiteral("1,284 runs"));
        QCOMPARE(durationText(0), QStringLiteral("< 1 ms"));
        QCOMPARE(tokensText({3'184, 212, {}}), QStringLiteral("3,396"));
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'773'670'808'000);
        const ephor::TimeRange range = coreRange(ui::TimeRange::last(3'600), now);
        QCOMPARE(dateTime(range.from), now.addSecs(-3'600));
        QCOMPARE(range.to, Instant{});
    }
};

QTEST_GUILESS_MAIN(WordingTest)
#include "wording_test.moc"
