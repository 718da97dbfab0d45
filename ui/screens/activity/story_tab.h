#pragma once

#include "core/api/runs.h"
#include "ui/bridge/request.h"

#include <QWidget>
#include <optional>

class QScrollArea;
class QStackedLayout;
class QVBoxLayout;

namespace ephor::ui {
class Banner;
class Label;
class LoadView;
struct ScreenContext;
}

namespace ephor::ui::activity {

class InspectedList;

/// What was said in a run. Opened only when asked for, since opening is recorded.
class StoryTab : public QWidget {
    Q_OBJECT

public:
    StoryTab(ScreenContext& context, QWidget* parent);

    /// With another run, what was opened before is closed.
    void setRun(const GetRun::Response& run);

private:
    QWidget* makeDoor();
    QWidget* makeStory();
    void load();
    void showFound();
    void show(const OpenRun::Response& story);
    void showCall(const QString& call);

    ScreenContext& m_context;
    QString m_run;
    std::vector<Inspected> m_inspected;
    std::optional<OpenRun::Response> m_story;
    Latest m_asked;
    QStackedLayout* m_stack;
    LoadView* m_view = nullptr;
    QScrollArea* m_area = nullptr;
    Banner* m_erased = nullptr;
    Label* m_nothingFound = nullptr;
    InspectedList* m_found = nullptr;
    QVBoxLayout* m_parts = nullptr;
};

}
