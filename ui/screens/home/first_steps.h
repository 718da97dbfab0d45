#pragma once

#include <QWidget>

namespace ephor::ui::home {

/// What an empty workspace shows: the three steps to the first governed run.
class FirstSteps : public QWidget {
    Q_OBJECT

public:
    explicit FirstSteps(QWidget* parent = nullptr);

Q_SIGNALS:
    void addAgentWanted();
    void modelsWanted();
    void runsWanted();
};

}
