#pragma once

class QWidget;

namespace ephor::ui {

/// A window with a page for every component, in its states, with fixed contents and a fixed clock. Shown by
/// `ephor-console --gallery`; the subject of snapshot tests. Needs Theme::install.
QWidget* makeGallery();

/// Shows the page named so; false where there is none.
bool showGalleryPage(QWidget* gallery, const char* name);

}
