#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ephor::insight {

/// "842 ms", "3.2 s", "4 m 10 s", "2 h 5 m".
std::string durationWords(double seconds);
/// Of a share in 0…1: "5 %", "3.1 %", "12 %".
std::string percentWords(double share);
/// A state as people read it: "rolling out" for "rolling-out".
std::string stateWords(std::string_view word);

}
