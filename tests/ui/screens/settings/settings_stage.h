#pragma once

#include "tests/ui/screens/settings/settings_data.h"
#include "tests/ui/support/finding.h"
#include "tests/ui/support/snapshots.h"

#include "ui/kit/data_table.h"
#include "ui/kit/theme.h"
#include "ui/screens/settings/settings_screen.h"

#include <QCoreApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace ephor::ui::test {

/// Settings on the scripted backend of a bank, and what its tests do with it.
class SettingsStage : public Finding {
protected:
    static void prepare(const QTemporaryDir& configuration)
    {
        QCoreApplication::setOrganizationName(QStringLiteral("ephor-test"));
        QCoreApplication::setApplicationName(QStringLiteral("settings"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, configuration.path());
        qRegisterMetaType<ephor::ui::Route>();
        Theme::instance().install();
        Theme::instance().setMotion(Theme::Motion::reduced);
        Theme::instance().setAppearance(Theme::Appearance::light);
    }

    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<Screen> m_screen;

    ScriptedBackend& backend() { return *m_stage->backend; }

    void stage(const SessionInfo& info)
    {
        m_screen.reset();
        m_stage = std::make_unique<Stage>(info);
        backend().give<ListPeople>({bankPeople()});
        backend().give<ListTeams>(bankTeams());
        backend().give<ListKeys>({bankKeys()});
        backend().give<ListDefinitions>(bankModels());
        backend().answer<GetDefinition>([](const GetDefinition::Request& ask) { return bankModel(ask.name); });
        backend().give<ListSecrets>({{"openai", "payments-gateway"}});
    }

    void make(const QString& route)
    {
        m_screen.reset(makeSettingsScreen(m_stage->context, nullptr));
        QObject::connect(m_screen.get(), &Screen::navigate, m_screen.get(), [this](const Route& to) {
            if (to.place == QStringLiteral("settings"))
                m_screen->open(to);
        });
        m_screen->resize(1110, 740);
        m_screen->open(Route::parse(route));
        m_screen->show();
        QVERIFY(settle(m_stage->session));
    }

    void chooseRow(const QString& table, const QString& words)
    {
        auto* view = named<DataTable>(table);
        QVERIFY(view);
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            if (view->model()->index(row, 0).data().toString() == words) {
                view->setCurrentIndex(view->model()->index(row, 0));
                QVERIFY(settle(m_stage->session));
                return;
            }
        }
        QFAIL("no such row");
    }

    void picture(const QString& name)
    {
        QVERIFY(writeSnapshots(m_screen.get(), name, [this] { settle(m_stage->session); }));
    }

    QWidget* searched() const override { return m_screen.get(); }
};

}
