#pragma once

#include "ui/kit/button.h"

#include <QLabel>
#include <QWidget>

namespace ephor::ui::test {

/// Finds what is visible the way a person names it. A test of a screen derives from it and says where to look; `in`
/// narrows it to a part, or a dialog above it.
class Finding {
public:
    virtual ~Finding() = default;

    /// By accessible name.
    template <class Widget> Widget* named(const QString& name, const QWidget* in = nullptr) const
    {
        for (Widget* each : from(in)->findChildren<Widget*>()) {
            if (each->accessibleName() == name && each->isVisible())
                return each;
        }
        return nullptr;
    }
    /// By the words on it.
    template <class Kind = Button> Kind* button(const QString& words, const QWidget* in = nullptr) const
    {
        for (Kind* each : from(in)->findChildren<Kind*>()) {
            if (each->text() == words && each->isVisible())
                return each;
        }
        return nullptr;
    }
    /// Whether these words stand somewhere in a label.
    bool says(const QString& words, const QWidget* in = nullptr) const
    {
        for (const QLabel* label : from(in)->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(words))
                return true;
        }
        return false;
    }

protected:
    virtual QWidget* searched() const = 0;

private:
    const QWidget* from(const QWidget* in) const { return in ? in : searched(); }
};

}
