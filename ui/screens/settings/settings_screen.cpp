#include "ui/screens/settings/settings_screen.h"

#include "ui/kit/card.h"
#include "ui/kit/field.h"
#include "ui/kit/item_list.h"
#include "ui/screens/settings/appearance_page.h"
#include "ui/screens/settings/environment_page.h"
#include "ui/screens/settings/keys_page.h"
#include "ui/screens/settings/password_page.h"
#include "ui/screens/settings/people_page.h"
#include "ui/screens/settings/providers_page.h"
#include "ui/screens/settings/secrets_page.h"
#include "ui/screens/settings/settings_index.h"
#include "ui/screens/settings/teams_page.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ephor::ui {

using namespace settings;

namespace {

constexpr int listWidth = 212;

SettingsPage* makePage(const QString& key, ScreenContext& context, QWidget* parent)
{
    if (key == QStringLiteral("teams"))
        return new TeamsPage(context, parent);
    if (key == QStringLiteral("keys"))
        return new KeysPage(context, parent);
    if (key == QStringLiteral("environments"))
        return new EnvironmentPage(context, parent);
    if (key == QStringLiteral("providers"))
        return new ProvidersPage(context, parent);
    if (key == QStringLiteral("secrets"))
        return new SecretsPage(context, parent);
    if (key == QStringLiteral("appearance"))
        return new AppearancePage(context, parent);
    if (key == QStringLiteral("password"))
        return new PasswordPage(context, parent);
    return new PeoplePage(context, parent);
}

bool isPage(const QString& key)
{
    return std::any_of(
        pageEntries().begin(), pageEntries().end(), [&](const PageEntry& page) { return page.key == key; });
}

}

SettingsScreen::SettingsScreen(ScreenContext& context, QWidget* parent)
    : Screen(context, parent)
    , m_stack(new QStackedWidget(this))
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    columns->setSpacing(metrics::gap);
    columns->addWidget(makeList());
    columns->addWidget(m_stack, 1);
    fillList();
}

QWidget* SettingsScreen::makeList()
{
    auto* card = new Card({}, Card::Padding::none, this);
    card->setFixedWidth(listWidth);
    m_search = new SearchField(tr("Search settings"), card);
    m_search->setKeyHint(QStringLiteral("/"));
    auto* top = new QVBoxLayout;
    top->setContentsMargins(metrics::space8, metrics::space4, metrics::space8, metrics::space8);
    top->addWidget(m_search);
    card->body()->addLayout(top);
    m_list = new ItemList(tr("Settings"), card);
    card->body()->addWidget(m_list, 1);
    connect(m_search, &SearchField::searchChanged, this, &SettingsScreen::fillList);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (!m_search->text().trimmed().isEmpty() && m_list->model()->rowCount() > 0)
            m_list->setCurrentIndex(m_list->model()->index(0, 0));
    });
    connect(m_list, &ItemList::itemSelected, this, &SettingsScreen::chosen);
    connect(m_list, &ItemList::itemOpened, this, [this] { m_stack->currentWidget()->setFocus(); });
    return card;
}

void SettingsScreen::fillList()
{
    m_filling = true;
    std::vector<ListItem> items;
    const QString typed = m_search->text().trimmed();
    if (typed.isEmpty()) {
        std::optional<PageEntry::Group> group;
        for (const PageEntry& page : pageEntries()) {
            if (group != page.group) {
                group = page.group;
                ListItem heading{{}, Icon::none};
                heading.title = page.group == PageEntry::Group::me ? tr("Mine") : tr("Workspace");
                heading.kind = ListItem::Kind::group;
                items.push_back(heading);
            }
            ListItem item{page.key, page.icon};
            item.title = page.title;
            items.push_back(item);
        }
    } else {
        for (const SettingEntry& entry : foundSettings(typed)) {
            ListItem item{settingsRoute(entry.page).format()
                    + (entry.anchor.isEmpty() ? QString() : QLatin1Char('#') + entry.anchor) + QLatin1Char('|')
                    + entry.title,
                Icon::none};
            item.title = entry.title;
            for (const PageEntry& page : pageEntries()) {
                if (page.key == entry.page) {
                    item.icon = page.icon;
                    item.detail = page.title;
                }
            }
            items.push_back(item);
        }
        if (items.empty()) {
            ListItem nothing{{}, Icon::none};
            nothing.title = tr("No setting is called that");
            nothing.kind = ListItem::Kind::group;
            items.push_back(nothing);
        }
    }
    m_list->setItems(std::move(items));
    if (typed.isEmpty())
        m_list->setCurrentKey(m_page);
    m_filling = false;
}

void SettingsScreen::chosen(const QVariant& key)
{
    if (m_filling || !key.isValid())
        return;
    const QString words = key.toString();
    const Route route
        = words.contains(QLatin1Char('/')) ? Route::parse(words.section(QLatin1Char('|'), 0, 0)) : settingsRoute(words);
    if (route.at(0) == m_page && route.fragment.isEmpty())
        return;
    Q_EMIT navigate(route);
}

SettingsPage* SettingsScreen::pageOf(const QString& key)
{
    SettingsPage*& page = m_pages[key];
    if (!page) {
        page = makePage(key, context(), m_stack);
        m_stack->addWidget(page);
        connect(page, &SettingsPage::navigate, this, &SettingsScreen::navigate);
        connect(page, &SettingsPage::routeChanged, this, &SettingsScreen::routeChanged);
        connect(page, &SettingsPage::notify, this, &SettingsScreen::notify);
    }
    return page;
}

void SettingsScreen::open(const Route& route)
{
    const QString wanted = isPage(route.at(0)) ? route.at(0) : QStringLiteral("people");
    const bool moved = wanted != m_page;
    m_page = wanted;
    SettingsPage* page = pageOf(wanted);
    m_stack->setCurrentWidget(page);
    if (m_search->text().trimmed().isEmpty()) {
        m_filling = true;
        m_list->setCurrentKey(m_page);
        m_filling = false;
    }
    page->open(route);
    if (moved)
        Q_EMIT titleChanged();
}

void SettingsScreen::refresh(const TopicSet& topics)
{
    if (SettingsPage* page = current())
        page->refresh(topics);
}

QString SettingsScreen::title() const
{
    for (const PageEntry& page : pageEntries()) {
        if (page.key == m_page)
            return page.shortTitle.isEmpty() ? page.title : page.shortTitle;
    }
    return tr("Settings");
}

QList<Crumb> SettingsScreen::crumbs() const
{
    return {{tr("Settings"), Route{QStringLiteral("settings"), {}, {}, {}}}};
}

QString SettingsScreen::helpText() const
{
    return tr("Search finds any setting by what people call it. What you may not change is shown, disabled, with whom "
              "to ask. Every change here is written to the record with who made it.");
}

void SettingsScreen::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool SettingsScreen::hasUnsavedWork() const
{
    const SettingsPage* page = current();
    return page && page->hasUnsavedWork();
}

Screen* makeSettingsScreen(ScreenContext& context, QWidget* parent)
{
    return new SettingsScreen(context, parent);
}

}
