#include "ui/shell/palette_feed.h"

#include "core/api/insight.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/shell/places.h"

namespace ephor::ui {

namespace {

/// A command run lately stands before one that fits a little better.
constexpr int recencyWeight = 4;
/// Shorter texts would find everything.
constexpr int shortestFind = 2;

const QString routePrefix = QStringLiteral("route:");
const QString commandPrefix = QStringLiteral("command:");

}

PaletteFeed::PaletteFeed(Session& session, CommandRegistry& commands, CommandPalette& palette)
    : QObject(&palette)
    , m_session(session)
    , m_commands(commands)
    , m_palette(palette)
{
    palette.addProvider(
        [this](const QString& typed, std::function<void(std::vector<PaletteItem>)> deliver) { find(typed, deliver); });
    connect(&palette, &CommandPalette::chosen, this, &PaletteFeed::choose);
}

void PaletteFeed::open(const QString& typed)
{
    fill();
    loadDefinitions();
    m_palette.open(typed);
}

void PaletteFeed::fill()
{
    std::vector<PaletteItem> items;
    int key = 1;
    for (const Place& place : places()) {
        PaletteItem item;
        item.id = routePrefix + place.id;
        item.section = tr("Places");
        item.action = place.title;
        item.keys = QStringLiteral("Ctrl %1").arg(key++ % 10);
        item.icon = place.icon;
        items.push_back(item);
    }
    for (const Command& command : m_commands.all()) {
        // Places stand by themselves, and nobody opens the palette to open the palette.
        if (!command.enabled || command.id.startsWith(QStringLiteral("go."))
            || command.id.startsWith(QStringLiteral("jump.")) || command.id == QStringLiteral("move.search")
            || command.id == QStringLiteral("move.back-key"))
            continue;
        PaletteItem item;
        item.id = commandPrefix + command.id;
        item.section = tr("Commands");
        item.group = command.group;
        item.action = command.action;
        item.keys = CommandRegistry::keyText(command.keys);
        item.icon = command.icon;
        item.rank = recencyWeight * m_commands.recency(command.id);
        items.push_back(item);
    }
    for (const auto& some : m_definitions)
        items.insert(items.end(), some.begin(), some.end());
    m_palette.setItems(std::move(items));
}

void PaletteFeed::loadDefinitions()
{
    static constexpr std::array<DefinitionKind, kindCount> kinds{
        DefinitionKind::Agent, DefinitionKind::Prompt, DefinitionKind::Model, DefinitionKind::Tool};
    for (std::size_t at = 0; at < kindCount; ++at) {
        ListDefinitions::Request ask;
        ask.kind = kinds[at];
        m_loads[at].request<ListDefinitions>(
            this, m_session, ask, [this, at, kind = kinds[at]](Result<ListDefinitions::Response> answer) {
                // The palette is worth having without them.
                if (!answer)
                    return;
                m_definitions[at].clear();
                for (const DefinitionSummary& one : answer->definitions) {
                    PaletteItem item;
                    item.id = routePrefix + routes::definition(librarySegment(kind), text(one.name)).format();
                    item.section = kind == DefinitionKind::Agent ? tr("Agents") : tr("Library");
                    item.group = kind == DefinitionKind::Agent ? QString() : word(kind);
                    item.action = text(one.title.empty() ? one.name : one.title);
                    item.detail = one.title.empty() ? QString() : text(one.name);
                    item.icon = iconOf(kind);
                    m_definitions[at].push_back(std::move(item));
                }
                fill();
            });
    }
}

void PaletteFeed::find(const QString& typed, const std::function<void(std::vector<PaletteItem>)>& deliver)
{
    const QString wanted = typed.trimmed();
    if (wanted.size() < shortestFind) {
        m_find.cancel();
        return;
    }
    FindAnything::Request ask;
    ask.text = utf8(wanted.left(128));
    m_find.request<FindAnything>(this, m_session, ask, [deliver](Result<FindAnything::Response> answer) {
        std::vector<PaletteItem> items;
        if (!answer)
            return;
        for (const ChangedItem& hit : answer->hits) {
            PaletteItem item;
            item.id = routePrefix + text(hit.route);
            item.section = tr("Found");
            item.action = text(hit.title);
            item.detail = text(hit.detail);
            item.icon = itemIcon(hit.kind);
            items.push_back(std::move(item));
        }
        deliver(std::move(items));
    });
}

void PaletteFeed::choose(const QString& id)
{
    if (id.startsWith(routePrefix))
        Q_EMIT routeChosen(Route::parse(id.mid(routePrefix.size())));
    else if (id.startsWith(commandPrefix))
        m_commands.run(id.mid(commandPrefix.size()));
}

}
