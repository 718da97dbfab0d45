#include "core/http/prometheus.h"

#include "core/base/json.h"

#include <cmath>

namespace ephor::http {

namespace {

std::string metricName(const std::string& name)
{
    std::string out = "ephor_";
    for (const char c : name) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out += kept ? c : '_';
    }
    return out;
}

std::string metricValue(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "+Inf" : "-Inf";
    return ecmaNumber(value);
}

}

std::string prometheusText(const std::map<std::string, double>& values)
{
    std::string out;
    for (const auto& [name, value] : values) {
        const std::string metric = metricName(name);
        out += "# TYPE " + metric + (metric.ends_with("_total") ? " counter\n" : " gauge\n");
        out += metric + " " + metricValue(value) + "\n";
    }
    return out;
}

}
