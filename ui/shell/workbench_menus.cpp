#include "ui/shell/workbench.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/header_bar.h"
#include "ui/kit/shell_parts.h"
#include "ui/kit/theme.h"
#include "ui/kit/time_range_picker.h"
#include "ui/shell/command_registry.h"
#include "ui/shell/notice_centre.h"
#include "ui/shell/places.h"
#include "ui/shell/presenter_panel.h"
#include "ui/shell/sheets.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui {

namespace {

/// Type of the presenter mode: read from the back of a room.
constexpr double presenterScale = 1.2;
/// A narrower window has no room for the stories beside a page in that type.
constexpr int presenterPanelFrom = 1500;
constexpr QSize popUpSize(380, 360);

/// The person stands at the lower edge of the window: the menu ends where that begins, however many lines it gets.
void openUpward(QMenu* menu, const QPoint& lowerLeft)
{
    menu->adjustSize();
    const QPoint corner(lowerLeft.x(), std::max(0, lowerLeft.y() - menu->sizeHint().height()));
    if (menu->isVisible())
        menu->move(corner);
    else
        menu->popup(corner);
}

}

void Workbench::makeCommands()
{
    m_commands->setGlobal(placeCommands() + moveCommands() + windowCommands());
}

QList<Command> Workbench::placeCommands()
{
    QList<Command> commands;
    int key = 1;
    for (const Place& place : places()) {
        const auto go = [this, id = place.id] { navigate({id, {}, {}, {}}); };
        Command command{QStringLiteral("go.") + place.id, tr("Go to"), place.title, go};
        command.keys = QKeySequence(QStringLiteral("Ctrl+%1").arg(key++ % 10));
        command.icon = place.icon;
        commands.append(command);
        Command jump{QStringLiteral("jump.") + place.id, tr("Jump"), place.title, go};
        jump.keys = QKeySequence(QStringLiteral("G, %1").arg(place.letter.toUpper()));
        jump.icon = place.icon;
        commands.append(jump);
    }
    return commands;
}

QList<Command> Workbench::moveCommands()
{
    const auto make = [](const char* id, const QString& action, const char* keys, std::function<void()> run,
                          Icon icon = Icon::none) {
        Command command{QLatin1String(id), tr("Move"), action, std::move(run)};
        command.keys = QKeySequence(QLatin1String(keys));
        command.icon = icon;
        return command;
    };
    return {
        make(
            "move.back", tr("Back"), "Alt+Left", [this] { back(); }, Icon::chevronLeft),
        make(
            "move.back-key", tr("Back"), "Backspace", [this] { back(); }, Icon::chevronLeft),
        make(
            "move.forward", tr("Forward"), "Alt+Right", [this] { forward(); }, Icon::chevronRight),
        make(
            "move.search", tr("Search or jump to"), "Ctrl+K", [this] { openPalette(); }, Icon::search),
        make(
            "move.filter", tr("Filter this page"), "/",
            [this] {
                if (m_screen)
                    m_screen->focusSearch();
            },
            Icon::filter),
        make(
            "move.range", tr("Set the time range"), "Ctrl+L",
            [this] {
                if (m_screen && m_screen->usesTimeRange())
                    m_header->timeRange()->open();
            },
            Icon::clock),
        make("move.range-earlier", tr("Earlier range"), "[", [this] { setRange(m_range.moved(-1, m_settings.now())); }),
        make("move.range-later", tr("Later range"), "]", [this] { setRange(m_range.moved(1, m_settings.now())); }),
        make(
            "move.refresh", tr("Refresh"), "F5", [this] { refreshNow(allTopics()); }, Icon::refresh),
        make(
            "move.copy-link", tr("Copy a link to this page"), "Ctrl+Shift+C", [this] { copyLink(); }, Icon::link),
    };
}

QList<Command> Workbench::windowCommands()
{
    const auto make = [](const char* id, const QString& group, const QString& action, const char* keys,
                          std::function<void()> run, Icon icon = Icon::none) {
        Command command{QLatin1String(id), group, action, std::move(run)};
        command.keys = QKeySequence(QLatin1String(keys));
        command.icon = icon;
        return command;
    };
    const auto look
        = [](Theme::Appearance appearance) { return [appearance] { Theme::instance().setAppearance(appearance); }; };
    QList<Command> commands{
        make(
            "stop.open", tr("Stop"), tr("Stop agents or tools"), "Ctrl+.", [this] { openStop(); }, Icon::stop),
        make(
            "window.live", tr("Window"), tr("Live on or off"), "Ctrl+Shift+L",
            [this] {
                m_header->setLive(!m_header->isLive());
                setLive(m_header->isLive());
            },
            Icon::play),
        make(
            "window.notices", tr("Window"), tr("Notifications"), "Ctrl+Shift+N", [this] { showNotices(); }, Icon::bell),
        make("window.light", tr("Appearance"), tr("Light"), "", look(Theme::Appearance::light), Icon::sun),
        make("window.dark", tr("Appearance"), tr("Dark"), "", look(Theme::Appearance::dark), Icon::moon),
        make("window.system", tr("Appearance"), tr("As the system"), "", look(Theme::Appearance::system)),
        make("window.contrast", tr("Appearance"), tr("High contrast"), "", look(Theme::Appearance::highContrast)),
        make(
            "help.keys", tr("Help"), tr("Keys"), "?",
            [this] {
                auto* sheet = new KeysSheet(m_commands->all(), this);
                sheet->setAttribute(Qt::WA_DeleteOnClose);
                sheet->open();
            },
            Icon::help),
        make(
            "help.page", tr("Help"), tr("About this page"), "F1",
            [this] {
                if (!m_screen)
                    return;
                const Place* place = findPlace(m_place);
                const QString words = m_screen->helpText();
                auto* sheet = new HelpSheet(
                    m_screen->title(), words.isEmpty() ? place->says : words, m_commands->local(), this);
                sheet->setAttribute(Qt::WA_DeleteOnClose);
                sheet->open();
            },
            Icon::help),
        make("session.out", tr("Session"), tr("Sign out"), "", [this] { signOut(); }),
        make("session.quit", tr("Session"), tr("Quit"), "Ctrl+Q", [this] { window()->close(); }),
    };
    if (m_session->info().demo)
        commands.append(make(
            "demo.present", tr("Demo"), tr("Presenter mode on or off"), "F10",
            [this] { setPresenting(m_presenter == nullptr); }, Icon::play));
    return commands;
}

void Workbench::copyLink()
{
    Route link = route();
    if (m_screen && m_screen->usesTimeRange())
        link = link.with(QStringLiteral("range"), timeRangeCode(m_range));
    QGuiApplication::clipboard()->setText(link.format());
    Notice notice;
    notice.id = QStringLiteral("link");
    notice.state = State::info;
    notice.title = tr("Link copied");
    notice.text = link.format();
    notice.at = m_settings.now();
    notice.read = Notice::Read::yes;
    m_notices->add(notice);
}

void Workbench::setPresenting(bool presenting)
{
    if (presenting == (m_presenter != nullptr))
        return;
    if (presenting)
        m_ownScale = Theme::instance().typeScale();
    Theme::instance().setTypeScale(presenting ? std::max(presenterScale, m_ownScale) : m_ownScale);
    if (!presenting) {
        m_presenter->hide();
        m_presenter->deleteLater();
        m_presenter = nullptr;
        return;
    }
    m_presenter = new PresenterPanel(*m_session, this);
    placePresenter();
    m_presenter->show();
    connect(m_presenter, &PresenterPanel::routeWanted, this, &Workbench::navigate);
    connect(m_presenter, &PresenterPanel::closeRequested, this, [this] { setPresenting(false); });
}

void Workbench::placePresenter()
{
    const auto shape = width() < presenterPanelFrom ? PresenterPanel::Shape::strip : PresenterPanel::Shape::panel;
    auto* rows = static_cast<QVBoxLayout*>(layout());
    const bool isPlaced = rows->indexOf(m_presenter) >= 0 || m_sides->indexOf(m_presenter) >= 0;
    if (isPlaced && m_presenter->shape() == shape)
        return;
    rows->removeWidget(m_presenter);
    m_sides->removeWidget(m_presenter);
    m_presenter->setShape(shape);
    if (shape == PresenterPanel::Shape::strip)
        rows->insertWidget(rows->indexOf(m_bar), m_presenter);
    else
        m_sides->addWidget(m_presenter);
}

void Workbench::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_presenter)
        placePresenter();
}

void Workbench::offerPersonas(const QPoint& globalPosition)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Session"));
    if (m_session->info().demo) {
        QAction* heading = menu->addAction(tr("Continue as"));
        heading->setEnabled(false);
        auto* const anchor = menu->addSeparator();
        m_personas.request<ListPersonas>(
            menu, *m_session, {}, [this, menu, anchor, globalPosition](Result<ListPersonas::Response> answer) {
                if (!answer)
                    return;
                for (const Persona& persona : answer->personas) {
                    auto* one
                        = new QAction(QStringLiteral("%1 · %2").arg(text(persona.name), word(persona.role)), menu);
                    one->setCheckable(true);
                    one->setChecked(persona.name == m_session->info().principal.name);
                    connect(one, &QAction::triggered, this,
                        [this, login = text(persona.login)] { leave([=, this] { Q_EMIT personaWanted(login); }); });
                    menu->insertAction(anchor, one);
                }
                openUpward(menu, globalPosition);
            });
        menu->addAction(m_presenter ? tr("Leave presenter mode") : tr("Presenter mode"), this,
            [this] { setPresenting(m_presenter == nullptr); });
    }
    menu->addAction(tr("Settings"), this, [this] { navigate({QStringLiteral("settings"), {}, {}, {}}); });
    menu->addAction(tr("Sign out"), this, &Workbench::signOut);
    openUpward(menu, globalPosition);
}

void Workbench::signOut()
{
    leave([this] {
        m_signOut.request<SignOut>(this, *m_session, {}, [this](Result<Empty>) {
            // The page is left even when the server could not be told; the token ends by itself.
            Q_EMIT ended(Error());
        });
    });
}

void Workbench::popUp(QWidget* content, QWidget* anchor)
{
    auto* frame = new QFrame(this, Qt::Popup);
    frame->setAttribute(Qt::WA_DeleteOnClose);
    frame->setFrameShape(QFrame::StyledPanel);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(metrics::space4, metrics::space4, metrics::space4, metrics::space4);
    column->addWidget(content);
    frame->resize(popUpSize);
    const QPoint corner = anchor->mapToGlobal(QPoint(anchor->width(), anchor->height() + metrics::space4));
    const bool above = anchor == m_bar;
    frame->move(
        corner.x() - popUpSize.width(), above ? anchor->mapToGlobal(QPoint()).y() - popUpSize.height() : corner.y());
    frame->show();
    content->setFocus();
}

void Workbench::showNotices()
{
    auto* list = new NotificationList;
    list->setNotices(m_notices->notices(), m_settings.now());
    connect(list, &NotificationList::noticeOpened, this, [this, list](const QString& route) {
        list->window()->close();
        if (!route.isEmpty())
            navigate(Route::parse(route));
    });
    connect(list, &NotificationList::markAllReadRequested, this, [this, list] {
        m_notices->markAllRead();
        list->setNotices(m_notices->notices(), m_settings.now());
    });
    popUp(list, m_header->bell());
    // Seen is read: the count is of what is new since the list was last open.
    connect(list, &QObject::destroyed, m_notices, &NoticeCentre::markAllRead);
}

void Workbench::showJobs()
{
    auto* list = new JobList;
    list->setJobs(m_jobs->jobs());
    connect(m_jobs.get(), &JobCentre::changed, list, [this, list] { list->setJobs(m_jobs->jobs()); });
    connect(list, &JobList::cancelRequested, m_jobs.get(), &JobCentre::cancel);
    popUp(list, m_bar);
}

void Workbench::showScopeMenu()
{
    if (!m_screen)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_screen->fillScopeMenu(*menu);
    menu->popup(m_header->scopeButton()->mapToGlobal(QPoint(0, m_header->scopeButton()->height())));
}

}
