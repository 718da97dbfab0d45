#pragma once

#include "ui/kit/state.h"

#include <QWidget>
#include <vector>

namespace ephor::ui {

class Banner;
class ItemList;

/// Something that is wrong with what is being written.
struct ShownProblem {
    State state = State::failed;
    QString message;
    QString hint = {};
    QString action = {}; ///< words of the way to it, "Go to it"; empty: it has no place
};

/// What is wrong with what is being written: the first in a line of its own, the others below it. Nothing where nothing
/// is.
class ProblemList : public QWidget {
    Q_OBJECT

public:
    explicit ProblemList(const QString& accessibleName, QWidget* parent = nullptr);

    void setProblems(const std::vector<ShownProblem>& problems);

Q_SIGNALS:
    /// The way to one was taken, by its place in the list.
    void chosen(std::size_t at);

private:
    Banner* m_first;
    ItemList* m_others;
};

}
