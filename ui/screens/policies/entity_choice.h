#pragma once

#include "ui/bridge/protection_words.h"

#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace ephor::ui {
class Button;
class FlowLayout;
class Label;
class SearchField;
}

namespace ephor::ui::policies {

/// Which kinds of things are looked for: whole classes, each with its single kinds folded away below it. What is chosen
/// stands above as chips; words narrow the kinds.
class EntityChoice : public QWidget {
    Q_OBJECT

public:
    EntityChoice(const Entities& known, QWidget* parent);

    /// Chips that wrap take their room from the list.
    bool hasHeightForWidth() const override { return false; }

    /// What is not known here gets a box of its own, so that nothing is lost by opening a rule.
    void setChosen(const std::vector<std::string>& what);
    /// Classes first, in the order of the boxes.
    std::vector<std::string> chosen() const;

Q_SIGNALS:
    void changed();

private:
    /// A class with its kinds; what is not known has no class.
    struct Group {
        QCheckBox* whole = nullptr;
        Button* unfold = nullptr;
        QWidget* inside = nullptr;
        std::vector<QCheckBox*> kinds = {};
        bool isOpen = false;
    };
    void addGroup(const QString& name);
    void addKind(Group& group, const QString& name, const QString& words);
    QCheckBox* makeBox(const QString& words, const QString& name, QWidget* parent);
    void toggle(std::size_t group);
    void narrow();
    void showChips();

    FlowLayout* m_chips;
    QWidget* m_chipRow;
    SearchField* m_search;
    QWidget* m_list;
    QVBoxLayout* m_rows;
    Label* m_none;
    std::vector<Group> m_groups;
    std::vector<QCheckBox*> m_unknown;
    Entities m_known;
};

}
