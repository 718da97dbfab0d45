#pragma once

#include "core/domain/protection.h"
#include "core/trust/detect/own/custom_detector.h"

namespace ephor::detect {

/// A detector as a protection's definition has it (percent, limits as types), as the set compiles it.
CustomDetector customDetectorOf(const OwnDetector& own);

}
