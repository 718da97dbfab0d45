#include "ui/screens/assurance/inclusion.h"

#include "core/base/hash.h"
#include "ui/bridge/values.h"

#include <QCoreApplication>
#include <charconv>

namespace ephor::ui::assurance {

namespace {

struct InclusionWording {
    Q_DECLARE_TR_FUNCTIONS(InclusionWording)
};

/// Bodies above this stand in the tree as a reference (docs/formats/entry.md).
constexpr std::size_t largestLeafBody = 65'535;
/// A tree of 2^64 entries is 64 levels high.
constexpr std::size_t longestPath = 64;

Digest joined(const Digest& left, const Digest& right)
{
    return Sha256().add(std::uint8_t(1)).add(BytesView(left)).add(BytesView(right)).finish();
}

std::optional<Digest> digestOf(std::string_view hex)
{
    const auto bytes = fromHex(hex);
    if (!bytes || bytes->size() != std::tuple_size_v<Digest>)
        return std::nullopt;
    Digest digest{};
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

QString shortDigest(const Digest& digest)
{
    return shortHash(textOf(digest));
}

/// One step up. Where the entry's side has no neighbour on a level, the level is passed without a step.
struct Climb {
    std::uint64_t node;
    std::uint64_t last;
    Digest hash;

    ProofSteps::Step join(const Digest& sibling)
    {
        ProofSteps::Step step;
        step.sibling = shortDigest(sibling);
        if ((node & 1) != 0 || node == last) {
            step.siblingSide = ProofSteps::Step::Side::left;
            hash = joined(sibling, hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            step.siblingSide = ProofSteps::Step::Side::right;
            hash = joined(hash, sibling);
        }
        node >>= 1;
        last >>= 1;
        step.computed = shortDigest(hash);
        return step;
    }
};

Inclusion failed(Inclusion inclusion, const QString& why)
{
    inclusion.holds = false;
    inclusion.problem = why;
    inclusion.steps.result = ProofSteps::Result::broken;
    return inclusion;
}

}

QString shortHash(std::string_view bytes)
{
    const std::string hex = toHex(bytesOf(bytes));
    return hex.size() < 8 ? text(hex) : text(hex.substr(0, 4)) + QChar(0x2026) + text(hex.substr(hex.size() - 2));
}

std::optional<SignedHead> readHead(std::string_view note)
{
    const QStringList lines = text(note).split(QLatin1Char('\n'));
    if (lines.size() < 5 || !lines[3].isEmpty())
        return std::nullopt;
    SignedHead head;
    head.origin = lines[0];
    bool isNumber = false;
    head.size = lines[1].toULongLong(&isNumber);
    const auto root = fromBase64(utf8(lines[2]));
    if (!isNumber || !root || root->size() != std::tuple_size_v<Digest>)
        return std::nullopt;
    head.root = textOf(*root);
    for (const QString& line : lines.mid(4))
        head.signatures += line.startsWith(QStringLiteral("— "));
    return head;
}

Digest entryLeaf(std::string_view body)
{
    if (body.size() <= largestLeafBody)
        return Sha256().add(std::uint8_t(0)).add(body).finish();
    const std::string reference
        = R"({"blob":"sha256:)" + toHex(sha256(body)) + R"(","bytes":)" + std::to_string(body.size()) + "}";
    return Sha256().add(std::uint8_t(0)).add(reference).finish();
}

Inclusion inclusionOf(std::uint64_t index, std::string_view body, std::string_view leafHash,
    const std::vector<std::string>& path, std::string_view note)
{
    Inclusion inclusion;
    inclusion.steps.entry = InclusionWording::tr("this entry");
    const auto head = readHead(note);
    if (!head)
        return failed(std::move(inclusion), InclusionWording::tr("The signed head cannot be read."));
    inclusion.steps.head = InclusionWording::tr("head %1").arg(numberText(head->size));
    Climb climb{index, head->size - 1, entryLeaf(body)};
    inclusion.steps.root = shortDigest(climb.hash);
    if (toHex(climb.hash) != leafHash)
        return failed(std::move(inclusion), InclusionWording::tr("The entry shown is not the one in the record."));
    if (index >= head->size)
        return failed(std::move(inclusion), InclusionWording::tr("The signed head does not reach this entry yet."));
    if (path.size() > longestPath)
        return failed(std::move(inclusion), InclusionWording::tr("The path is longer than any tree is high."));
    for (const std::string& hex : path) {
        const auto sibling = digestOf(hex);
        if (!sibling || climb.last == 0)
            return failed(std::move(inclusion), InclusionWording::tr("The path does not fit the record."));
        inclusion.steps.steps.push_back(climb.join(*sibling));
    }
    inclusion.steps.root = shortDigest(climb.hash);
    if (climb.last != 0 || textOf(climb.hash) != head->root)
        return failed(
            std::move(inclusion), InclusionWording::tr("The entry and its path do not lead to the signed root."));
    inclusion.holds = true;
    inclusion.steps.result = ProofSteps::Result::holds;
    return inclusion;
}

}
