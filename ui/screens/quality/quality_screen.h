#pragma once

#include "ui/bridge/screen.h"

namespace ephor::ui {

/// The place of evaluations, drift and feedback. Nothing of it exists yet: it says so, and leads to what tells about
/// quality today. Route: quality.
class QualityScreen : public Screen {
    Q_OBJECT

public:
    QualityScreen(ScreenContext& context, QWidget* parent);

    void open(const Route&) override { }
    void refresh(const TopicSet&) override { }
    QString title() const override { return tr("Quality"); }
    QString helpText() const override;

private:
    QWidget* makeToday();
};

Screen* makeQualityScreen(ScreenContext& context, QWidget* parent);

}
