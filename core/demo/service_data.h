#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/demo/bank.h"

#include <memory>
#include <mutex>
#include <sqlite3.h>
#include <string>

namespace ephor::demo {

/// Makes DIR/services with the databases of the bank's own systems: orders, ledger, directory, documents, mail.
/// Code: demo.services.
Result<void> createServiceData(const std::string& folder, const Bank& bank, Instant begin);

/// How much a database of the services syncs. Fast is for making the demo, which is thrown away when it fails.
enum class ServiceSync { Normal, Fast };

/// The databases of the services, held open. SQL tools open the same files themselves; keeping a connection here keeps
/// their write-ahead logs alive between calls. One call at a time; thread-safe.
class ServiceData {
public:
    /// Code: demo.services.
    static Result<std::unique_ptr<ServiceData>> open(const std::string& folder, ServiceSync sync);
    ~ServiceData();

    /// The rows of one statement over one database ("orders") as JSON objects; `values` are bound in order of their
    /// question marks. A statement that changes gives back its RETURNING rows. Code: demo.services.
    Result<Json> run(const std::string& database, const std::string& statement, const Json& values);

    ServiceData(const ServiceData&) = delete;
    ServiceData& operator=(const ServiceData&) = delete;

private:
    ServiceData() = default;
    Result<sqlite3_stmt*> prepared(const std::string& database, const std::string& statement);

    std::mutex m_mutex;
    std::map<std::string, sqlite3*> m_databases;
    std::map<std::string, sqlite3_stmt*> m_statements;
};

}
