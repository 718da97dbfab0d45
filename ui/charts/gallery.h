#pragma once

namespace ephor::ui {

/// Adds the charts' page to the gallery; call before makeGallery.
void addChartGallery();

}
