#pragma once

#include "core/trust/cedar/deciding_form.h"
#include "core/trust/cedar/node_copy.h"
#include "core/trust/cedar/shape_table.h"

#include <optional>
#include <unordered_map>

namespace ephor::cedar {

/// Takes conditions apart into steps. What several policies say alike is kept once: places by their names, expressions
/// by their shape.
class DecidingCompiler {
public:
    /// An empty form.
    explicit DecidingCompiler(DecidingForm& form);
    /// The next policy of the form.
    void add(const Policy& policy);

private:
    void addPart(const Node& node, bool expected);
    bool addHas(const Node& node, bool expected);
    bool addComparison(const Node& node, bool expected);
    bool addContains(const Node& node, bool expected);
    void addStep(StepKind kind, bool expected, std::uint32_t place, const Value& literal = {});
    void addExpression(const Node& node, bool expected);
    std::optional<std::uint16_t> placeOf(const Node& node);
    std::optional<std::uint16_t> attributeOf(std::uint16_t place, const Text& name);

    DecidingForm& m_form;
    NodeCopier m_copier;
    ShapeTable m_shapes;
    std::unordered_map<std::uint64_t, std::uint16_t> m_places; ///< by where they are and what they are called
    std::unordered_map<std::uint64_t, std::uint32_t> m_expressions; ///< by shape
};

}
