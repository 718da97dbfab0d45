#pragma once

#include <cstddef>
#include <string>

#include <boost/describe.hpp>

namespace ephor::detect {

enum class EntityClass {
    Personal, ///< says who somebody is, or where
    Financial, ///< accounts, cards, tax numbers of firms
    Secret, ///< opens something: keys, tokens, passwords
    Technical, ///< addresses of machines, links, dates
    Custom, ///< the company's own
};
BOOST_DESCRIBE_ENUM(EntityClass, Personal, Financial, Secret, Technical, Custom)

/// A kind of thing that is looked for.
struct Entity {
    std::string name; ///< "CREDIT_CARD"; Presidio's name where it has one
    std::string title; ///< "Card number"
    EntityClass entityClass = EntityClass::Personal;
    bool operator==(const Entity&) const = default;
};

/// Where something was found. Holds no text, so that it may be logged.
struct Finding {
    const Entity* entity = nullptr; ///< of the set that found it, which must outlive the finding
    std::size_t start = 0; ///< bytes of the text that was scanned
    std::size_t end = 0;
    double score = 0; ///< 0 to 1
    bool validated = false; ///< a checksum or a registry of prefixes agreed
};

}
