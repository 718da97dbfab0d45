#pragma once

#include "ui/bridge/paced.h"
#include "ui/bridge/screen.h"

class QStackedLayout;

namespace ephor::ui {

namespace changes {
class BoardPage;
class ChangePage;
}

/// Changes as a board or a list, and one page a change.
///
///     changes?agent=refunds&state=approval&mine=1&q=limit&view=list · changes?new=refunds · changes/CH-12?item=1
class ChangesScreen : public Screen {
    Q_OBJECT

public:
    ChangesScreen(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    QString title() const override;
    QList<Crumb> crumbs() const override;
    QList<Command> commands() override;
    QString helpText() const override;
    void focusSearch() override;

private:
    bool isOnChange() const;
    void draftNew(const QString& agent);

    QStackedLayout* m_pages;
    changes::BoardPage* m_board;
    changes::ChangePage* m_change;
    Paced m_numbers; ///< of a rollout: they change with every run
};

Screen* makeChangesScreen(ScreenContext& context, QWidget* parent);

}
