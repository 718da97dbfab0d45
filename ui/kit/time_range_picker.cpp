#include "ui/kit/time_range_picker.h"

#include "ui/kit/field.h"
#include "ui/kit/paint.h"

#include <QMenu>
#include <QWidgetAction>

namespace ephor::ui {

namespace {

constexpr qint64 hour = 3600;
constexpr qint64 usualRanges[]{900, hour, 6 * hour, 24 * hour, 7 * 24 * hour, 30 * 24 * hour, 90 * 24 * hour};

}

TimeRangePicker::TimeRangePicker(QWidget* parent)
    : Button({}, Role::secondary, parent)
{
    setGlyph(Icon::clock);
    setProperty("chevron", true);
    setText(timeRangeLabel(m_range));
    setAccessibleName(tr("Time range"));
    setAccessibleDescription(text());
    connect(this, &QAbstractButton::clicked, this, &TimeRangePicker::open);
}

void TimeRangePicker::setRange(const TimeRange& range)
{
    m_range = range;
    setText(timeRangeLabel(range));
    setAccessibleDescription(text());
    updateGeometry();
}

void TimeRangePicker::choose(const TimeRange& range)
{
    if (range == m_range)
        return;
    setRange(range);
    Q_EMIT rangeChanged(range);
}

void TimeRangePicker::open()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto* field = new TextField(tr("Range, for example 5m, yesterday or two dates"), menu);
    field->setPlaceholderText(tr("5m, yesterday, 2026-03-01..2026-03-08"));
    field->setMinimumWidth(textWidth(TextStyle::body, field->placeholderText()) + 32);
    auto* typed = new QWidgetAction(menu);
    typed->setDefaultWidget(field);
    menu->addAction(typed);
    menu->addSeparator();
    for (const qint64 seconds : usualRanges) {
        const TimeRange range = TimeRange::last(seconds);
        QAction* action = menu->addAction(timeRangeLabel(range));
        action->setCheckable(true);
        action->setChecked(range == m_range);
        connect(action, &QAction::triggered, this, [this, range] { choose(range); });
    }
    connect(field, &QLineEdit::returnPressed, this, [this, field, menu] {
        const auto range = parseTimeRange(field->text(), QDateTime::currentDateTime());
        if (!range) {
            field->setError(tr("Not a range of time; try 5m, yesterday or two dates parted by .."));
            return;
        }
        menu->close();
        choose(*range);
    });
    menu->popup(mapToGlobal(QPoint(0, height() + 2)));
    field->setFocus();
}

}
