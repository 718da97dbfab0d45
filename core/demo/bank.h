#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <string>
#include <vector>

namespace ephor::demo {

/// What a customer bought. Amounts are in cents.
struct Order {
    std::string id; ///< "7731-118"
    std::string person; ///< "C-10118"
    std::string customer;
    std::string since; ///< year
    std::string item;
    std::int64_t cents = 0;
    std::string status; ///< placed, delivered, lost, damaged, returned
    std::string iban;
    std::string paidAt;
};

struct Employee {
    std::string id; ///< "E-1043"
    std::string name;
    std::string team;
    std::string title;
    std::string manager;
    std::string mail;
    std::int64_t leaveDays = 0;
    std::vector<std::string> access;
};

/// A policy, ticket, expense report, invoice or contract.
struct Paper {
    std::string id;
    std::string kind;
    std::string title;
    std::string party;
    std::int64_t cents = 0;
    std::string iban;
    std::string flag; ///< what an auditor would see: clean, over-limit, duplicate, question, payee-changed
    std::string text;
    std::string mail;
    std::string costCentre;
    std::int64_t urgency = 0;
    std::string weight; ///< of a contract's departure
    std::string clause;
    std::string finding;
    std::string ask; ///< how somebody would ask about it
};

/// Everything the bank's own systems hold when the demo begins. A pure function of the seed.
struct Bank {
    std::vector<Order> orders;
    std::vector<Employee> employees;
    std::vector<Paper> policies;
    std::vector<Paper> tickets;
    std::vector<Paper> expenses; ///< reports and invoices
    std::vector<Paper> contracts;
    std::vector<Paper> others; ///< that nobody asks about by chance: the standard terms, and what a story is about
    std::vector<std::string> entitlements;
};
Result<Bank> makeBank(std::uint64_t seed);

/// The things the stories are about; makeBank puts them among the others.
inline constexpr const char* storyOrder = "7731-118"; ///< damaged, EUR 2,480.00: above the limit
inline constexpr const char* storyInvoice = "INV-9001"; ///< says that the payee changed
inline constexpr const char* storyContract = "CTR-9001"; ///< asks, twice over, to be sent away
inline constexpr const char* storyEmployee = "E-1007"; ///< who is to write to the ledger

inline constexpr const char* standardTerms = "POL-160"; ///< what contracts are compared with, and suppliers may see

/// "2480.00"
std::string moneyText(std::int64_t cents);

}
