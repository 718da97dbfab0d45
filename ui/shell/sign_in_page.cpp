#include "ui/shell/sign_in_page.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/field.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/theme.h"
#include "ui/shell/persona_list.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPainter>
#include <QVBoxLayout>
#include <atomic>

namespace ephor::ui {

namespace {

constexpr int pageWidth = 440;

}

/// Carries what the opening thread tells to the page, for as long as there is one.
struct SignInPage::Progress {
    std::atomic<bool> cancelled = false;
    QPointer<SignInPage> page; ///< touched on the UI thread only
};

SignInPage::SignInPage(Openings openings, QWidget* parent)
    : QWidget(parent)
    , m_openings(std::move(openings))
{
    buildFrame();
    showChoices();
}

SignInPage::~SignInPage()
{
    if (m_progress)
        m_progress->cancelled = true;
    m_opening.cancel();
}

void SignInPage::buildFrame()
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(metrics::space24, metrics::space24, metrics::space24, metrics::space24);
    auto* column = new QWidget(this);
    column->setFixedWidth(pageWidth);
    // No alignment flags: they would take the height the wrapped texts have at another width.
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(column);
    middle->addStretch(1);
    outer->addStretch(2);
    outer->addLayout(middle);
    outer->addStretch(3);
    auto* rows = new QVBoxLayout(column);
    rows->setContentsMargins({});
    rows->setSpacing(metrics::space12);
    auto* brand = new QHBoxLayout;
    brand->setSpacing(metrics::space8);
    brand->addWidget(new IconView(Icon::brand, Token::link, metrics::iconNav, this));
    brand->addWidget(new Label(QStringLiteral("Ephor"), TextStyle::heading), 1);
    rows->addLayout(brand);
    m_title = new Label({}, TextStyle::display);
    m_says = new Label({}, TextStyle::body, Token::textSecondary);
    m_says->setOverflow(Label::Overflow::wrap);
    rows->addWidget(m_title);
    rows->addWidget(m_says);
    m_error = new InlineError({}, this);
    m_error->hide();
    connect(m_error, &InlineError::retryRequested, this, [this] {
        m_error->hide();
        if (m_again)
            m_again();
    });
    rows->addWidget(m_error);
    auto* body = new QWidget(column);
    m_body = new QVBoxLayout(body);
    m_body->setContentsMargins(0, metrics::space8, 0, 0);
    m_body->setSpacing(metrics::space12);
    rows->addWidget(body);
}

void SignInPage::clear(const QString& title, const QString& says)
{
    m_title->setText(title);
    m_says->setText(says);
    m_says->setVisible(!says.isEmpty());
    m_error->hide();
    m_personas = nullptr;
    m_stage = nullptr;
    m_submit = nullptr;
    while (QLayoutItem* item = m_body->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

Button* SignInPage::addWay(const QString& title, const QString& says)
{
    auto* button = new Button(title, m_submit ? Button::Role::secondary : Button::Role::primary);
    if (!m_submit)
        m_submit = button;
    button->setSize(Button::Size::large);
    button->setAccessibleDescription(says);
    m_body->addWidget(button);
    auto* words = new Label(says, TextStyle::small, Token::textSecondary);
    words->setOverflow(Label::Overflow::wrap);
    m_body->addWidget(words);
    m_body->addSpacing(metrics::space4);
    return button;
}

void SignInPage::showChoices()
{
    m_anonymous.reset();
    m_origin = [this] { showChoices(); };
    clear(tr("Open a workspace"), tr("Everything Ephor governs lives in one: agents, rules, runs and the record."));
    if (m_openings.demo)
        connect(addWay(tr("Open the demo workspace"),
                    tr("A made-up bank with six agents and simulated traffic. Offline; made at the first start, which "
                       "takes about a minute.")),
            &QAbstractButton::clicked, this, &SignInPage::openDemo);
    if (m_openings.server)
        connect(addWay(tr("Connect to a server"), tr("A workspace served by another machine.")),
            &QAbstractButton::clicked, this, &SignInPage::showConnect);
    if (m_openings.folder)
        connect(addWay(tr("Open a folder"), tr("A workspace on this machine.")), &QAbstractButton::clicked, this,
            &SignInPage::showFolder);
    if (m_openings.create)
        connect(addWay(tr("Create a workspace"), tr("An empty one, with you as its first administrator.")),
            &QAbstractButton::clicked, this, &SignInPage::showCreate);
    addRecent();
}

void SignInPage::addRecent()
{
    const QStringList recent = m_settings.recentPlaces();
    if (recent.isEmpty())
        return;
    m_body->addWidget(new Label(tr("Opened before"), TextStyle::smallStrong, Token::textSecondary));
    for (const QString& place : recent) {
        auto* link = new LinkLabel(place);
        connect(link, &QAbstractButton::clicked, this,
            [this, place] { place.contains(QStringLiteral("://")) ? openServer(place, {}) : openFolder(place); });
        m_body->addWidget(link, 0, Qt::AlignLeft);
    }
}

void SignInPage::addBack()
{
    auto* back = new Button(tr("Choose another way"), Button::Role::quiet);
    back->setGlyph(Icon::chevronLeft);
    connect(back, &QAbstractButton::clicked, this, &SignInPage::showChoices);
    m_body->addWidget(back, 0, Qt::AlignLeft);
}

void SignInPage::showConnect()
{
    m_origin = [this] { showConnect(); };
    clear(tr("Connect to a server"), {});
    auto* url = new TextField(tr("Address"));
    url->setPlaceholderText(QStringLiteral("https://governance.example.com:8443"));
    auto* ca = new TextField(tr("Certificate file"));
    m_body->addWidget(new FormRow(tr("Address"), url));
    m_body->addWidget(new FormRow(
        tr("Certificate file"), ca, tr("PEM; only where the system does not trust the server's authority.")));
    m_submit = new Button(tr("Connect"), Button::Role::primary);
    m_submit->setSize(Button::Size::large);
    const auto act = [this, url, ca] {
        if (url->text().trimmed().isEmpty()) {
            url->setError(tr("An address is needed."));
            url->setFocus();
            return;
        }
        openServer(url->text().trimmed(), ca->text().trimmed());
    };
    connect(m_submit, &QAbstractButton::clicked, this, act);
    connect(url, &QLineEdit::returnPressed, this, act);
    connect(ca, &QLineEdit::returnPressed, this, act);
    m_body->addWidget(m_submit);
    addBack();
    url->setFocus();
}

void SignInPage::showFolder()
{
    m_origin = [this] { showFolder(); };
    clear(tr("Open a folder"), tr("The folder that holds workspace.json."));
    auto* folder = new TextField(tr("Folder"));
    m_body->addWidget(new FormRow(tr("Folder"), folder));
    m_submit = new Button(tr("Open"), Button::Role::primary);
    m_submit->setSize(Button::Size::large);
    const auto act = [this, folder] {
        if (folder->text().trimmed().isEmpty()) {
            folder->setError(tr("A folder is needed."));
            folder->setFocus();
            return;
        }
        openFolder(folder->text().trimmed());
    };
    connect(m_submit, &QAbstractButton::clicked, this, act);
    connect(folder, &QLineEdit::returnPressed, this, act);
    m_body->addWidget(m_submit);
    addBack();
    folder->setFocus();
}

void SignInPage::showCreate()
{
    m_origin = [this] { showCreate(); };
    clear(tr("Create a workspace"), tr("You become its first administrator and add the others."));
    const auto field = [this](const QString& label, const QString& hint = {}) {
        auto* made = new TextField(label);
        m_body->addWidget(new FormRow(label, made, hint));
        return made;
    };
    TextField* folder = field(tr("Folder"), tr("Must not exist yet."));
    TextField* name = field(tr("Name of the workspace"));
    // Named as its folder until somebody names it otherwise.
    connect(folder, &QLineEdit::textChanged, name, [name](const QString& path) {
        if (!name->isModified())
            name->setText(QFileInfo(QDir::cleanPath(path.trimmed())).fileName());
    });
    TextField* person = field(tr("Your name"));
    TextField* login = field(tr("Login"));
    TextField* password = field(tr("Password"), tr("At least ten characters."));
    password->setEchoMode(QLineEdit::Password);
    m_submit = new Button(tr("Create"), Button::Role::primary);
    m_submit->setSize(Button::Size::large);
    m_submit->setEnabled(false);
    const auto fields = {folder, name, person, login, password};
    for (TextField* one : fields)
        connect(one, &QLineEdit::textChanged, this, [this, fields = std::vector<TextField*>(fields)] {
            if (m_submit)
                m_submit->setEnabled(std::all_of(fields.begin(), fields.end(),
                    [](const TextField* some) { return !some->text().trimmed().isEmpty(); }));
        });
    connect(m_submit, &QAbstractButton::clicked, this, [this, folder, name, person, login, password] {
        const NewWorkspace wanted{folder->text().trimmed(), name->text().trimmed(), person->text().trimmed(),
            login->text().trimmed(), password->text()};
        open(tr("Making %1").arg(wanted.name),
            [create = m_openings.create, wanted](const OpeningProgress&) { return create(wanted); });
    });
    m_body->addWidget(m_submit);
    addBack();
    folder->setFocus();
}

void SignInPage::openDemo()
{
    open(tr("Opening the demo workspace"), m_openings.demo);
}

void SignInPage::openFolder(const QString& folder)
{
    open(tr("Opening %1").arg(folder),
        [way = m_openings.folder, folder](const OpeningProgress&) { return way(folder); });
}

void SignInPage::openServer(const QString& url, const QString& caFile)
{
    open(tr("Connecting to %1").arg(url),
        [way = m_openings.server, url, caFile](const OpeningProgress&) { return way(url, caFile); });
}

void SignInPage::open(const QString& says, std::function<Result<Opened>(const OpeningProgress&)> work)
{
    m_again = [this, says, work] { open(says, work); };
    showOpening(says);
    m_progress = std::make_shared<Progress>();
    m_progress->page = this;
    const OpeningProgress tell = [progress = m_progress](const QString& stage, double fraction) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [progress, stage, fraction] {
                if (progress->page && progress->page->m_stage && progress->page->m_progress == progress)
                    progress->page->m_stage->setText(
                        fraction < 0 ? stage : QStringLiteral("%1, %2 %").arg(stage).arg(qRound(100 * fraction)));
            },
            Qt::QueuedConnection);
        return !progress->cancelled;
    };
    // Opening has no session yet; one over nothing keeps the count of what is under way.
    m_anonymous = std::make_unique<Session>(nullptr);
    auto answer = std::make_shared<std::optional<Result<Opened>>>();
    m_opening.cancel();
    m_opening = RequestRunner::run(
        this, *m_anonymous, [work = std::move(work), tell, answer] { answer->emplace(work(tell)); },
        [answer]() -> const Error* { return answer->has_value() && !**answer ? &(*answer)->error() : nullptr; },
        [this, answer] {
            if (**answer) {
                const Opened opened = ***answer;
                if (!opened.place.isEmpty())
                    m_settings.addRecentPlace(opened.place);
                showLogin(opened);
                return;
            }
            const Error error = (*answer)->error();
            m_origin();
            showError(error);
        });
}

void SignInPage::showOpening(const QString& says)
{
    clear(says, tr("You can leave this page open; nothing else waits for it."));
    m_stage = new Label({}, TextStyle::body, Token::textSecondary);
    m_stage->setAccessibleName(tr("Progress"));
    m_body->addWidget(m_stage);
    auto* cancel = new Button(tr("Cancel"));
    connect(cancel, &QAbstractButton::clicked, this, [this] {
        if (m_progress)
            m_progress->cancelled = true;
        m_opening.cancel();
        m_origin();
    });
    m_body->addWidget(cancel, 0, Qt::AlignLeft);
}

void SignInPage::showLogin(const Opened& opened, const Error* why)
{
    m_opened = opened;
    m_anonymous = std::make_unique<Session>(opened.backend);
    m_origin = [this] { showLogin(m_opened); };
    clear(tr("Sign in"), tr("To the %1.").arg(opened.where));
    m_personas = new PersonaList;
    m_personas->hide();
    connect(m_personas, &PersonaList::chosen, this, &SignInPage::signInAs);
    m_body->addWidget(m_personas);
    auto* login = new TextField(tr("Login"));
    login->setText(m_settings.lastLogin());
    auto* password = new TextField(tr("Password"));
    password->setEchoMode(QLineEdit::Password);
    m_body->addWidget(new FormRow(tr("Login"), login));
    m_body->addWidget(new FormRow(tr("Password"), password));
    m_submit = new Button(tr("Sign in"), Button::Role::primary);
    m_submit->setSize(Button::Size::large);
    const auto act = [this, login, password] {
        if (!login->text().isEmpty() && !password->text().isEmpty())
            signIn(login->text().trimmed(), password->text());
        password->clear();
    };
    connect(m_submit, &QAbstractButton::clicked, this, act);
    connect(login, &QLineEdit::returnPressed, password, qOverload<>(&QWidget::setFocus));
    connect(password, &QLineEdit::returnPressed, this, act);
    m_body->addWidget(m_submit);
    addBack();
    (login->text().isEmpty() ? login : password)->setFocus();
    if (why)
        showError(*why);
    m_again = [this] { askPersonas(); };
    askPersonas();
}

void SignInPage::askPersonas()
{
    m_ask.request<ListPersonas>(this, *m_anonymous, {}, [this](Result<ListPersonas::Response> answer) {
        if (!answer) {
            showError(answer.error());
            return;
        }
        if (!m_personas)
            return;
        if (answer->personas.empty()) {
            Q_EMIT loginShown();
            return;
        }
        m_says->setText(tr("To the %1. Choose who you are in the demo, or use a login.").arg(m_opened.where));
        m_personas->setPersonas(answer->personas);
        m_personas->show();
        m_personas->setFocus();
        if (m_submit)
            m_submit->setRole(Button::Role::secondary);
        if (m_wantedPersona.isEmpty())
            Q_EMIT loginShown();
        else
            signInAs(std::exchange(m_wantedPersona, {}));
    });
}

void SignInPage::signIn(const QString& login, const QString& password)
{
    m_error->hide();
    m_settings.setLastLogin(login);
    SignIn::Request ask;
    ask.login = utf8(login);
    ask.password = utf8(password);
    m_signIn.request<SignIn>(this, *m_anonymous, ask, [this](auto answer) { finish(std::move(answer)); });
}

void SignInPage::signInAs(const QString& login)
{
    m_error->hide();
    SignInAs::Request ask;
    ask.login = utf8(login);
    m_signIn.request<SignInAs>(this, *m_anonymous, ask, [this](auto answer) { finish(std::move(answer)); });
}

void SignInPage::finish(Result<SignIn::Response> answer)
{
    if (!answer) {
        showError(answer.error());
        return;
    }
    Q_EMIT signedIn(m_opened, answer->token, answer->session);
}

void SignInPage::showError(const Error& error)
{
    m_error->setError(errorText(error));
    m_error->show();
    Q_EMIT failed(error);
}

void SignInPage::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), token(Token::canvas));
}

}
