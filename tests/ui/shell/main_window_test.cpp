#include "core/api/audit.h"
#include "core/api/insight.h"
#include "tests/ui/support/snapshots.h"
#include "tests/ui/support/ui_support.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/theme.h"
#include "ui/shell/main_window.h"
#include "ui/shell/persona_list.h"

#include <QAbstractButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::test;

namespace {

/// A page with something typed.
class TypedScreen : public Screen {
public:
    using Screen::Screen;
    void open(const Route&) override { }
    void refresh(const TopicSet&) override { }
    QString title() const override { return QStringLiteral("Typed"); }
    bool hasUnsavedWork() const override { return true; }
};

}

class MainWindowTest : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<ScriptedBackend> m_backend;

    Openings openings()
    {
        Openings ways;
        ways.demo = [backend = m_backend](const OpeningProgress& tell) -> Result<Opened> {
            tell(QStringLiteral("Making history"), 0.5);
            return Opened{backend, QStringLiteral("local workspace"), {}};
        };
        ways.folder = [](const QString&) -> Result<Opened> {
            return fail(ErrorKind::NotFound, "workspace.missing", "There is no workspace in this folder.");
        };
        ways.server = [backend = m_backend](
                          const QString& url, const QString&) -> Result<Opened> { return Opened{backend, url, url}; };
        return ways;
    }

    static QAbstractButton* button(QWidget& widget, const QString& words)
    {
        for (QAbstractButton* one : widget.findChildren<QAbstractButton*>()) {
            if (one->isVisible() && (one->text().contains(words) || one->accessibleName().contains(words)))
                return one;
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("EphorTest"));
        QSettings().clear();
        Theme::instance().install();
    }

    void init()
    {
        m_backend = std::make_shared<ScriptedBackend>();
        Persona ines;
        ines.name = "Ines Marchetti";
        ines.login = "ines";
        ines.role = Role::Officer;
        Persona jonas;
        jonas.name = "Jonas Weber";
        jonas.login = "jonas";
        jonas.role = Role::Admin;
        m_backend->give<ListPersonas>({{ines, jonas}});
        m_backend->answer<SignInAs>([](const SignInAs::Request& ask) -> Result<SignIn::Response> {
            return SignIn::Response{"token-" + ask.login, ask.login == "ines" ? officerSession() : adminSession()};
        });
        m_backend->answer<SignIn>([](const SignIn::Request& ask) -> Result<SignIn::Response> {
            if (ask.password != "correct horse")
                return fail(ErrorKind::Unauthenticated, "session.refused", "Not right.");
            return SignIn::Response{"token", officerSession()};
        });
        m_backend->give<SignOut>({});
        m_backend->give<RecordState>({});
        m_backend->give<ReadInbox>({});
    }

    void demoThenPersonaThenSomebodyElse()
    {
        MainWindow window(openings());
        window.show();
        button(window, QStringLiteral("demo workspace"))->click();
        QTRY_VERIFY(button(window, QStringLiteral("Continue as Ines")));
        button(window, QStringLiteral("Continue as Ines"))->click();
        QTRY_VERIFY(window.workbench());
        window.workbench()->navigate(routes::change(QStringLiteral("CH-12")));
        QCOMPARE(utf8(text(window.workbench()->session().info().principal.name)), std::string("Ines Marchetti"));

        Q_EMIT window.workbench()->personaWanted(QStringLiteral("jonas"));
        QTRY_VERIFY(
            window.workbench() && window.workbench()->session().info().principal.name == std::string("Jonas Weber"));
        QCOMPARE(window.workbench()->route(), routes::change(QStringLiteral("CH-12")));
    }

    void passwordErrorsStayInPlace()
    {
        MainWindow window(openings());
        window.show();
        window.signInPage().openServer(QStringLiteral("https://example.com"), {});
        QTRY_VERIFY(button(window, QStringLiteral("Sign in")));
        QTRY_VERIFY(button(window, QStringLiteral("Continue as Ines")));
        const QList<TextField*> fields = window.signInPage().findChildren<TextField*>();
        TextField* login = nullptr;
        TextField* password = nullptr;
        for (TextField* field : fields) {
            if (field->isVisible())
                (field->echoMode() == QLineEdit::Password ? password : login) = field;
        }
        login->setText(QStringLiteral("ines"));
        password->setText(QStringLiteral("wrong"));
        button(window, QStringLiteral("Sign in"))->click();
        auto* error = window.signInPage().findChild<InlineError*>();
        QTRY_VERIFY(error->isVisible());
        QVERIFY(password->text().isEmpty());
        password->setText(QStringLiteral("correct horse"));
        button(window, QStringLiteral("Sign in"))->click();
        QTRY_VERIFY(window.workbench());
    }

    void nothingSecretIsRemembered()
    {
        for (const QString& key : QSettings().allKeys()) {
            const QString kept = QSettings().value(key).toString();
            QVERIFY2(!kept.contains(QStringLiteral("correct horse")) && !kept.contains(QStringLiteral("token")),
                qPrintable(key));
        }
        QCOMPARE(ConsoleSettings().lastLogin(), QStringLiteral("ines"));
        QVERIFY(ConsoleSettings().recentPlaces().contains(QStringLiteral("https://example.com")));
    }

    void aFolderThatIsNoneSaysSo()
    {
        MainWindow window(openings());
        window.show();
        window.signInPage().openFolder(QStringLiteral("/nowhere"));
        auto* error = window.signInPage().findChild<InlineError*>();
        QTRY_VERIFY(error->isVisible());
        QVERIFY(error->accessibleName().contains(QStringLiteral("no workspace")));
    }

    void anExpiredSessionLeadsBackToTheSamePage()
    {
        MainWindow window(openings());
        window.show();
        window.signInPage().setPersona(QStringLiteral("ines"));
        window.signInPage().openDemo();
        QTRY_VERIFY(window.workbench());
        window.workbench()->navigate(routes::run(QStringLiteral("8f3a21")));
        QVERIFY(settle(window.workbench()->session()));
        m_backend->failWith<ReadInbox>({ErrorKind::Unauthenticated, "session.expired", "Expired."});
        m_backend->push(Topic::Approvals);
        auto* error = window.signInPage().findChild<InlineError*>();
        QTRY_VERIFY(!window.workbench() && error->isVisible());
        m_backend->give<ReadInbox>({});
        QTRY_VERIFY(button(window, QStringLiteral("Continue as Ines")));
        button(window, QStringLiteral("Continue as Ines"))->click();
        QTRY_VERIFY(window.workbench());
        QCOMPARE(window.workbench()->route(), routes::run(QStringLiteral("8f3a21")));
    }

    void signInPageIsNamedAndReachedByTab()
    {
        MainWindow window(openings());
        window.show();
        QVERIFY2(accessibilityFaults(&window).isEmpty(), qPrintable(accessibilityFaults(&window).join(u'\n')));
        QVERIFY(writeSnapshots(&window, QStringLiteral("shell-choices")));
        window.signInPage().openDemo();
        QTRY_VERIFY(button(window, QStringLiteral("Continue as Ines")));
        QVERIFY(writeSnapshots(&window, QStringLiteral("shell-sign-in")));
        QVERIFY2(accessibilityFaults(&window).isEmpty(), qPrintable(accessibilityFaults(&window).join(u'\n')));
    }

    void quittingAsksWhereSomethingTypedWouldBeLost()
    {
        Workbench::Settings settings;
        settings.screens[QStringLiteral("home")]
            = [](ScreenContext& context, QWidget* parent) { return new TypedScreen(context, parent); };
        MainWindow window(openings(), settings);
        window.show();
        window.signInPage().setPersona(QStringLiteral("ines"));
        window.signInPage().openDemo();
        QTRY_VERIFY(window.workbench());
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(window.workbench(), Qt::Key_Q, Qt::ControlModifier);
        QTRY_VERIFY(window.findChild<ConfirmDialog*>());
        QVERIFY(window.isVisible());
        window.findChild<ConfirmDialog*>()->accept();
        QTRY_VERIFY(!window.isVisible());
    }

    void aWorkspaceIsNamedAsItsFolder()
    {
        Openings ways = openings();
        ways.create = [](const NewWorkspace&) -> Result<Opened> {
            return fail(ErrorKind::Conflict, "workspace.exists", "There is one.");
        };
        MainWindow window(ways);
        window.show();
        button(window, QStringLiteral("Create"))->click();
        const auto field = [&window](const QString& name) {
            for (TextField* one : window.signInPage().findChildren<TextField*>()) {
                if (one->isVisible() && one->accessibleName() == name)
                    return one;
            }
            return static_cast<TextField*>(nullptr);
        };
        QTRY_VERIFY(field(QStringLiteral("Folder")));
        TextField* folder = field(QStringLiteral("Folder"));
        QTest::keyClicks(folder, QStringLiteral("/srv/retail-bank/"));
        QCOMPARE(field(QStringLiteral("Name of the workspace"))->text(), QStringLiteral("retail-bank"));
        field(QStringLiteral("Name of the workspace"))->clear();
        QTest::keyClicks(field(QStringLiteral("Name of the workspace")), QStringLiteral("Retail"));
        QTest::keyClicks(folder, QStringLiteral("x"));
        QCOMPARE(field(QStringLiteral("Name of the workspace"))->text(), QStringLiteral("Retail"));
    }

    void settingsReadBack()
    {
        ConsoleSettings settings;
        QCOMPARE(settings.appearance(), Theme::Appearance::system);
        settings.setAppearance(Theme::Appearance::dark);
        QCOMPARE(ConsoleSettings().appearance(), Theme::Appearance::dark);
        settings.setMotion(Theme::Motion::reduced);
        QCOMPARE(ConsoleSettings().motion(), Theme::Motion::reduced);
        settings.setLastRoute(routes::entry(12));
        QCOMPARE(ConsoleSettings().lastRoute(), routes::entry(12));
    }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
