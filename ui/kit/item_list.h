#pragma once

#include "ui/kit/state.h"

#include <QListView>
#include <optional>
#include <vector>

namespace ephor::ui {

/// A row of an ItemList: icon, title, something at the right, one grey line below.
struct ListItem {
    QVariant key;
    Icon icon = Icon::none;
    Token iconToken = Token::textMuted;
    QString title;
    QString trailing = {}; ///< age or deadline
    Token trailingToken = Token::textMuted;
    QString detail = {}; ///< second line; without it the row is one line high
    std::optional<State> status = {}; ///< drawn after the title, as in a list of versions
    QString statusText = {};
    QString initials = {}; ///< an avatar instead of the icon
    enum class Kind {
        item, ///< can be chosen
        group, ///< a heading of the rows below: title and trailing only
        quiet ///< an item in grey: nothing to do here
    } kind
        = Kind::item;
};

/// The lists of the console: inbox, versions, what changed, what waits. Up, Down, j and k move, Enter opens.
class ItemList : public QListView {
    Q_OBJECT

public:
    explicit ItemList(const QString& accessibleName, QWidget* parent = nullptr);

    /// Replaces the rows; the chosen row stays chosen if its key is still there.
    void setItems(std::vector<ListItem> items);
    QVariant currentKey() const;
    void setCurrentKey(const QVariant& key);
    /// No scroll area of its own: as high as its rows.
    void setFitRows();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void itemSelected(const QVariant& key);
    void itemOpened(const QVariant& key);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    /// Getting the focus chooses nothing.
    void focusInEvent(QFocusEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    class ItemListModel* m_items;
    bool m_fit = false;
};

}
