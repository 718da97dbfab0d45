#pragma once

#include "ui/bridge/screen.h"
#include "ui/shell/places.h"

namespace ephor::ui {

/// A place that this version has no screen for yet: says what will live there.
class PlaceholderScreen : public Screen {
    Q_OBJECT

public:
    PlaceholderScreen(ScreenContext& context, const Place& place, QWidget* parent);

    void open(const Route&) override { }
    void refresh(const TopicSet&) override { }
    QString title() const override { return m_place.title; }
    QString helpText() const override { return m_place.says; }

private:
    Place m_place;
};

}
