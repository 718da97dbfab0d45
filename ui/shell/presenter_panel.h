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
class PresenterStrip;

/// Presenter mode: the demo's stories, each with Next and Reset, and what the presenter says. Larger type is the
/// shell's.
class PresenterPanel : public QWidget {
    Q_OBJECT

public:
    /// Beside the page with all stories, or a line under it with one of them.
    enum class Shape { panel, strip };

    explicit PresenterPanel(Session& session, QWidget* parent = nullptr);

    void setShape(Shape shape);
    Shape shape() const { return m_shape; }

    QSize sizeHint() const override;

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
    void refreshStrip(const Row& row, const QString& whyNoNext, const QString& whyNoReset);
    void choose(const std::string& id);
    void fail(const Error& error);

    Session& m_session;
    Shape m_shape = Shape::panel;
    QWidget* m_head;
    QWidget* m_area = nullptr;
    QVBoxLayout* m_list;
    InlineError* m_error;
    PresenterStrip* m_strip;
    std::string m_chosen; ///< the story in the strip
    std::map<std::string, Row> m_rows;
    Latest m_load;
    Latest m_play;
};

}
