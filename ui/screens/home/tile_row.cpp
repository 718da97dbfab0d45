#include "ui/screens/home/tile_row.h"

#include "ui/kit/stat_tile.h"
#include "ui/kit/tokens.h"

#include <QHBoxLayout>

namespace ephor::ui::home {

TileRow::TileRow(QWidget* parent)
    : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::gap);
    for (std::size_t at = 0; at < tileCount; ++at) {
        auto* tile = new StatTile(tileLabel(static_cast<Tile>(at)), this);
        tile->setLoading();
        row->addWidget(tile, 1);
        m_tiles[at] = tile;
        connect(tile, &QAbstractButton::clicked, this, [this, at] { Q_EMIT drilled(m_drills[at]); });
    }
}

void TileRow::setWords(const std::array<TileWords, tileCount>& words)
{
    for (std::size_t at = 0; at < tileCount; ++at) {
        m_drills[at] = words[at].drill;
        m_tiles[at]->setState(words[at].state);
        m_tiles[at]->setSeries(words[at].series);
        m_tiles[at]->setFootnote(words[at].footnote, words[at].brief);
        m_tiles[at]->setValue(words[at].value, words[at].exact);
    }
}

}
