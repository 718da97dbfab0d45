#include "ui/shell/placeholder_screen.h"

#include "ui/kit/empty_state.h"

#include <QVBoxLayout>

namespace ephor::ui {

PlaceholderScreen::PlaceholderScreen(ScreenContext& context, const Place& place, QWidget* parent)
    : Screen(context, parent)
    , m_place(place)
{
    auto* column = new QVBoxLayout(this);
    column->addWidget(
        new EmptyState(EmptyState::Kind::firstUse, tr("%1 comes with a later version").arg(place.title), place.says));
}

}
