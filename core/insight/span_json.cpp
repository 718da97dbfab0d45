#include "core/insight/span_json.h"

#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::insight {

namespace {

bool isDefault(const Json& value)
{
    if (value.is_string() || value.is_structured())
        return value.empty();
    return value.is_null() || value == Json(false) || (value.is_number() && value == 0);
}

}

std::string compactSpans(const std::vector<Span>& spans)
{
    Json list = Json::array();
    for (const Span& span : spans) {
        const Json whole = toJson(span);
        Json kept = Json::object();
        for (const auto& [name, value] : whole.items()) {
            if (!isDefault(value))
                kept[name] = value;
        }
        list.push_back(std::move(kept));
    }
    return compactJson(list);
}

Result<std::vector<Span>> spansFrom(std::string_view body)
{
    EPHOR_TRY(const Json list, parseJson(body));
    std::vector<Span> spans;
    spans.reserve(list.size());
    for (const Json& kept : list) {
        EPHOR_TRY(spans.emplace_back(), fromJson<Span>(kept, UnknownMembers::Ignore));
    }
    return spans;
}

}
