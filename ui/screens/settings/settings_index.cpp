#include "ui/screens/settings/settings_index.h"

#include "ui/screens/settings/settings_page.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

namespace ephor::ui::settings {

namespace {

struct IndexWording {
    Q_DECLARE_TR_FUNCTIONS(IndexWording)
};

QString pageTitle(const QString& key)
{
    for (const PageEntry& page : pageEntries()) {
        if (page.key == key)
            return page.title;
    }
    return {};
}

}

Route settingsRoute(const QString& page, const QString& key, const QString& value)
{
    Route route{QStringLiteral("settings"), {page}, {}, {}};
    return key.isEmpty() ? route : route.with(key, value);
}

const std::vector<PageEntry>& pageEntries()
{
    static const std::vector<PageEntry> pages{
        {QStringLiteral("people"), IndexWording::tr("People"), Icon::person},
        {QStringLiteral("teams"), IndexWording::tr("Teams"), Icon::team},
        {QStringLiteral("keys"), IndexWording::tr("Service keys"), Icon::key},
        {QStringLiteral("environments"), IndexWording::tr("Environments"), Icon::info},
        {QStringLiteral("providers"), IndexWording::tr("Connections & providers"), Icon::model,
            PageEntry::Group::workspace, IndexWording::tr("Providers")},
        {QStringLiteral("secrets"), IndexWording::tr("Secrets"), Icon::lock},
        {QStringLiteral("appearance"), IndexWording::tr("Appearance"), Icon::sun, PageEntry::Group::me},
        {QStringLiteral("password"), IndexWording::tr("My password"), Icon::shield, PageEntry::Group::me},
    };
    return pages;
}

const std::vector<SettingEntry>& settingEntries()
{
    static const std::vector<SettingEntry> settings = [] {
        const auto of = [](const char* page, const QString& title, const QString& words, const char* anchor = "") {
            return SettingEntry{QLatin1String(page), title, words, QLatin1String(anchor)};
        };
        using W = IndexWording;
        return std::vector<SettingEntry>{
            of("people", W::tr("Add a person"), W::tr("user account login invite new")),
            of("people", W::tr("Roles of a person"),
                W::tr("permission rights administrator officer auditor owner viewer team environment")),
            of("people", W::tr("Deactivate a person"), W::tr("remove delete disable leave account")),
            of("people", W::tr("Reset a person's password"), W::tr("forgot login")),
            of("teams", W::tr("Add or rename a team"), W::tr("group department")),
            of("keys", W::tr("Create a service key"), W::tr("api token credential client")),
            of("keys", W::tr("Revoke a service key"), W::tr("api token leak delete remove")),
            of("environments", W::tr("Version of Ephor"), W::tr("about build number"), "version"),
            of("environments", W::tr("Environment of this workspace"),
                W::tr("production name demo embedded four eyes")),
            of("providers", W::tr("Test a model"), W::tr("provider connection openai ollama base url endpoint")),
            of("secrets", W::tr("Set a secret"), W::tr("api key password credential provider value")),
            of("secrets", W::tr("Remove a secret"), W::tr("delete credential")),
            of("appearance", W::tr("Theme"), W::tr("dark light high contrast colour night system"), "theme"),
            of("appearance", W::tr("Density"), W::tr("rows compact relaxed table height"), "density"),
            of("appearance", W::tr("Type size"), W::tr("font text larger smaller scale zoom"), "type"),
            of("appearance", W::tr("Reduced motion"), W::tr("animation accessibility moving"), "motion"),
            of("password", W::tr("Change my password"), W::tr("login secret account")),
        };
    }();
    return settings;
}

std::vector<SettingEntry> foundSettings(const QString& typed)
{
    const QStringList words = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<SettingEntry> byTitle;
    std::vector<SettingEntry> byWords;
    if (words.isEmpty())
        return byTitle;
    for (const SettingEntry& entry : settingEntries()) {
        const QString all = entry.title + QLatin1Char(' ') + entry.words + QLatin1Char(' ') + pageTitle(entry.page);
        const auto inTitle = [&](const QString& word) { return entry.title.contains(word, Qt::CaseInsensitive); };
        const auto anywhere = [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); };
        if (std::all_of(words.begin(), words.end(), inTitle))
            byTitle.push_back(entry);
        else if (std::all_of(words.begin(), words.end(), anywhere))
            byWords.push_back(entry);
    }
    byTitle.insert(byTitle.end(), byWords.begin(), byWords.end());
    return byTitle;
}

}
