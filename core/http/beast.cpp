// The one place that compiles Beast's own sources and those of Asio's TLS, for every room.
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
