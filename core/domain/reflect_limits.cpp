#include "core/base/text.h"
#include "core/domain/reflect.h"

namespace ephor {

namespace {

class LimitCheck {
public:
    void check(const Type& type, const void* value, const std::string& at)
    {
        switch (type.kind) {
        case TypeKind::Text:
            checkText(type, type.readText(value), at);
            break;
        case TypeKind::Enumeration:
            if (std::uint64_t(type.readInteger(value)) >= type.words.size())
                report("value.word", "This is not one of the words allowed here.", at);
            break;
        case TypeKind::Optional:
        case TypeKind::List:
            if (type.kind == TypeKind::List && type.size(value) > type.maximum)
                report("value.too-long", "The list has more than " + std::to_string(type.maximum) + " elements.", at);
            for (std::size_t i = 0; i < type.size(value) && !failed(); ++i)
                check(type.element(), type.at(value, i), at + "/" + std::to_string(i));
            break;
        case TypeKind::Map:
            checkMap(type, value, at);
            break;
        case TypeKind::Object:
            for (const Member& member : type.members)
                check(member.type(), member.read(value), at + "/" + std::string(member.name));
            break;
        default:
            break;
        }
    }

    Result<void> result() const { return m_error ? Result<void>(fail(*m_error)) : Result<void>(); }

private:
    bool failed() const { return m_error.has_value(); }

    void report(std::string code, std::string message, const std::string& at)
    {
        if (!m_error)
            m_error = Error(ErrorKind::Invalid, std::move(code), std::move(message)).with("at", at.empty() ? "/" : at);
    }

    void checkText(const Type& type, const std::string& text, const std::string& at)
    {
        if (text.size() > type.maximum)
            report("value.too-long", "The text is longer than " + std::to_string(type.maximum) + " bytes.", at);
        else if (text.size() < type.minimum)
            report("value.required", "The text needs at least " + std::to_string(type.minimum) + " characters.", at);
        else if (!isUtf8(text))
            report("value.format", "The text is not valid UTF-8.", at);
    }

    void checkMap(const Type& type, const void* value, const std::string& at)
    {
        struct Visit {
            LimitCheck& self;
            const Type& element;
            const std::string& at;
        } visit{*this, type.element(), at};
        type.eachEntry(value, &visit, [](void* context, const std::string& key, const void* element) {
            auto& here = *static_cast<Visit*>(context);
            here.self.check(here.element, element, here.at + "/" + key);
        });
    }

    std::optional<Error> m_error;
};

}

Result<void> checkLimits(const Type& type, const void* value)
{
    LimitCheck limits;
    limits.check(type, value, "");
    return limits.result();
}

}
