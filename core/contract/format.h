#pragma once

#include <string_view>

namespace ephor::contract {

/// True when the text has the format. Pure; takes any bytes.
using FormatCheck = bool (*)(std::string_view text);

/// The check of a format of JSON Schema Validation 2020-12 §7.3, or null for a name it does not define.
FormatCheck formatCheck(std::string_view name);

// One check a format. RFC 3339 §5.6 and appendix A:
bool isDateTime(std::string_view text);
bool isDate(std::string_view text);
bool isTime(std::string_view text);
bool isDuration(std::string_view text);
// RFC 5321 §4.1.2, RFC 6531:
bool isEmail(std::string_view text);
bool isIdnEmail(std::string_view text);
// RFC 1123 §2.1 with RFC 5891 for labels that begin with "xn--"; RFC 5890 §2.3.2.3:
bool isHostname(std::string_view text);
bool isIdnHostname(std::string_view text);
// RFC 2673 §3.2, RFC 4291 §2.2:
bool isIpv4(std::string_view text);
bool isIpv6(std::string_view text);
// RFC 3986, RFC 3987, RFC 6570:
bool isUri(std::string_view text);
bool isUriReference(std::string_view text);
bool isIri(std::string_view text);
bool isIriReference(std::string_view text);
bool isUriTemplate(std::string_view text);
// RFC 4122 §3, RFC 6901 §5, draft-handrews-relative-json-pointer, ECMA-262:
bool isUuid(std::string_view text);
bool isJsonPointer(std::string_view text);
bool isRelativeJsonPointer(std::string_view text);
bool isRegex(std::string_view text);

}
