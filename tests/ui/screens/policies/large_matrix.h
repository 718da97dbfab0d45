#pragma once

#include "core/api/grants.h"

#include <array>
#include <string>

/// An access matrix of a large company: eight teams, tools in 25 systems.
namespace ephor::ui::test {

/// About four in ten cells have a rule; agents of a team mostly agree, and a few tightenings stand.
inline ReadMatrix::Response largeMatrix(std::size_t agents, std::size_t tools)
{
    constexpr std::size_t teams = 8;
    constexpr std::size_t systems = 25;
    constexpr std::array effects{SideEffect::Read, SideEffect::Write, SideEffect::Irreversible, SideEffect::Egress};
    constexpr std::array answers{ephor::Access::Allow, ephor::Access::Ask, ephor::Access::Deny};
    ReadMatrix::Response matrix;
    for (std::size_t tool = 0; tool < tools; ++tool) {
        const std::string system = std::to_string(tool % systems);
        const std::string act = std::to_string(tool / systems);
        matrix.tools.push_back({"system" + system + ".act" + act, "Act " + act + " of system " + system,
            "team" + std::to_string(tool % teams), effects[tool % effects.size()]});
    }
    for (std::size_t agent = 0; agent < agents; ++agent) {
        const std::string number = std::to_string(agent);
        MatrixRow row{
            "agent-" + number, "Agent number " + number, "team" + std::to_string(agent % teams), agent + 1, {}};
        for (std::size_t tool = 0; tool < tools; ++tool) {
            const std::size_t usual = (tool * 7 + agent % teams) % 10;
            if (usual >= 4)
                continue;
            const bool differs = (agent * 31 + tool) % 97 == 0;
            row.cells.push_back({matrix.tools[tool].name, answers[(usual + std::size_t(differs)) % answers.size()],
                (agent * 7 + tool) % 331 == 0, agent * tool});
        }
        matrix.rows.push_back(std::move(row));
    }
    for (std::size_t team = 0; team < teams; ++team)
        matrix.teamTitles["team" + std::to_string(team)] = "Team " + std::to_string(team);
    return matrix;
}

}
