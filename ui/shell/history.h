#pragma once

#include "ui/bridge/route.h"

#include <vector>

namespace ephor::ui {

/// Steps kept; older ones are forgotten.
constexpr std::size_t largestHistory = 200;

/// Where one was: back and forward. Pure.
class History {
public:
    /// A new step; what lay ahead is forgotten. The same route twice is one step.
    void visit(const Route& route);
    /// The current step moved without being left: a tab, a chosen row.
    void replace(const Route& route);
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_steps.size(); }
    /// The route to show; the current one where there is nowhere to go.
    Route back();
    Route forward();
    Route current() const { return m_steps.empty() ? routes::home() : m_steps[m_at]; }

private:
    std::vector<Route> m_steps;
    std::size_t m_at = 0;
};

}
