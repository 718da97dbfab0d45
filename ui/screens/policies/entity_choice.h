#pragma once

#include "ui/bridge/protection_words.h"

#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace ephor::ui {
class Label;
class SearchField;
}

namespace ephor::ui::policies {

/// Which kinds of things are looked for: whole classes, and single kinds below them.
class EntityChoice : public QWidget {
    Q_OBJECT

public:
    EntityChoice(const Entities& known, QWidget* parent);

    /// What is not known here gets a box of its own, so that nothing is lost by opening a rule.
    void setChosen(const std::vector<std::string>& what);
    /// Classes first, in the order of the boxes.
    std::vector<std::string> chosen() const;

Q_SIGNALS:
    void changed();

private:
    QCheckBox* addBox(const QString& words, const QString& name, int indent);
    void narrow(const QString& words);

    QVBoxLayout* m_rows;
    SearchField* m_search;
    Label* m_none;
    std::vector<QCheckBox*> m_boxes;
    Entities m_known;
};

}
