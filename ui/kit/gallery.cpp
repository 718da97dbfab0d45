#include "ui/kit/gallery.h"

#include "ui/kit/gallery_pages.h"
#include "ui/kit/item_list.h"
#include "ui/kit/label.h"
#include "ui/kit/theme.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

/// List of pages at the left, the chosen page at the right.
class GalleryWindow : public QWidget {
public:
    GalleryWindow()
        : m_list(new ItemList(QStringLiteral("Components"), this))
        , m_pages(new QStackedWidget(this))
    {
        setWindowTitle(QStringLiteral("Ephor components"));
        resize(1280, 860);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(0);
        m_list->setMaximumWidth(200);
        row->addWidget(m_list);
        row->addWidget(m_pages, 1);
        std::vector<ListItem> items;
        for (const GalleryPage& page : galleryPages()) {
            ListItem item;
            item.key = QString::fromLatin1(page.name);
            item.title = QString::fromLatin1(page.name);
            item.kind = ListItem::Kind::quiet;
            items.push_back(item);
            auto* area = new QScrollArea(m_pages);
            area->setFrameShape(QFrame::NoFrame);
            area->setWidgetResizable(true);
            area->setFocusPolicy(Qt::NoFocus);
            area->setWidget(page.make());
            m_pages->addWidget(area);
        }
        m_list->setItems(std::move(items));
        connect(m_list, &ItemList::itemSelected, this, [this](const QVariant& key) { showPage(key.toString()); });
        m_list->setCurrentKey(QString::fromLatin1(galleryPages().front().name));
    }

    bool showPage(const QString& name)
    {
        const std::vector<GalleryPage>& pages = galleryPages();
        for (std::size_t at = 0; at < pages.size(); ++at) {
            if (name == QLatin1String(pages[at].name)) {
                m_pages->setCurrentIndex(static_cast<int>(at));
                m_list->setCurrentKey(name);
                return true;
            }
        }
        return false;
    }

private:
    ItemList* m_list;
    QStackedWidget* m_pages;
};

}

QWidget* makeGallery()
{
    return new GalleryWindow;
}

bool showGalleryPage(QWidget* gallery, const char* name)
{
    return static_cast<GalleryWindow*>(gallery)->showPage(QString::fromLatin1(name));
}

std::vector<const char*> galleryPageNames()
{
    std::vector<const char*> names;
    for (const GalleryPage& page : galleryPages())
        names.push_back(page.name);
    return names;
}

}
