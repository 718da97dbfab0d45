#pragma once

#include <cstddef>
#include <string_view>

namespace ephor::detect {

/// Numbering plans of the countries in whose ways Presidio reads telephone numbers, as automata over digits. The values
/// are the states they begin in, in the one table that all of them share.
enum class PhonePlan : unsigned {
    NorthAmerica = 341, ///< numbers that are given out in any country of the calling code 1
    Britain = 550,
    Germany = 672,
    France = 684,
    Israel = 721,
    India = 791,
    Brazil = 806,
    NorthAmericanShape = 807, ///< what has the shape of a number there, given out or not
    BritishShape = 814,
    GermanShape = 826,
    FrenchShape = 827,
    IsraeliShape = 835,
    IndianShape = 836,
    BrazilianShape = 841,
};

/// Whether the plan has the national number: digits without calling code and trunk prefix.
bool isInPlan(PhonePlan plan, std::string_view digits);

}
