#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

/// Counted sentences ("%n job(s)") have their two English forms, or people read the brackets.
class PluralsTest : public QObject {
    Q_OBJECT

private:
    static QString contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

private Q_SLOTS:
    void everyCountedSentenceHasItsForms()
    {
        const QString known = contentOf(QStringLiteral(EPHOR_SOURCE_DIR "/resources/translations/ephor_en.ts"));
        QVERIFY(!known.isEmpty());
        QVERIFY2(!known.contains(QStringLiteral("unfinished")), "a form is missing in ephor_en.ts");
        const QRegularExpression counted(QStringLiteral(R"(tr\(\s*"([^"\n]*%n[^"\n]*)\")"));
        int sentences = 0;
        for (const char* folder : {"ui", "app"}) {
            QDirIterator files(QStringLiteral(EPHOR_SOURCE_DIR "/") + QLatin1String(folder),
                {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const QString path = files.next();
                for (auto matches = counted.globalMatch(contentOf(path)); matches.hasNext(); ++sentences) {
                    const QString sentence = matches.next().captured(1);
                    QVERIFY2(known.contains(QStringLiteral("<source>%1</source>").arg(sentence.toHtmlEscaped())),
                        qPrintable(QStringLiteral("%1: \"%2\" has no forms in resources/translations/ephor_en.ts; run "
                                                  "lupdate -pluralonly (docs/console.md) and fill them in.")
                                .arg(path, sentence)));
                }
            }
        }
        QVERIFY(sentences > 10);
    }
};

QTEST_GUILESS_MAIN(PluralsTest)
#include "plurals_test.moc"
