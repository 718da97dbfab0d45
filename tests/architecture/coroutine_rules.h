#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ephor::architecture {

/// One sentence for each use of `co_await` that GCC 12.2 compiles wrongly or not at all:
/// a braced temporary among the awaited call's arguments (`co_await f(Request{a, b})` destroys it twice),
/// a bare braced list there (`co_await f({a, b})` does not compile), and `switch (co_await f())` (crashes).
std::vector<std::string> coroutineFaults(const std::string& path, std::string_view source);

}
