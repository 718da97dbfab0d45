#include "ui/bridge/screen.h"

namespace ephor::ui {

Screen::Screen(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
}

void Screen::setTimeRange(const TimeRange& range)
{
    if (range == m_timeRange)
        return;
    m_timeRange = range;
    timeRangeChanged();
}

}
