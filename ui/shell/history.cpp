#include "ui/shell/history.h"

namespace ephor::ui {

void History::visit(const Route& route)
{
    if (!m_steps.empty() && m_steps[m_at] == route)
        return;
    if (!m_steps.empty())
        m_steps.resize(m_at + 1);
    m_steps.push_back(route);
    if (m_steps.size() > largestHistory)
        m_steps.erase(m_steps.begin());
    m_at = m_steps.size() - 1;
}

void History::replace(const Route& route)
{
    if (m_steps.empty())
        visit(route);
    else
        m_steps[m_at] = route;
}

Route History::back()
{
    if (canGoBack())
        --m_at;
    return current();
}

Route History::forward()
{
    if (canGoForward())
        ++m_at;
    return current();
}

}
