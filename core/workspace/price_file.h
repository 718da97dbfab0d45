#pragma once

#include "core/insight/prices.h"

namespace ephor::workspace {

/// The price table that Ephor was built with (resources/prices.json).
Result<insight::PriceTable> shippedPrices();

}
