#include "ui/screens/activity/dossier.h"

#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::ui::activity {

std::string dossierJson(const GetRun::Response& run, const std::optional<QueryRecord::Response>& entries,
    const std::optional<RecordStatus>& record, Instant exportedAt)
{
    Json dossier = toJson(run);
    dossier["format"] = "ephor-dossier-1";
    dossier["exportedAt"] = formatInstant(exportedAt);
    // Kept on every export, so that made-up traffic is never taken for evidence.
    dossier["simulated"] = run.run.simulated;
    dossier["entries"] = entries ? toJson(*entries)["rows"] : Json();
    dossier["record"] = record ? toJson(*record) : Json();
    return dossier.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}
