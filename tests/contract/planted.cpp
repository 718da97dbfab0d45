#include "tests/contract/planted.h"

#include <QByteArray>
#include <QString>
#include <algorithm>
#include <cstring>

namespace ephor::contract_tests {

namespace {

std::string digits(unsigned number, std::size_t length)
{
    std::string text = std::to_string(number);
    return std::string(length - text.size(), '0') + text;
}

// With the check digit of ISO/IEC 7812.
std::string cardOf(unsigned number)
{
    std::string card = "45391488" + digits(7'310'000 + number * 137, 7);
    int sum = 0;
    for (std::size_t i = 0; i < card.size(); ++i) {
        const int digit = card[card.size() - 1 - i] - '0';
        const int doubled = i % 2 == 0 ? digit * 2 : digit;
        sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return card + char('0' + (10 - sum % 10) % 10);
}

// With the check digits of ISO 13616.
std::string accountOf(unsigned number)
{
    const std::string body = "WEST123456" + digits(90'530'000 + number * 211, 8);
    int rest = 0;
    for (const char c : body + "GB00") {
        const int value = c >= 'A' ? c - 'A' + 10 : c - '0';
        rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
    }
    return "GB" + digits(unsigned(98 - rest), 2) + body;
}

std::string spaced(const std::string& text)
{
    std::string groups;
    for (std::size_t i = 0; i < text.size(); ++i)
        groups += (i > 0 && i % 4 == 0 ? " " : "") + std::string(1, text[i]);
    return groups;
}

std::string percentEncoded(const std::string& text)
{
    return QByteArray::fromStdString(text).toPercentEncoding().toStdString();
}

std::string wide(const std::string& text, bool bigEnd)
{
    std::string units;
    for (const char c : text)
        units += bigEnd ? std::string(1, '\0') + c : std::string(1, c) + '\0';
    return units;
}

std::string jsonEscaped(const std::string& text)
{
    std::string escaped;
    for (const char c : text)
        escaped += QString::asprintf("\\u%04x", unsigned(c)).toStdString();
    return escaped;
}

// The letters that stand for the marker alone, whatever stands before it.
std::string base64At(const std::string& marker, std::size_t before)
{
    const QByteArray whole = QByteArray::fromStdString(std::string(before, 'x') + marker).toBase64();
    const std::size_t first = before == 0 ? 0 : before == 1 ? 2 : 3;
    const std::size_t sure = (before + marker.size()) * 8 / 6;
    return whole.toStdString().substr(first, sure - first);
}

}

std::vector<Planted> plantedFor(const std::string& entrance, unsigned number)
{
    const std::string card = cardOf(number);
    const std::string account = accountOf(number);
    std::string mail = "leak.marker." + digits(7'000 + number, 4);
    std::string key = "QWERTZUIOP";
    for (const char c : digits(number, 6))
        key += char('A' + (c - '0'));
    return {{entrance, spaced(card), {spaced(card).substr(10), card.substr(8)}},
        {entrance, mail + "@example.com", {mail}},
        {entrance, spaced(account), {spaced(account).substr(12), account.substr(10)}}, {entrance, "AKIA" + key, {key}}};
}

std::string lineOf(const std::vector<Planted>& planted)
{
    std::string line;
    for (const Planted& each : planted)
        line += (line.empty() ? "" : " and ") + each.text;
    return line;
}

std::string foundIn(std::string_view bytes, const Planted& planted)
{
    for (const std::string& marker : planted.markers) {
        const std::string hex = QByteArray::fromStdString(marker).toHex().toStdString();
        const std::string upperHex = QByteArray::fromStdString(hex).toUpper().toStdString();
        const std::vector<std::pair<std::string, std::string>> forms{{"plain", marker}, {"hexadecimal", hex},
            {"hexadecimal capitals", upperHex}, {"UTF-16", wide(marker, false)}, {"UTF-16 big end", wide(marker, true)},
            {"percent", percentEncoded(marker)}, {"JSON escapes", jsonEscaped(marker)},
            {"backwards", std::string(marker.rbegin(), marker.rend())}, {"Base64", base64At(marker, 0)},
            {"Base64, one byte on", base64At(marker, 1)}, {"Base64, two bytes on", base64At(marker, 2)}};
        for (const auto& [name, form] : forms) {
            const void* const found = ::memmem(bytes.data(), bytes.size(), form.data(), form.size());
            if (found == nullptr)
                continue;
            const auto at = std::size_t(static_cast<const char*>(found) - bytes.data());
            return planted.where + ": " + marker + " as " + name + " in ..."
                + std::string(bytes.substr(at - std::min<std::size_t>(at, 60), 120));
        }
    }
    return {};
}

}
