#pragma once

#include "ui/screens/home/tile_words.h"

#include <QWidget>

namespace ephor::ui {
class StatTile;
}

namespace ephor::ui::home {

/// The six numbers at the top, each leading to the list that makes it.
class TileRow : public QWidget {
    Q_OBJECT

public:
    explicit TileRow(QWidget* parent = nullptr);

    void setWords(const std::array<TileWords, tileCount>& words);

Q_SIGNALS:
    void drilled(const ephor::ui::Route& route);

private:
    std::array<StatTile*, tileCount> m_tiles{};
    std::array<Route, tileCount> m_drills{};
};

}
