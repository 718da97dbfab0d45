#pragma once

#include "ui/bridge/request.h"
#include "ui/shell/console_settings.h"
#include "ui/shell/opening.h"

#include <QWidget>

class QVBoxLayout;

namespace ephor::ui {

class Banner;
class Button;
class InlineError;
class Label;
class PersonaList;
class TextField;

/// The first page: choose a workspace, then say who you are. Errors stand where they happened; nothing is asked that
/// is not needed.
class SignInPage : public QWidget {
    Q_OBJECT

public:
    explicit SignInPage(Openings openings, QWidget* parent = nullptr);
    ~SignInPage() override;

    /// The choice of workspaces.
    void showChoices();
    /// A backend is there: personas and the login of it. `why` tells why somebody is here again.
    void showLogin(const Opened& opened, const Error* why = nullptr);
    /// The same as the buttons, for the command line.
    void openDemo();
    void openFolder(const QString& folder);
    void openServer(const QString& url, const QString& caFile);
    /// Signs in as this persona as soon as a backend is there.
    void setPersona(const QString& login) { m_wantedPersona = login; }

Q_SIGNALS:
    void signedIn(const ephor::ui::Opened& opened, const std::string& credential, const ephor::SessionInfo& info);
    /// A backend is there and asks who it is.
    void loginShown();
    /// Opening or signing in failed; the page shows it, too.
    void failed(const ephor::Error& error);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void buildFrame();
    void clear(const QString& title, const QString& says);
    void showConnect();
    void showFolder();
    void showCreate();
    void showOpening(const QString& says);
    void addBack();
    void addRecent();
    Button* addWay(const QString& title, const QString& says);
    void open(const QString& says, std::function<Result<Opened>(const OpeningProgress&)> work);
    void showError(const Error& error);
    void askPersonas();
    void signIn(const QString& login, const QString& password);
    void signInAs(const QString& login);
    void finish(Result<SignIn::Response> answer);

    struct Progress;
    Openings m_openings;
    ConsoleSettings m_settings;
    Opened m_opened;
    std::unique_ptr<Session> m_anonymous;
    QString m_wantedPersona;
    std::function<void()> m_again;
    std::function<void()> m_origin;
    std::shared_ptr<Progress> m_progress;

    Label* m_title = nullptr;
    Label* m_says = nullptr;
    QVBoxLayout* m_body = nullptr;
    InlineError* m_error = nullptr;
    PersonaList* m_personas = nullptr;
    Label* m_stage = nullptr;
    Button* m_submit = nullptr;
    Latest m_ask;
    Latest m_signIn;
    RequestHandle m_opening;
};

}
