#pragma once

#include <QWidget>
#include <functional>
#include <vector>

class QVBoxLayout;

namespace ephor::ui {

class Card;

/// A page of the gallery.
struct GalleryPage {
    const char* name;
    std::function<QWidget*()> make;
};

/// All pages in order, those of other rooms last.
const std::vector<GalleryPage>& galleryPages();

/// An empty page with the usual paddings.
QWidget* galleryPage(QVBoxLayout*& rows);
/// A card that holds some widgets in a row.
Card* galleryRow(const QString& title, const std::vector<QWidget*>& widgets);

QWidget* galleryControlsPage();
QWidget* galleryStatesPage();
QWidget* galleryCardsPage();
QWidget* galleryTablesPage();
QWidget* galleryListsPage();
QWidget* galleryMessagesPage();
QWidget* galleryDialogsPage();
QWidget* galleryTextPage();
QWidget* galleryRunPage();
QWidget* galleryMatrixPage();
QWidget* galleryShellPage();
QWidget* galleryColorsPage();

}
