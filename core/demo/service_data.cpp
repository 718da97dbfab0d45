#include "core/demo/service_data.h"

#include "core/demo/resources.h"

#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace ephor::demo {

namespace {

constexpr const char* databaseNames[] = {"orders", "ledger", "directory", "documents", "mail"};

std::string pathOf(const std::string& folder, const std::string& database)
{
    return folder + "/services/" + database + ".db";
}

Error serviceError(sqlite3* handle, const std::string& what)
{
    return Error(ErrorKind::Unavailable, "demo.services", "A database of the demo's services could not be used.",
        "Make the demo again in another folder.")
        .with("database", what)
        .with("sqlite", handle != nullptr ? sqlite3_errmsg(handle) : "out of memory");
}

Result<void> executeAll(sqlite3* handle, const std::string& sql, const std::string& what)
{
    if (sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return fail(serviceError(handle, what));
    return {};
}

void bindValue(sqlite3_stmt* statement, int index, const Json& value)
{
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        sqlite3_bind_text(statement, index, text.data(), int(text.size()), SQLITE_TRANSIENT);
    } else if (value.is_number_integer())
        sqlite3_bind_int64(statement, index, value.get<std::int64_t>());
    else if (value.is_number())
        sqlite3_bind_double(statement, index, value.get<double>());
    else
        sqlite3_bind_null(statement, index);
}

Json columnValue(sqlite3_stmt* statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT:
        return sqlite3_column_double(statement, column);
    case SQLITE_NULL:
        return nullptr;
    default:
        return std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, column)),
            std::size_t(sqlite3_column_bytes(statement, column)));
    }
}

double euros(std::int64_t cents)
{
    return double(cents) / 100;
}

std::string dayText(Instant begin, std::size_t daysBefore)
{
    return formatInstant(begin - std::chrono::days(daysBefore)).substr(0, 10);
}

Result<void> fillOrders(ServiceData& data, const Bank& bank, Instant begin)
{
    std::size_t index = 0;
    for (const Order& order : bank.orders)
        EPHOR_TRY_VOID(data.run("orders",
            "INSERT INTO orders (id, person, customer, item, amount, currency, status, paid_at, iban)"
            " VALUES (?, ?, ?, ?, ?, 'EUR', ?, ?, ?)",
            Json::array({order.id, order.person, order.customer, order.item, euros(order.cents), order.status,
                dayText(begin, 3 + index++ % 60), order.iban})));
    return {};
}

Result<void> fillDirectory(ServiceData& data, const Bank& bank, Instant begin)
{
    for (const Employee& employee : bank.employees) {
        EPHOR_TRY_VOID(data.run("directory",
            "INSERT INTO employees (id, name, team, title, manager, mail, leave_days) VALUES (?, ?, ?, ?, ?, ?, ?)",
            Json::array({employee.id, employee.name, employee.team, employee.title, employee.manager, employee.mail,
                employee.leaveDays})));
        for (const std::string& entitlement : employee.access)
            EPHOR_TRY_VOID(data.run("directory",
                "INSERT INTO access (employee, entitlement, granted_at, ticket) VALUES (?, ?, ?, 'import')",
                Json::array({employee.id, entitlement, dayText(begin, 200)})));
    }
    return {};
}

Result<void> fillPapers(ServiceData& data, const std::vector<Paper>& papers)
{
    for (const Paper& paper : papers) {
        EPHOR_TRY_VOID(data.run("documents",
            "INSERT INTO documents (document, kind, title, party, amount, currency, iban, flag, text, mail, "
            "cost_centre,"
            " urgency, weight, clause, finding) VALUES (?, ?, ?, ?, ?, 'EUR', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            Json::array({paper.id, paper.kind, paper.title, paper.party, euros(paper.cents), paper.iban, paper.flag,
                paper.text, paper.mail, paper.costCentre, paper.urgency, paper.weight, paper.clause, paper.finding})));
        if (paper.kind == "ticket")
            EPHOR_TRY_VOID(data.run("mail",
                "INSERT INTO mails (box, sent_to, subject, text, case_reference) VALUES ('in', 'it@northwind.example', "
                "?,"
                " ?, ?)",
                Json::array({paper.title, paper.text + " It began after the update of last week.", paper.id})));
    }
    return {};
}

Result<void> fillLedger(ServiceData& data, Instant begin)
{
    constexpr int bookings = 900; // some twenty a cost centre
    for (int i = 0; i < bookings; ++i)
        EPHOR_TRY_VOID(data.run("ledger",
            "INSERT INTO bookings (cost_centre, booked_at, text, amount, currency) VALUES (?, ?, ?, ?, 'EUR')",
            Json::array({fmt::format("CC-{}", 100 + i % 40), dayText(begin, std::size_t(i % 90)),
                i % 3 == 0       ? "Travel"
                    : i % 3 == 1 ? "Catering"
                                 : "Software",
                euros(4'500 + std::int64_t(i) * 7'919 % 120'000)})));
    for (int month = 1; month <= 12; ++month)
        EPHOR_TRY_VOID(data.run("ledger", "INSERT INTO periods (period, closed) VALUES (?, 0)",
            Json::array({dayText(begin, std::size_t(31 * (12 - month))).substr(0, 5) + fmt::format("{:02}", month)})));
    return {};
}

Result<void> fillAll(ServiceData& data, const Bank& bank, Instant begin)
{
    for (const char* const name : databaseNames)
        EPHOR_TRY_VOID(data.run(name, "BEGIN", Json::array()));
    EPHOR_TRY_VOID(fillOrders(data, bank, begin));
    EPHOR_TRY_VOID(fillDirectory(data, bank, begin));
    for (const auto* const papers : {&bank.policies, &bank.tickets, &bank.expenses, &bank.contracts, &bank.others})
        EPHOR_TRY_VOID(fillPapers(data, *papers));
    EPHOR_TRY_VOID(fillLedger(data, begin));
    for (const char* const name : databaseNames)
        EPHOR_TRY_VOID(data.run(name, "COMMIT", Json::array()));
    return {};
}

}

Result<void> createServiceData(const std::string& folder, const Bank& bank, Instant begin)
{
    std::error_code problem;
    std::filesystem::create_directories(folder + "/services", problem);
    if (problem)
        return fail(Error(ErrorKind::Unavailable, "demo.services", "The folder of the demo's services cannot be made.",
            "Check the path and its permissions.")
                .with("folder", folder + "/services"));
    for (const char* const name : databaseNames) {
        sqlite3* raw = nullptr;
        const int opened
            = sqlite3_open_v2(pathOf(folder, name).c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        const std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle(raw, sqlite3_close);
        if (opened != SQLITE_OK)
            return fail(serviceError(raw, name));
        const std::string schema(resource(std::string("services/") + name + ".sql"));
        EPHOR_TRY_VOID(executeAll(raw, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;" + schema, name));
    }
    EPHOR_TRY(const auto data, ServiceData::open(folder, ServiceSync::Fast));
    return fillAll(*data, bank, begin);
}

Result<std::unique_ptr<ServiceData>> ServiceData::open(const std::string& folder, ServiceSync sync)
{
    std::unique_ptr<ServiceData> data(new ServiceData());
    for (const char* const name : databaseNames) {
        sqlite3* handle = nullptr;
        const int opened = sqlite3_open_v2(
            pathOf(folder, name).c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, nullptr);
        data->m_databases[name] = handle;
        if (opened != SQLITE_OK)
            return fail(serviceError(handle, name));
        constexpr int busyMilliseconds = 3'000; // a tool's statement takes far less
        sqlite3_busy_timeout(handle, busyMilliseconds);
        EPHOR_TRY_VOID(executeAll(
            handle, sync == ServiceSync::Fast ? "PRAGMA synchronous = OFF;" : "PRAGMA synchronous = NORMAL;", name));
        // The first read attaches this connection to the write-ahead log, which then outlives the tools' own.
        EPHOR_TRY_VOID(executeAll(handle, "SELECT count(*) FROM sqlite_schema;", name));
    }
    return data;
}

ServiceData::~ServiceData()
{
    for (const auto& [text, statement] : m_statements)
        sqlite3_finalize(statement);
    for (const auto& [name, handle] : m_databases)
        sqlite3_close(handle);
}

Result<sqlite3_stmt*> ServiceData::prepared(const std::string& database, const std::string& statement)
{
    sqlite3_stmt*& kept = m_statements[database + "\n" + statement];
    if (kept == nullptr
        && sqlite3_prepare_v3(
               m_databases.at(database), statement.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &kept, nullptr)
            != SQLITE_OK)
        return fail(serviceError(m_databases.at(database), database));
    return kept;
}

Result<Json> ServiceData::run(const std::string& database, const std::string& statement, const Json& values)
{
    const std::lock_guard lock(m_mutex);
    EPHOR_TRY(sqlite3_stmt* const ready, prepared(database, statement));
    for (std::size_t i = 0; i < values.size(); ++i)
        bindValue(ready, int(i + 1), values[i]);
    Json rows = Json::array();
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(ready)) == SQLITE_ROW) {
        Json row = Json::object();
        for (int column = 0; column < sqlite3_column_count(ready); ++column)
            row[sqlite3_column_name(ready, column)] = columnValue(ready, column);
        rows.push_back(std::move(row));
    }
    sqlite3_reset(ready);
    sqlite3_clear_bindings(ready);
    if (code != SQLITE_DONE)
        return fail(serviceError(m_databases.at(database), database));
    return rows;
}

}
