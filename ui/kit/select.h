#pragma once

#include "ui/kit/icons.h"

#include <QComboBox>

namespace ephor::ui {

/// A choice from a short list, drawn as a button with a chevron.
class Select : public QComboBox {
    Q_OBJECT

public:
    explicit Select(const QString& accessibleName, QWidget* parent = nullptr);

    /// An icon before the current words.
    void setGlyph(Icon glyph);
    /// Text put before the current choice, as in "Team: all 5".
    void setPrefix(const QString& prefix);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    Icon m_glyph = Icon::none;
    QString m_prefix;
};

}
