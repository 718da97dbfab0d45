#pragma once

#include "ui/kit/state.h"

#include <QAbstractButton>
#include <QVector>

namespace ephor::ui {

/// A number that drills: label, value, course, and one line of where it comes from. Clicking tells the screen to open
/// the list that makes the number.
class StatTile : public QAbstractButton {
    Q_OBJECT

public:
    explicit StatTile(const QString& label, QWidget* parent = nullptr);

    /// The short form ("12.8k"); the exact value goes to the tooltip and the accessible description.
    void setValue(const QString& value, const QString& exact = {});
    /// Last line: delta with its base, or a percentage with its denominator.
    /// `brief` stands there where the whole has no room.
    void setFootnote(const QString& text, const QString& brief = {});
    /// Colours course and footnote when the number is trouble; `ok` and `neutral` stay grey.
    void setState(State state);
    void setSeries(const QVector<double>& values);
    /// A skeleton in place of the value, until the first setValue.
    void setLoading();

    /// As high as its three lines.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void announce();

    QString m_label;
    QString m_value;
    QString m_exact;
    QString m_footnote;
    QString m_brief;
    QVector<double> m_series;
    State m_state = State::neutral;
    bool m_loading = false;
};

}
