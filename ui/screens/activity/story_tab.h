#pragma once

#include "core/api/runs.h"
#include "ui/bridge/request.h"
#include "ui/kit/state.h"

#include <QWidget>

class QStackedLayout;
class QVBoxLayout;

namespace ephor::ui {
class Banner;
class Button;
class LoadView;
struct ScreenContext;
}

namespace ephor::ui::activity {

/// Where a part of the story came from, as a badge tells it, and what that means for trusting it.
struct SourceWords {
    State state;
    QString words;
    QString meaning;
};
SourceWords sourceOf(const TranscriptPart& part);

/// What was said in a run. Opened only when asked for, since opening is recorded.
class StoryTab : public QWidget {
    Q_OBJECT

public:
    StoryTab(ScreenContext& context, QWidget* parent);

    /// Another run: what was opened before is closed.
    void setRun(const QString& id);

private:
    QWidget* makeDoor();
    void load();
    void show(const OpenRun::Response& story);

    ScreenContext& m_context;
    QString m_run;
    Latest m_asked;
    QStackedLayout* m_stack;
    LoadView* m_view;
    Banner* m_erased;
    QVBoxLayout* m_parts;
};

/// "Person", "Agent", "Tool orders.lookup": who speaks. Pure.
QString speakerOf(const TranscriptPart& part);

}
