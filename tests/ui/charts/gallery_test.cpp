#include "ui/charts/gallery.h"
#include "ui/kit/gallery.h"
#include "ui/kit/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QDir>
#include <QImage>
#include <QLineEdit>
#include <QSet>
#include <QStackedWidget>
#include <QTest>
#include <memory>

using namespace ephor::ui;

/// The gallery as a subject: everything in it has a name, a picture and no fixed text sizes. With EPHOR_SNAPSHOTS set
/// to a folder, the pictures are written there for review.
class GalleryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Theme::instance().install();
        Theme::instance().setMotion(Theme::Motion::reduced);
        addChartGallery();
    }

    void everyFocusableHasAName()
    {
        const std::unique_ptr<QWidget> gallery(makeGallery());
        const QList<QWidget*> widgets = gallery->findChildren<QWidget*>();
        int named = 0;
        for (const QWidget* widget : widgets) {
            const bool inside = widget->parentWidget() != nullptr
                && (qobject_cast<QComboBox*>(widget->parentWidget()) != nullptr
                    || widget->objectName().startsWith(QStringLiteral("qt_")));
            if (!(widget->focusPolicy() & Qt::TabFocus) || inside || widget->isHidden())
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const QString name = !widget->accessibleName().isEmpty() ? widget->accessibleName()
                : button != nullptr                                  ? button->text()
                                                                     : QString();
            QVERIFY2(!name.isEmpty(),
                qPrintable(QStringLiteral("%1 in %2 has no name")
                        .arg(QLatin1String(widget->metaObject()->className()),
                            QLatin1String(widget->parentWidget()->metaObject()->className()))));
            ++named;
        }
        QVERIFY(named > 60);
    }

    void everyPageDraws_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("light") << QStringLiteral("light");
        QTest::newRow("dark") << QStringLiteral("dark");
        QTest::newRow("contrast") << QStringLiteral("contrast");
    }

    void everyPageDraws()
    {
        QFETCH(QString, scheme);
        Theme::instance().setAppearance(scheme == QStringLiteral("light") ? Theme::Appearance::light
                : scheme == QStringLiteral("dark")                        ? Theme::Appearance::dark
                                                                          : Theme::Appearance::highContrast);
        const std::unique_ptr<QWidget> gallery(makeGallery());
        gallery->show();
        const QString folder = qEnvironmentVariable("EPHOR_SNAPSHOTS");
        QSet<QByteArray> seen;
        for (const char* name : galleryPageNames()) {
            QVERIFY2(showGalleryPage(gallery.get(), name), name);
            QCoreApplication::processEvents();
            const QImage picture = gallery->grab().toImage();
            QVERIFY2(!picture.isNull(), name);
            const QByteArray bytes(
                reinterpret_cast<const char*>(picture.constBits()), static_cast<qsizetype>(picture.sizeInBytes()));
            QVERIFY2(!seen.contains(bytes), name);
            seen.insert(bytes);
            if (!folder.isEmpty())
                QVERIFY(
                    picture.save(QDir(folder).filePath(QStringLiteral("%1-%2.png").arg(QLatin1String(name), scheme))));
        }
        QVERIFY(!showGalleryPage(gallery.get(), "no such page"));
    }

    void aChangeOfThemeRepaintsWhatIsOpen()
    {
        Theme::instance().setAppearance(Theme::Appearance::light);
        const std::unique_ptr<QWidget> gallery(makeGallery());
        gallery->show();
        QVERIFY(showGalleryPage(gallery.get(), "cards"));
        const QImage light = gallery->grab().toImage();
        Theme::instance().setAppearance(Theme::Appearance::dark);
        QCoreApplication::processEvents();
        const QImage dark = gallery->grab().toImage();
        const auto lightness = [](const QImage& image) {
            return QColor(image.pixel(image.width() - 4, image.height() - 4)).lightnessF();
        };
        QVERIFY(lightness(light) > 0.9);
        QVERIFY(lightness(dark) < 0.2);
    }
};

QTEST_MAIN(GalleryTest)
#include "gallery_test.moc"
