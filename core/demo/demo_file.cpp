#include "core/demo/demo_file.h"

#include "core/domain/reflect.h"
#include "core/workspace/workspace_file.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace ephor::demo {

Result<DemoFile> readDemoFile(const std::string& folder)
{
    std::ifstream in(folder + "/demo.json", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const auto json = parseJson(text.str());
    if (in && json) {
        if (auto file = fromJson<DemoFile>(*json, UnknownMembers::Ignore))
            return file;
    }
    return fail(Error(ErrorKind::NotFound, "demo.missing", "The demo's own file is missing or damaged.",
        "Make the demo again in another folder: ephor init DIR --demo")
            .with("file", folder + "/demo.json"));
}

Result<void> writeDemoFile(const std::string& folder, const DemoFile& file)
{
    std::ofstream out(folder + "/demo.json", std::ios::binary | std::ios::trunc);
    out << toJson(file).dump(2) << "\n";
    out.flush();
    if (!out)
        return fail(Error(ErrorKind::Unavailable, "demo.services", "The demo's own file cannot be written.",
            "Check the folder and the space on its disk.")
                .with("file", folder + "/demo.json"));
    return {};
}

}
