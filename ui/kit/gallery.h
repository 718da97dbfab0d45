#pragma once

#include <functional>
#include <vector>

class QWidget;

namespace ephor::ui {

/// A window with a page for every component, in its states, with fixed contents and a fixed clock. Shown by
/// `ephor-console --gallery`; the subject of snapshot tests. Needs Theme::install.
QWidget* makeGallery();

/// Adds a page before the gallery is made; rooms above this one bring their own components (see ui/charts/gallery.h).
void addGalleryPage(const char* name, std::function<QWidget*()> make);

/// Shows the page named so; false where there is none. `gallery` comes from makeGallery.
bool showGalleryPage(QWidget* gallery, const char* name);

std::vector<const char*> galleryPageNames();

}
