#include "ui/screens/activity/label_legend.h"

#include "ui/bridge/label_words.h"
#include "ui/kit/badge.h"
#include "ui/kit/chip.h"
#include "ui/kit/disclosure.h"
#include "ui/kit/label.h"

#include <QGridLayout>
#include <QVBoxLayout>
#include <array>

namespace ephor::ui::activity {

namespace {

constexpr std::array legendTrusts{
    std::optional(Integrity::Trusted), std::optional(Integrity::Untrusted), std::optional<Integrity>()};
constexpr std::array legendSensitivities{std::optional(Confidentiality::Public),
    std::optional(Confidentiality::Internal), std::optional(Confidentiality::Confidential),
    std::optional(Confidentiality::Secret), std::optional<Confidentiality>()};

void addLegendRow(QGridLayout* grid, QWidget* mark, const QString& meaning, int row, int column)
{
    auto* words = new Label(meaning, TextStyle::small, Token::textSecondary);
    words->setOverflow(Label::Overflow::wrap);
    grid->addWidget(mark, row, column, Qt::AlignLeft | Qt::AlignTop);
    grid->addWidget(words, row, column + 1);
}

}

LabelLegend::LabelLegend(QWidget* parent)
    : QWidget(parent)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    auto* inside = new QWidget(this);
    auto* grid = new QGridLayout(inside);
    grid->setContentsMargins(metrics::space8, 0, metrics::space8, metrics::space4);
    grid->setHorizontalSpacing(metrics::space12);
    grid->setVerticalSpacing(metrics::space4);
    constexpr int sensitivityColumn = 2;
    int row = 0;
    for (const auto& trust : legendTrusts)
        addLegendRow(grid, makeTrustMark(trust), trustMeaning(trust), row++, 0);
    row = 0;
    for (const auto& sensitivity : legendSensitivities)
        addLegendRow(grid, makeSensitivityMark(sensitivity), sensitivityMeaning(sensitivity), row++, sensitivityColumn);
    auto* rule = new Label(
        tr("What the model writes has the worse of all it has read before: any of it may have shaped the words."),
        TextStyle::small, Token::textSecondary);
    rule->setOverflow(Label::Overflow::wrap);
    grid->addWidget(
        rule, int(legendTrusts.size()), 0, int(legendSensitivities.size() - legendTrusts.size()), 2, Qt::AlignTop);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(sensitivityColumn + 1, 1);
    rows->addWidget(new Disclosure(tr("What the marks mean"), inside, this));
}

}
