#pragma once

#include <QWidget>

namespace ephor::ui::activity {

/// What the marks on a message mean, folded away until wanted.
class LabelLegend : public QWidget {
    Q_OBJECT

public:
    explicit LabelLegend(QWidget* parent = nullptr);
};

}
