#pragma once

class QWidget;

namespace ephor::ui {

/// Watches how people move through the program, once for the application; Theme::install() calls it.
void watchFocus();

/// Whether a ring belongs around `widget`: it has the focus, and the last one to choose where the focus is was the
/// keyboard. A click, and a page that puts the focus somewhere by itself, show none; the next key that moves does.
bool showsFocus(const QWidget* widget);

}
