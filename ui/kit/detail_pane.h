#pragma once

#include "ui/kit/card.h"

namespace ephor::ui {

class IconButton;

/// The right-hand pane: a card whose body scrolls, with arrows to the neighbours and a way out to a window.
class DetailPane : public Card {
    Q_OBJECT

public:
    explicit DetailPane(const QString& title, QWidget* parent = nullptr);

    /// Adds a section under the ones before; returns where its content goes.
    QVBoxLayout* addSection(const QString& label = {});
    /// Removes every section.
    void clear();

Q_SIGNALS:
    void previousRequested();
    void nextRequested();

private:
    QVBoxLayout* m_sections;
};

}
