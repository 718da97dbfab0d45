#pragma once

#include "core/api/definitions.h"
#include "ui/bridge/request.h"
#include "ui/kit/command_palette.h"
#include "ui/shell/command_registry.h"

#include <array>

namespace ephor::ui {

/// Fills the palette: places, commands, agents and definitions, and what `insight.find` finds for a pasted id or a
/// business reference. Items are "route:…" or "command:…".
class PaletteFeed : public QObject {
    Q_OBJECT

public:
    PaletteFeed(Session& session, CommandRegistry& commands, CommandPalette& palette);

    /// Opens with what is known now and asks for the rest.
    void open(const QString& typed = {});

Q_SIGNALS:
    void routeChosen(const ephor::ui::Route& route);

private:
    void fill();
    void loadDefinitions();
    void find(const QString& typed, const std::function<void(std::vector<PaletteItem>)>& deliver);
    void choose(const QString& id);

    static constexpr std::size_t kindCount = 4;
    Session& m_session;
    CommandRegistry& m_commands;
    CommandPalette& m_palette;
    std::array<std::vector<PaletteItem>, kindCount> m_definitions;
    std::array<Latest, kindCount> m_loads;
    Latest m_find;
};

}
