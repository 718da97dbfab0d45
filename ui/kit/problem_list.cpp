#include "ui/kit/problem_list.h"

#include "ui/kit/inline_error.h"
#include "ui/kit/item_list.h"

#include <QVBoxLayout>

namespace ephor::ui {

namespace {

/// Three lines; more scroll, so that what is being written keeps its room.
constexpr int otherProblemsTall = 84;

}

ProblemList::ProblemList(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_first(new Banner(State::failed, {}, {}, this))
    , m_others(new ItemList(accessibleName, this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_others->setMaximumHeight(otherProblemsTall);
    rows->addWidget(m_first);
    rows->addWidget(m_others);
    connect(m_first, &Banner::actionTriggered, this, [this] { Q_EMIT chosen(0); });
    connect(m_others, &ItemList::itemOpened, this, [this](const QVariant& at) { Q_EMIT chosen(at.toULongLong()); });
    setProblems({});
}

void ProblemList::setProblems(const std::vector<ShownProblem>& problems)
{
    m_first->setVisible(!problems.empty());
    m_others->setVisible(problems.size() > 1);
    if (problems.empty())
        return;
    m_first->setText(problems.front().state, problems.front().message, problems.front().hint);
    m_first->setAction(problems.front().action);
    std::vector<ListItem> items;
    for (std::size_t at = 1; at < problems.size(); ++at) {
        ListItem item;
        item.key = qulonglong(at);
        item.icon = stateIcon(problems[at].state);
        item.iconToken = stateToken(problems[at].state);
        item.title = problems[at].message;
        items.push_back(std::move(item));
    }
    m_others->setItems(std::move(items));
}

}
