#pragma once

#include "core/base/result.h"

#include <boost/describe.hpp>
#include <cstdint>
#include <string>

namespace ephor::demo {

/// What stands in DIR/demo.json beside workspace.json: what the demo's services need to be found again.
struct DemoFile {
    std::uint64_t port = 0; ///< of the services on loopback; the tools' definitions name it
    std::uint64_t runs = 0; ///< played
};
BOOST_DESCRIBE_STRUCT(DemoFile, (), (port, runs))

/// Code: demo.missing.
Result<DemoFile> readDemoFile(const std::string& folder);
/// Code: demo.services.
Result<void> writeDemoFile(const std::string& folder, const DemoFile& file);

}
