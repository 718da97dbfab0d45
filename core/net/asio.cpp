// The one place that compiles Asio's own sources, for every room.
#include <boost/asio/impl/src.hpp>
