#pragma once

#include <QWidget>
#include <utility>

class QMenu;

namespace ephor::ui {

class Button;
class Label;

/// Presenter mode where the window is too narrow for a panel beside the page: one line with the story, its current
/// step, Next and Reset. It shows what it is told and plays nothing itself.
class PresenterStrip : public QWidget {
    Q_OBJECT

public:
    /// One story as it stands.
    struct Told {
        QString title;
        QString step; ///< "1 of 3: ..."
        QString says; ///< what happened last, or what the story is about
        QString whyNoNext; ///< empty: Next may be pressed
        QString whyNoReset;
    };

    explicit PresenterStrip(QWidget* parent = nullptr);

    /// The menu of stories, as id and title.
    void setStories(const QList<std::pair<QString, QString>>& stories);
    void setTold(const Told& told);

Q_SIGNALS:
    void storyChosen(const QString& id);
    void nextRequested();
    void resetRequested();
    void closeRequested();

private:
    QMenu* m_menu;
    Button* m_story;
    Label* m_step;
    Label* m_says;
    Button* m_next;
    Button* m_reset;
};

}
