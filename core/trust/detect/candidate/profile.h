#pragma once

#include <boost/describe.hpp>

namespace ephor::detect {

enum class Profile {
    Ephor, ///< right: validated where there is a rule to validate by, and findings never overlap
    Presidio, ///< what Presidio Analyzer 2.2 reports with its own names, scores and overlaps, for whoever moves from it
};
BOOST_DESCRIBE_ENUM(Profile, Ephor, Presidio)

}
