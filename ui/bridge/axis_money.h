#pragma once

#include "ui/bridge/values.h"

#include <QString>
#include <cmath>

namespace ephor::ui {

/// Dollars beside an axis: "$ 0.50", "$ 0.025", as many decimals as a round value needs and two at least. What is not
/// round, under the mouse, reads as moneyText has it.
inline QString axisMoney(double dollars)
{
    // What binary fractions leave of a round value.
    constexpr double roundEnough = 1e-6;
    for (const int digits : {2, 3, 4}) {
        const double scaled = dollars * std::pow(10, digits);
        if (dollars >= 0 && dollars < 1 && std::abs(scaled - std::round(scaled)) < roundEnough)
            return QStringLiteral("$ ") + QString::number(dollars, 'f', digits);
    }
    return moneyText(Money{std::llround(dollars * 1e9)});
}

}
