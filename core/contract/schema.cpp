#include "core/contract/schema.h"

#include "core/contract/schema_compiler.h"
#include "core/contract/schema_evaluator.h"

namespace ephor::contract {

Schema::Schema(std::shared_ptr<const SchemaPlan> plan)
    : m_plan(std::move(plan))
{
}

Result<Schema> Schema::compile(const Json& document, const SchemaOptions& options)
{
    EPHOR_TRY(auto plan, SchemaCompiler(options).compile(document));
    return Schema(std::move(plan));
}

Validation Schema::validate(const Json& instance) const
{
    return SchemaEvaluator(*m_plan).run(instance);
}

}
