#pragma once

#include "ui/shell/console_settings.h"
#include "ui/shell/sign_in_page.h"
#include "ui/shell/workbench.h"

#include <QPointer>

class QStackedWidget;

namespace ephor::ui {

/// The window of the console: the sign-in page, then a workbench for each session.
class MainWindow : public QWidget {
    Q_OBJECT

public:
    /// Makes a workbench's settings; tests bring screens and a clock of their own.
    explicit MainWindow(Openings openings, Workbench::Settings settings = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    SignInPage& signInPage() { return *m_signIn; }
    /// Null while nobody is signed in.
    Workbench* workbench() const { return m_workbench; }
    /// Where to go once somebody is signed in.
    void setFirstRoute(const Route& route) { m_route = route; }
    /// Restores size and place, and keeps the look chosen from now on.
    void restore();
    /// The last start ended by a crash: says where the report is and offers to copy its path.
    void offerCrashReport(const QString& path, const QString& summary);

Q_SIGNALS:
    void signedIn(ephor::ui::Workbench* workbench);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void begin(const Opened& opened, const std::string& credential, const SessionInfo& info);
    void endSession(const Error& why);
    void askBeforeClosing();

    ConsoleSettings m_settings;
    Workbench::Settings m_workbenchSettings;
    QStackedWidget* m_stack;
    SignInPage* m_signIn;
    QPointer<Workbench> m_workbench;
    Opened m_opened;
    Route m_route = routes::home();
    bool m_keepsSettings = false;
    enum class Closing { asksFirst, agreed } m_closing = Closing::asksFirst;
};

}
