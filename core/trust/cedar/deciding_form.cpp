#include "core/trust/cedar/deciding_form.h"

namespace ephor::cedar {

void Step::setLiteral(const Value& value)
{
    literalKind = value.kind;
    switch (value.kind) {
    case Kind::Boolean:
        boolean = value.boolean;
        return;
    case Kind::String:
        text = value.text;
        return;
    case Kind::Entity:
        entity = value.entity;
        return;
    case Kind::Set:
        set = value.set;
        return;
    case Kind::Record:
        record = value.record;
        return;
    case Kind::Ip:
        ip = value.ip;
        return;
    case Kind::Long:
    case Kind::Decimal:
    case Kind::Datetime:
    case Kind::Duration:
        number = value.number;
        return;
    }
}

Value Step::literal() const
{
    switch (literalKind) {
    case Kind::Boolean:
        return Value(boolean);
    case Kind::String:
        return Value(text);
    case Kind::Entity:
        return Value(entity);
    case Kind::Set:
        return Value(set);
    case Kind::Record:
        return Value(record);
    case Kind::Ip:
        return Value(ip);
    case Kind::Long:
    case Kind::Decimal:
    case Kind::Datetime:
    case Kind::Duration:
        break;
    }
    return Value(number, literalKind);
}

}
