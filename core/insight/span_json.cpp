#include "core/insight/span_json.h"

#include "core/domain/json_text.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::insight {

namespace {

// Members that have their default are left out, in the order of their names.
void appendSpan(std::string& out, const Span& span)
{
    ObjectText object(out);
    if (!span.attributes.empty())
        object.value("attributes", span.attributes);
    if (!span.detail.empty())
        object.text("detail", span.detail);
    if (span.durationMicros != 0)
        object.value("durationMicros", span.durationMicros);
    if (span.external)
        object.value("external", span.external);
    if (span.failed)
        object.value("failed", span.failed);
    if (!span.id.empty())
        object.text("id", span.id);
    object.value("kind", span.kind);
    if (!span.name.empty())
        object.text("name", span.name);
    if (!span.parent.empty())
        object.text("parent", span.parent);
    if (span.startMicros != 0)
        object.value("startMicros", span.startMicros);
    if (span.verdict)
        object.value("verdict", *span.verdict);
    object.end();
}

}

std::string compactSpans(const std::vector<Span>& spans)
{
    std::string list = "[";
    for (const Span& span : spans) {
        if (list.size() > 1)
            list += ',';
        appendSpan(list, span);
    }
    return list + ']';
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
