#include "core/trust/ledger/entry_detail.h"

#include <QtTest>

using namespace ephor::ledger;

namespace {

const DetailNames names{[](const std::string& actor) { return actor == "person:p-1" ? "Ines Marchetti" : actor; },
    [](const std::string& release) { return release == "sha256:aa" ? "v4" : ""; }};

}

class EntryDetailTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesWhatAnActWasAbout_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("detail");
        const auto add = [](const char* name, const char* body, const char* detail) {
            QTest::newRow(name) << QByteArray(body) << QString(detail);
        };
        add("tool",
            R"({"operation":"tool.call","outcome":"allow","refs":{"release":"sha256:aa","tool":"documents.read"},
            "subject":"run:r-1"})",
            "documents.read");
        add("model", R"({"operation":"model.call","refs":{"model":"large","release":"sha256:aa"},"subject":"run:r-1"})",
            "large");
        add("run begins", R"({"operation":"runs.start","refs":{"release":"sha256:aa"},"subject":"run:r-1"})", "v4");
        add("run with its model",
            R"({"operation":"runs.start","refs":{"model":"large","release":"sha256:aa"},"subject":"run:r-1"})",
            "v4, large");
        add("unknown release", R"({"operation":"runs.start","refs":{"release":"sha256:bb"},"subject":"run:r-1"})", "");
        add("run ends", R"({"data":{"decision":{"amount":"42.33","outcome":"refunded","reference":"order 7"}},
            "operation":"run.end","outcome":"done","subject":"run:r-1"})",
            "refunded, 42.33, order 7");
        add("run fails", R"({"operation":"run.end","outcome":"failed","reason":"The model did not answer.",
            "subject":"run:r-1"})",
            "The model did not answer.");
        add("version", R"({"operation":"prompts.save","refs":{"version":"4"},"subject":"prompt:it-triage.system"})",
            "it-triage.system v4");
        add("change", R"({"operation":"changes.approve","refs":{"agent":"it-triage","change":"CH-19"},
            "subject":"change:CH-19"})",
            "CH-19, it-triage");
        add("rollout", R"({"data":{"from":0.05,"share":0.25},"operation":"rollouts.promote",
            "refs":{"agent":"it-triage","change":"CH-19"},"subject":"rollout:x"})",
            "CH-19, it-triage, 5 % to 25 %");
        add("half a percent", R"({"data":{"from":0,"share":0.005},"operation":"rollouts.start","refs":{},
            "subject":"rollout:x"})",
            "0 % to 0.5 %");
        add("grant", R"({"operation":"grants.tighten","refs":{"access":"deny"},"subject":"grant:a/documents.share"})",
            "a/documents.share, deny");
        add("stop", R"({"operation":"stops.set","refs":{"agent":"","mode":"no-writes","tool":""},"subject":"stop:x"})",
            "everything, no-writes");
        add("person", R"({"operation":"session.sign-in","refs":{"person":"person:p-1"},"subject":"person:p-1"})",
            "Ines Marchetti");
        add("unknown person", R"({"operation":"people.save","refs":{},
            "subject":"person:01a035c3-17e3-7003-87bc-3550b4f04dc5"})",
            "b4f04dc5");
        add("approval of old", R"({"operation":"approvals.decide","refs":{},
            "subject":"approval:01a20519-f118-7000-8c80-ed19863b49fc"})",
            "863b49fc");
        add("approval", R"({"operation":"approvals.decide","refs":{"tool":"directory.grant"},
            "subject":"approval:01a20519-f118-7000-8c80-ed19863b49fc"})",
            "directory.grant");
        add("record", R"({"operation":"audit.checkpoint","refs":{},"subject":"record"})", "record");
        add("unreadable", "{", "");
        add("no object", "[]", "");
        add("wrong types", R"({"operation":7,"refs":[],"subject":"prompt:x","data":3})", "x");
    }

    void namesWhatAnActWasAbout()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, detail);
        QCOMPARE(QString::fromStdString(entryDetail(body.toStdString(), names)), detail);
    }

    void readsNoSealedValue()
    {
        const std::string body = R"({"data":{"decision":{"outcome":{"c":"3q2+7w"},"reference":"order 7"}},)"
                                 R"("operation":"run.end","outcome":"done","refs":{},"subject":"run:r-1"})";
        QCOMPARE(entryDetail(body, names), std::string("order 7"));
    }
};

QTEST_GUILESS_MAIN(EntryDetailTest)

#include "entry_detail_test.moc"
