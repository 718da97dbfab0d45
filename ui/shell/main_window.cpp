#include "ui/shell/main_window.h"

#include "ui/kit/dialogs.h"
#include "ui/kit/label.h"
#include "ui/shell/notice_centre.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QScreen>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

/// The smallest window the console is laid out for, and the one it starts with.
constexpr QSize smallestWindow(1'024, 640);
constexpr QSize firstWindow(1'440, 900);

}

MainWindow::MainWindow(Openings openings, Workbench::Settings settings, QWidget* parent)
    : QWidget(parent)
    , m_workbenchSettings(std::move(settings))
    , m_stack(new QStackedWidget(this))
    , m_signIn(new SignInPage(std::move(openings), this))
{
    setWindowTitle(QStringLiteral("Ephor"));
    setWindowIcon(icon(Icon::brand, Token::link));
    setMinimumSize(smallestWindow);
    resize(firstWindow.boundedTo(screen()->availableSize()));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins({});
    rows->addWidget(m_stack);
    m_stack->addWidget(m_signIn);
    connect(m_signIn, &SignInPage::signedIn, this, &MainWindow::begin);
    connect(
        new QShortcut(QKeySequence(QStringLiteral("Ctrl+Q")), m_signIn), &QShortcut::activated, this, &QWidget::close);
}

MainWindow::~MainWindow() = default;

void MainWindow::restore()
{
    m_keepsSettings = true;
    restoreGeometry(m_settings.geometry());
    connect(&Theme::instance(), &Theme::themeChanged, this, [this] {
        m_settings.setAppearance(Theme::instance().appearance());
        m_settings.setMotion(Theme::instance().motion());
    });
}

void MainWindow::begin(const Opened& opened, const std::string& credential, const SessionInfo& info)
{
    m_opened = opened;
    Workbench::Settings settings = m_workbenchSettings;
    settings.where = opened.where;
    auto* workbench = new Workbench(opened.backend, credential, info, std::move(settings), m_stack);
    m_workbench = workbench;
    connect(workbench, &Workbench::ended, this, &MainWindow::endSession, Qt::QueuedConnection);
    connect(
        workbench, &Workbench::personaWanted, this,
        [this](const QString& login) {
            m_signIn->setPersona(login);
            endSession({});
        },
        Qt::QueuedConnection);
    connect(workbench, &Workbench::routeMoved, this, [this](const Route& route) { m_route = route; });
    m_stack->addWidget(workbench);
    m_stack->setCurrentWidget(workbench);
    workbench->navigate(m_route);
    if (!opened.notice.isEmpty()) {
        Notice notice;
        notice.state = State::warning;
        notice.title = tr("Opened, with a limit");
        notice.text = opened.notice;
        notice.at = m_workbenchSettings.now();
        workbench->notices().add(notice);
    }
    Q_EMIT signedIn(workbench);
}

void MainWindow::endSession(const Error& why)
{
    if (!m_workbench)
        return;
    Workbench* leaving = m_workbench;
    m_workbench = nullptr;
    m_stack->setCurrentWidget(m_signIn);
    m_stack->removeWidget(leaving);
    leaving->deleteLater();
    m_signIn->showLogin(m_opened, why.code.empty() ? nullptr : &why);
}

void MainWindow::offerCrashReport(const QString& path, const QString& summary)
{
    auto* dialog = new Dialog(tr("Ephor ended unexpectedly"),
        tr("A report was written. It holds the version and where the program was, and none of your data."), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto* where = new Label(path, TextStyle::mono, Token::textSecondary);
    where->setOverflow(Label::Overflow::wrap);
    dialog->body()->addWidget(where);
    auto* words = new Label(summary, TextStyle::monoSmall, Token::textSecondary);
    words->setOverflow(Label::Overflow::wrap);
    dialog->body()->addWidget(words);
    Button* copy = dialog->addButton(tr("Copy the path"), Button::Role::secondary);
    connect(copy, &QAbstractButton::clicked, dialog, [path] { QGuiApplication::clipboard()->setText(path); });
    connect(dialog->addButton(tr("Close"), Button::Role::primary), &QAbstractButton::clicked, dialog, &QDialog::accept);
    dialog->open();
}

void MainWindow::askBeforeClosing()
{
    ConfirmDialog::Question question;
    question.title = tr("Quit without saving?");
    question.text = tr("What you typed on this page is not saved.");
    question.action = tr("Quit");
    question.role = Button::Role::danger;
    auto* dialog = new ConfirmDialog(question, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this] {
        m_closing = Closing::agreed;
        close();
    });
    dialog->open();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_workbench && m_workbench->hasUnsavedWork() && m_closing == Closing::asksFirst) {
        event->ignore();
        askBeforeClosing();
        return;
    }
    if (m_keepsSettings) {
        m_settings.setGeometry(saveGeometry());
        m_settings.setLastRoute(m_route);
    }
    QWidget::closeEvent(event);
}

}
