#include "core/trust/detect/exception_list.h"

#include "core/trust/detect/keyed_digest.h"

namespace ephor::detect {

ExceptionList::ExceptionList(BytesView key, const std::vector<Row>& rows)
    : m_key(key.begin(), key.end())
{
    for (const Row& row : rows) {
        if (row.digest.size() != 2 * Digest().size() || !fromHex(row.digest))
            continue;
        m_digests.insert(row.entity + ":" + row.digest);
        m_entities.insert(row.entity);
    }
}

std::string ExceptionList::digestOf(BytesView key, const Entity& entity, std::string_view value)
{
    return toHex(valueDigest(key, entity, value));
}

bool ExceptionList::covers(const Entity& entity, std::string_view value) const
{
    return m_entities.contains(entity.name) && m_digests.contains(entity.name + ":" + digestOf(m_key, entity, value));
}

}
