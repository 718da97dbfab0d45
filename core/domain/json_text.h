#pragma once

#include "core/domain/type_of.h"

#include <string>
#include <string_view>

namespace ephor {

/// Appends what compactJson(toJson(value)) would say, byte for byte, without building the value: for what is written
/// down with every request. Secrets stand as null.
void appendJsonText(std::string& out, const Type& type, const void* value);
/// The same of a string; what is not UTF-8 in it is replaced.
void appendJsonText(std::string& out, std::string_view value);

template <class T> std::string jsonTextOf(const T& value)
{
    std::string out;
    appendJsonText(out, typeOf<T>(), &value);
    return out;
}

/// An object written member after member, as compactJson would have it: whoever adds them does so in the order of the
/// bytes of their names, which are of ASCII and hold nothing to escape.
class ObjectText {
public:
    explicit ObjectText(std::string& out)
        : m_out(out)
    {
    }
    ObjectText& text(std::string_view name, std::string_view value)
    {
        open(name);
        appendJsonText(m_out, value);
        return *this;
    }
    template <class T> ObjectText& value(std::string_view name, const T& described)
    {
        open(name);
        appendJsonText(m_out, typeOf<T>(), &described);
        return *this;
    }
    /// `json` is a value's text as compactJson has it.
    ObjectText& raw(std::string_view name, std::string_view json)
    {
        open(name);
        m_out += json;
        return *this;
    }
    void end();

private:
    void open(std::string_view name);

    std::string& m_out;
    bool m_begun = false;
};

}
