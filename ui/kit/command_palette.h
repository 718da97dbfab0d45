#pragma once

#include "ui/kit/icons.h"

#include <QFrame>
#include <QKeySequence>
#include <functional>
#include <vector>

class QListView;

namespace ephor::ui {

/// A line of the palette, drawn as "Group: Action" with its keys at the right.
struct PaletteItem {
    QString id;
    QString section; ///< heading it stands under: "Places", "Commands", "Agents"
    QString group = {}; ///< grey part before the action
    QString action;
    QString detail = {}; ///< grey part after it
    QString keys = {}; ///< keycap, as "Ctrl 1"
    Icon icon = Icon::none;
    int rank = 0; ///< added to the score: last used first
};

/// Called with what was typed; answers now or later through `deliver`, on the UI thread, any number of times.
/// Answers to a text no longer typed are dropped.
using PaletteProvider
    = std::function<void(const QString& typed, std::function<void(std::vector<PaletteItem>)> deliver)>;

/// Finds places, commands and things by a few letters.
class CommandPalette : public QFrame {
    Q_OBJECT

public:
    /// Lies over `parent`, hidden until `open`.
    explicit CommandPalette(QWidget* parent);

    /// Items that are always there; matched here.
    void setItems(std::vector<PaletteItem> items);
    /// Items found elsewhere; shown in their own section in the order given, at most 8 of them.
    void addProvider(PaletteProvider provider);
    void open(const QString& typed = {});

Q_SIGNALS:
    void chosen(const QString& id);
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void search(const QString& typed);
    void rebuild();
    void move(int step);
    void accept();

    class SearchField* m_field;
    QListView* m_list;
    class PaletteModel* m_model;
    class EmptyState* m_nothing;
    std::vector<PaletteItem> m_items;
    std::vector<PaletteProvider> m_providers;
    std::vector<std::vector<PaletteItem>> m_found;
    QString m_typed;
    quint64 m_generation = 0;
};

}
