#pragma once

#include "core/domain/type.h"

#include <memory>

namespace ephor {

/// Owns one value of an object type that is known only at run time, as generic verbs and HTTP need it. It begins with
/// its defaults.
class AnyValue {
public:
    explicit AnyValue(const Type& type)
        : m_type(&type)
        , m_value(type.make(), type.destroy)
    {
    }
    const Type& type() const { return *m_type; }
    void* get() { return m_value.get(); }
    const void* get() const { return m_value.get(); }

private:
    const Type* m_type;
    std::unique_ptr<void, void (*)(void*)> m_value;
};

}
