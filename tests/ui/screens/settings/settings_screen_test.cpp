#include "tests/ui/screens/settings/settings_stage.h"

#include "ui/kit/button.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/item_list.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/kit/switch.h"
#include "ui/screens/settings/appearance_settings.h"
#include "ui/screens/settings/key_dialog.h"
#include "ui/screens/settings/person_form.h"
#include "ui/screens/settings/provider_row.h"
#include "ui/screens/settings/secrets_page.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::settings;
using namespace ephor::ui::test;

class SettingsScreenTest : public QObject, private SettingsStage {
    Q_OBJECT

private:
    QTemporaryDir m_configuration;

private Q_SLOTS:
    void initTestCase() { prepare(m_configuration); }

    void init() { stage(adminSession()); }

    void cleanup()
    {
        m_screen.reset();
        m_stage.reset();
    }

    void searchComesFirstAndLeadsToARow()
    {
        make(QStringLiteral("settings/people"));
        QCOMPARE(m_screen->title(), QStringLiteral("People"));
        m_screen->focusSearch();
        auto* search = named<SearchField>(QStringLiteral("Search settings"));
        search->setText(QStringLiteral("dark"));
        Q_EMIT search->searchChanged(search->text());
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(m_screen->title(), QStringLiteral("Appearance"));
        QVERIFY(named<Segmented>(QStringLiteral("Theme")));
    }

    void aPersonIsChanged()
    {
        make(QStringLiteral("settings/people?person=person:priya"));
        auto* form = m_screen->findChild<PersonForm*>();
        QVERIFY(form->isVisible());
        QVERIFY(!m_screen->hasUnsavedWork());
        backend().answer<SavePerson>([](const SavePerson::Request& ask) -> SavePerson::Response {
            Person saved = bankPeople()[2];
            saved.title = ask.title;
            saved.roles.assign(ask.roles.begin(), ask.roles.end());
            return {saved};
        });
        named<TextField>(QStringLiteral("Title"), form)->setText(QStringLiteral("Payments officer"));
        auto* team = named<Select>(QStringLiteral("Team of role 1"), form);
        team->setCurrentIndex(team->findData(QStringLiteral("retail")));
        QVERIFY(m_screen->hasUnsavedWork());
        button(QStringLiteral("Save"), form)->click();
        QVERIFY(settle(m_stage->session));
        const SavePerson::Request sent = backend().lastRequest<SavePerson>();
        QCOMPARE(sent.id, Text<96>("person:priya"));
        QCOMPARE(sent.title, Line("Payments officer"));
        QCOMPARE(sent.roles.size(), 2u);
        QCOMPARE(sent.roles[0], grantOf(Role::Officer, "retail", "production"));
        QVERIFY(sent.password.empty());
        QVERIFY(says(QStringLiteral("Saved")));
        QVERIFY(!m_screen->hasUnsavedWork());
        picture(QStringLiteral("settings-people"));
    }

    void ownRolesAreRefusedInPlace()
    {
        make(QStringLiteral("settings/people?person=person:Jonas%20Weber"));
        auto* form = m_screen->findChild<PersonForm*>();
        QVERIFY(says(QStringLiteral("This is you")));
        backend().failWith<SavePerson>(Error(ErrorKind::Forbidden, "identity.own-roles",
            "Nobody changes their own roles.", "Ask another administrator."));
        auto* role = named<Select>(QStringLiteral("Role 1"), form);
        role->setCurrentIndex(role->findData(static_cast<int>(Role::Officer)));
        button(QStringLiteral("Save"), form)->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("Nobody changes their own roles. Ask another administrator.")));
        backend().failWith<SavePerson>(Error(ErrorKind::Conflict, "people.login-taken",
            "Somebody else signs in with this login.", "Choose another login."));
        button(QStringLiteral("Save"), form)->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(!says(QStringLiteral("Nobody changes their own roles")));
        QCOMPARE(named<TextField>(QStringLiteral("Login"), form)->error(),
            QStringLiteral("Somebody else signs in with this login. Choose another login."));
    }

    void aPersonIsAddedAndOneDeactivated()
    {
        make(QStringLiteral("settings/people"));
        button(QStringLiteral("Add person"))->click();
        auto* form = m_screen->findChild<PersonForm*>();
        QVERIFY(!button(QStringLiteral("Add"), form)->isEnabled());
        named<TextField>(QStringLiteral("Name"), form)->setText(QStringLiteral("Nils Berg"));
        named<TextField>(QStringLiteral("Login"), form)->setText(QStringLiteral("nils"));
        named<TextField>(QStringLiteral("Password"), form)->setText(QStringLiteral("correct horse battery"));
        backend().answer<SavePerson>([](const SavePerson::Request& ask) -> SavePerson::Response {
            Person saved = personOf("person:nils", "nils", "Nils Berg", "", {});
            saved.roles.assign(ask.roles.begin(), ask.roles.end());
            return {saved};
        });
        QSignalSpy moved(m_screen.get(), &Screen::routeChanged);
        button(QStringLiteral("Add"), form)->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<SavePerson>().password, (SecretText<1'024>("correct horse battery")));
        QVERIFY(backend().lastRequest<SavePerson>().id.empty());
        QCOMPARE(moved.last()[0].value<Route>(), Route::parse(QStringLiteral("settings/people?person=person:nils")));
        QVERIFY(named<TextField>(QStringLiteral("Password"), form)->text().isEmpty());
        chooseRow(QStringLiteral("People"), QStringLiteral("Tom Okafor"));
        for (Switch* active : form->findChildren<Switch*>())
            active->click();
        button(QStringLiteral("Save"), form)->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(!backend().lastRequest<SavePerson>().active);
        QCOMPARE(backend().lastRequest<SavePerson>().id, Text<96>("person:tom"));
    }

    void rowsOfOthersAreDisabledWithWhomToAsk()
    {
        stage(officerSession());
        make(QStringLiteral("settings/people?person=person:priya"));
        auto* name = named<TextField>(QStringLiteral("Name"));
        QVERIFY(!name->isEnabled());
        QVERIFY2(name->toolTip().contains(QStringLiteral("Ask")), qPrintable(name->toolTip()));
        QVERIFY(!button(QStringLiteral("Add person"))->isEnabled());
        m_screen->open(Route::parse(QStringLiteral("settings/secrets")));
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().calls<ListSecrets>(), 0);
        m_screen->open(Route::parse(QStringLiteral("settings/keys?key=key:checkout")));
        QVERIFY(settle(m_stage->session));
        QVERIFY(!button(QStringLiteral("Revoke…"))->isEnabled());
        QVERIFY(!button(QStringLiteral("Create key"))->isEnabled());
    }

    void aTeamIsRenamed()
    {
        make(QStringLiteral("settings/teams?team=cards"));
        auto* title = named<TextField>(QStringLiteral("Title"));
        QVERIFY(title);
        QVERIFY(named<TextField>(QStringLiteral("Team"))->isReadOnly());
        title->setText(QStringLiteral("Cards and wallets"));
        backend().give<SaveTeam>({{"cards", "Cards and wallets", 2, 1}});
        button(QStringLiteral("Save"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<SaveTeam>().name, Name("cards"));
        QCOMPARE(backend().lastRequest<SaveTeam>().title, Line("Cards and wallets"));
        picture(QStringLiteral("settings-teams"));
    }

    void aKeyIsMadeAndItsTokenShownOnce()
    {
        make(QStringLiteral("settings/keys"));
        button(QStringLiteral("Create key"))->click();
        auto* dialog = m_screen->findChild<KeyDialog*>();
        QVERIFY(dialog);
        Button* create = button(QStringLiteral("Create key"), dialog);
        QVERIFY(!create->isEnabled());
        for (TextField* field : dialog->findChildren<TextField*>()) {
            if (field->accessibleName() == QStringLiteral("Name"))
                field->setText(QStringLiteral("Batch"));
            if (field->accessibleName() == QStringLiteral("Only these agents"))
                field->setText(QStringLiteral("refunds, it-triage,"));
        }
        ServiceKey made = bankKeys()[1];
        made.name = "Batch";
        backend().give<CreateKey>({made, "eph_7Kq2_the-whole-token"});
        create->click();
        QVERIFY(settle(m_stage->session));
        const CreateKey::Request sent = backend().lastRequest<CreateKey>();
        QCOMPARE(sent.name, Name("Batch"));
        QCOMPARE(sent.team, Name("cards"));
        QCOMPARE(sent.agents.size(), 2u);
        QCOMPARE(sent.days, 90u);
        QCOMPARE(sent.permissions.size(), 2u);
        button(QStringLiteral("Copy"), dialog)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("eph_7Kq2_the-whole-token"));
        QVERIFY(settle(m_stage->session));
        if (const QString folder = qEnvironmentVariable("EPHOR_SNAPSHOTS"); !folder.isEmpty())
            QVERIFY(dialog->grab().save(folder + QStringLiteral("/settings-key-token.png")));
        dialog->close();
        QGuiApplication::clipboard()->clear();
    }

    void aKeyIsRevokedWithAReason()
    {
        make(QStringLiteral("settings/keys"));
        QVERIFY(!button(QStringLiteral("Revoke…"))->isEnabled());
        chooseRow(QStringLiteral("Service keys"), QStringLiteral("Checkout backend"));
        backend().give<RevokeKey>({});
        button(QStringLiteral("Revoke…"))->click();
        auto* dialog = m_screen->findChild<ReasonDialog*>();
        QVERIFY(dialog);
        dialog->findChildren<QRadioButton*>().first()->click();
        button(QStringLiteral("Revoke key"), dialog)->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<RevokeKey>().id, Id("key:checkout"));
        QCOMPARE(backend().lastRequest<RevokeKey>().reason, Reason("The token leaked"));
        QVERIFY(says(QStringLiteral("Revoked.")));
        chooseRow(QStringLiteral("Service keys"), QStringLiteral("Old batch"));
        QVERIFY(!button(QStringLiteral("Revoke…"))->isEnabled());
        picture(QStringLiteral("settings-keys"));
    }

    void theWorkspaceIsDescribed()
    {
        make(QStringLiteral("settings/environments"));
        QVERIFY(says(QStringLiteral("Northwind Bank")));
        QVERIFY(says(QStringLiteral("Embedded workspace.")));
        QVERIFY(!says(QStringLiteral("Four eyes not yet possible.")));
        QVERIFY(says(QStringLiteral("0.1.0")));
        picture(QStringLiteral("settings-environments"));
    }

    void aModelIsTested()
    {
        make(QStringLiteral("settings/providers"));
        QVERIFY(says(QStringLiteral("https://api.example.com/v1")));
        TestModel::Response answer;
        answer.ok = true;
        answer.latencyMicros = 412'000;
        answer.tokens = 12;
        backend().give<TestModel>(answer);
        named<Button>(QStringLiteral("Test gpt"))->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<TestModel>().name, Name("gpt"));
        QVERIFY(says(QStringLiteral("Answered in 412")));
        backend().failWith<TestModel>(
            Error(ErrorKind::Unavailable, "provider.unreachable", "The address does not answer."));
        named<Button>(QStringLiteral("Test large"))->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("The address does not answer.")));
        picture(QStringLiteral("settings-providers"));
    }

    void secretsAreSetByNameAndNeverShown()
    {
        make(QStringLiteral("settings/secrets"));
        backend().give<SetSecret>({});
        button(QStringLiteral("Set secret"))->click();
        auto* dialog = m_screen->findChild<SecretDialog*>();
        for (TextField* field : dialog->findChildren<TextField*>()) {
            const bool isValue = field->accessibleName() == QStringLiteral("Value");
            QCOMPARE(field->echoMode(), isValue ? QLineEdit::Password : QLineEdit::Normal);
            field->setText(isValue ? QStringLiteral("sk-12345") : QStringLiteral("secret:anthropic"));
        }
        button(QStringLiteral("Set secret"), dialog)->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<SetSecret>().name, Name("anthropic"));
        QCOMPARE(backend().lastRequest<SetSecret>().value, (SecretText<8'192, 1>("sk-12345")));
        QVERIFY(says(QStringLiteral("Set.")));
        QVERIFY(!says(QStringLiteral("sk-12345")));
        chooseRow(QStringLiteral("Secrets"), QStringLiteral("openai"));
        backend().give<RemoveSecret>({});
        button(QStringLiteral("Remove…"))->click();
        auto* confirm = m_screen->findChild<ConfirmDialog*>();
        confirm->findChild<QLineEdit*>()->setText(QStringLiteral("openai"));
        button(QStringLiteral("Remove secret"), confirm)->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(backend().lastRequest<RemoveSecret>().name, Name("openai"));
        picture(QStringLiteral("settings-secrets"));
    }

    void appearanceIsAppliedAtOnceAndKept()
    {
        make(QStringLiteral("settings/appearance"));
        const int row = [] {
            const DataTable table(QStringLiteral("Rows"));
            return table.heightFor(1);
        }();
        Q_EMIT named<Segmented>(QStringLiteral("Theme"))->currentChanged(0);
        auto* theme = named<Segmented>(QStringLiteral("Theme"));
        theme->setFocus();
        theme->setCurrent(1);
        QTest::keyClick(theme, Qt::Key_Right);
        QCOMPARE(Theme::instance().appearance(), Theme::Appearance::dark);
        auto* density = named<Segmented>(QStringLiteral("Density"));
        QTest::keyClick(density, Qt::Key_Right);
        const DataTable table(QStringLiteral("Rows"));
        QVERIFY(table.heightFor(1) > row);
        auto* type = named<Segmented>(QStringLiteral("Type size"));
        QTest::keyClick(type, Qt::Key_Right);
        QCOMPARE(Theme::instance().typeScale(), 1.15);
        QVERIFY(says(QStringLiteral("set by you on this machine")));
        const AppearanceSettings kept = AppearanceSettings::load();
        QCOMPARE(kept.appearance, Theme::Appearance::dark);
        QCOMPARE(kept.density, DataTable::Density::relaxed);
        QCOMPARE(kept.typeScale, 1.15);
        for (LinkLabel* link : m_screen->findChildren<LinkLabel*>()) {
            if (link->isVisible() && link->accessibleName().endsWith(QStringLiteral("back to the default")))
                link->click();
        }
        QCOMPARE(AppearanceSettings::load(), AppearanceSettings());
        QCOMPARE(Theme::instance().typeScale(), 1.0);
        QVERIFY(!says(QStringLiteral("set by you on this machine")));
        picture(QStringLiteral("settings-appearance"));
    }

    void nonsenseInTheConfigurationIsNotApplied()
    {
        QSettings().setValue(QStringLiteral("type-scale"), 40);
        QSettings().setValue(QStringLiteral("appearance"), QStringLiteral("mauve"));
        const AppearanceSettings settings = AppearanceSettings::load();
        QCOMPARE(settings.typeScale, 1.5);
        QCOMPARE(settings.appearance, Theme::Appearance::system);
        QSettings().clear();
    }

    void myPasswordIsChanged()
    {
        make(QStringLiteral("settings/password"));
        Button* change = button(QStringLiteral("Change password"));
        auto* current = named<TextField>(QStringLiteral("Current password"));
        auto* replacement = named<TextField>(QStringLiteral("New password"));
        auto* again = named<TextField>(QStringLiteral("New password again"));
        current->setText(QStringLiteral("old one"));
        replacement->setText(QStringLiteral("short"));
        again->setText(QStringLiteral("short"));
        QVERIFY(!change->isEnabled());
        QVERIFY(!replacement->error().isEmpty());
        replacement->setText(QStringLiteral("a long enough one"));
        QVERIFY(!again->error().isEmpty());
        again->setText(QStringLiteral("a long enough one"));
        QVERIFY(change->isEnabled());
        picture(QStringLiteral("settings-password"));
        backend().failWith<ChangePassword>(
            Error(ErrorKind::Unauthenticated, "session.refused", "The login or the password is not right."));
        change->click();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(current->error(), QStringLiteral("This is not your current password."));
        backend().give<ChangePassword>({});
        change->click();
        QVERIFY(settle(m_stage->session));
        QVERIFY(says(QStringLiteral("Changed.")));
        QVERIFY(replacement->text().isEmpty());
        QCOMPARE(backend().lastRequest<ChangePassword>().replacement, (SecretText<1'024, 10>("a long enough one")));
    }

    void failuresShowInPlace()
    {
        backend().failWith<ListPeople>(Error(ErrorKind::Unavailable, "remote.unreachable", "Gone."));
        make(QStringLiteral("settings/people"));
        auto* error = m_screen->findChild<InlineError*>();
        QVERIFY(error && error->isVisible());
        backend().give<ListPeople>({bankPeople()});
        Q_EMIT error->retryRequested();
        QVERIFY(settle(m_stage->session));
        QCOMPARE(named<DataTable>(QStringLiteral("People"))->model()->rowCount(), 6);
    }

    void isAccessible()
    {
        for (const QString& page : {QStringLiteral("people?person=person:priya"), QStringLiteral("teams?team=cards"),
                 QStringLiteral("keys"), QStringLiteral("environments"), QStringLiteral("providers"),
                 QStringLiteral("secrets"), QStringLiteral("appearance"), QStringLiteral("password")}) {
            make(QStringLiteral("settings/") + page);
            const QStringList faults = accessibilityFaults(m_screen.get());
            QVERIFY2(faults.isEmpty(), qPrintable(page + QLatin1Char('\n') + faults.join(QLatin1Char('\n'))));
        }
    }
};

QTEST_MAIN(SettingsScreenTest)
#include "settings_screen_test.moc"
