#pragma once

#include "core/api/workspace.h"
#include "ui/bridge/request.h"
#include "ui/bridge/route.h"

#include <QWidget>
#include <map>

class QVBoxLayout;

namespace ephor::ui {

class Button;
class InlineError;
class Label;

/// Presenter mode: the demo's stories, each with Next and Reset, and what the presenter says. Larger type is the
/// shell's.
class PresenterPanel : public QWidget {
    Q_OBJECT

public:
    explicit PresenterPanel(Session& session, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {320, 600}; }

Q_SIGNALS:
    void routeWanted(const ephor::ui::Route& route);
    void closeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Row {
        Story story;
        std::optional<std::uint64_t> next = 0; ///< step to play; nothing: the story is over
        Label* step = nullptr;
        Label* happened = nullptr;
        Button* forward = nullptr;
        Button* reset = nullptr;
    };

    void load();
    void showStories(const std::vector<Story>& stories);
    void addStory(const Story& story);
    void play(const std::string& id, std::uint64_t step, bool reset);
    void refresh(Row& row);
    void fail(const Error& error);

    Session& m_session;
    QVBoxLayout* m_list;
    InlineError* m_error;
    std::map<std::string, Row> m_rows;
    Latest m_load;
    Latest m_play;
};

}
