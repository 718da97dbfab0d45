#pragma once

#include "core/api/changes.h"
#include "ui/kit/card.h"
#include "ui/screens/changes/compare_rows.h"

class QGridLayout;

namespace ephor::ui {
class LoadView;
}

namespace ephor::ui::changes {

/// Canary beside baseline over the same window, each number with what it is of.
class CompareCard : public Card {
    Q_OBJECT

public:
    explicit CompareCard(QWidget* parent = nullptr);

    void setCompared(const CompareRollout::Response& compared, const QDateTime& now);
    LoadView* view() const { return m_view; }

Q_SIGNALS:
    /// A count was followed: the runs of this side.
    void runsWanted(ephor::Variant variant, const QString& release);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Room { tight, wide };
    void fill(const CompareRollout::Response& compared);
    void addHeads(const CompareRollout::Response& compared);
    void addLine(int row, const CompareLine& line, const CompareRollout::Response& compared);
    QWidget* sideWidget(const CompareLine& line, const VariantNumbers& side);
    void refreshLegend(const CompareRollout::Response& compared);

    Comparison m_shown;
    std::optional<CompareRollout::Response> m_compared;
    Room m_room = Room::wide;
    QWidget* m_table;
    QGridLayout* m_grid;
    LoadView* m_view;
    Label* m_canary;
    Label* m_baseline;
    Label* m_rule;
    QWidget* m_swatch = nullptr;
};

}
