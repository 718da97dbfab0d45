#pragma once

#include <boost/describe.hpp>

namespace ephor {

/// Which surface a call came through; recorded beside the actor.
enum class Surface { Console, Verb, Http, Internal };
BOOST_DESCRIBE_ENUM(Surface, Console, Verb, Http, Internal)

}
