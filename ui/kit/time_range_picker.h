#pragma once

#include "ui/kit/button.h"
#include "ui/kit/time_range.h"

namespace ephor::ui {

/// The button "Last 24 h" with its menu of usual ranges and a field that takes typed ones.
class TimeRangePicker : public Button {
    Q_OBJECT

public:
    explicit TimeRangePicker(QWidget* parent = nullptr);

    void setRange(const TimeRange& range);
    TimeRange range() const { return m_range; }
    /// Opens the menu with the cursor in the field, as Ctrl+L does.
    void open();

Q_SIGNALS:
    void rangeChanged(const ephor::ui::TimeRange& range);

private:
    void choose(const TimeRange& range);

    TimeRange m_range = TimeRange::last(24 * 3600);
};

}
