#pragma once

#include "core/base/json.h"
#include "core/trust/cedar/arena.h"
#include "core/trust/cedar/value.h"

#include <memory>
#include <string>
#include <vector>

namespace ephor::policy {

/// How the arguments of a tool look to rules, from the JSON Schema of its input: integer is Long, number is decimal,
/// string and boolean are themselves, arrays are sets, objects records. A member whose schema leaves its type open
/// cannot be named by rules. Immutable; thread-safe.
class ArgumentShape {
public:
    ArgumentShape();
    /// Deeper or wider parts than the limits are left out like open ones.
    static ArgumentShape of(const Json& inputSchema);

    /// The record type in the JSON form of the policy language's schemas.
    Json type() const;
    /// The arguments as a record in `arena`. A member that cannot be said exactly (another type than declared, an
    /// integer beyond 64 bits, a fifth digit behind the point) is left out, so that a rule that names it errs.
    const cedar::RecordValue* read(const Json& arguments, cedar::Arena& arena) const;

private:
    enum class Kind { Open, Long, Decimal, String, Boolean, Set, Record };
    struct Member;
    struct Node {
        Kind kind = Kind::Open;
        std::shared_ptr<const Node> element; ///< of a Set
        std::vector<Member> members; ///< of a Record, in order of their names
    };
    struct Member {
        std::string name;
        std::uint64_t hash = 0; ///< of the name, as the policy language hashes it
        bool required = false;
        std::shared_ptr<const Node> node;
    };
    static Node nodeOf(const Json& schema, int depth);
    static Json typeOf(const Node& node);
    static bool valueOf(const Node& node, const Json& json, cedar::Arena& arena, cedar::Value& value);
    static cedar::Value recordOf(const Node& node, const Json& json, cedar::Arena& arena);

    std::shared_ptr<const Node> m_root;
};

}
