#include "core/proof/merkle.h"

#include "core/base/hash.h"
#include "core/proof/frontier.h"
#include "tests/core/proof/memory_tree.h"

#include <QTest>

using namespace ephor;
using namespace ephor::proof;

namespace {

const std::vector<std::string> vectorLeaves{
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};

/// Roots of the trees of 0 to 8 of these leaves, the values in use among implementations of RFC 6962.
const std::vector<std::string> vectorRoots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

Digest digestOf(const std::string& hex)
{
    Digest digest{};
    const Bytes bytes = fromHex(hex).value();
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

std::vector<Digest> digestsOf(const std::vector<std::string>& hex)
{
    std::vector<Digest> digests;
    for (const std::string& each : hex)
        digests.push_back(digestOf(each));
    return digests;
}

MemoryTree vectorTree()
{
    MemoryTree tree;
    for (const std::string& leaf : vectorLeaves)
        tree.append(leafHash(fromHex(leaf).value()));
    return tree;
}

std::string codeOf(const Result<void>& result)
{
    return result ? std::string() : result.error().code;
}

Digest flipped(Digest digest, std::size_t bit)
{
    digest[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    return digest;
}

}

class MerkleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hashesLeavesAndNodesAsPublished()
    {
        QCOMPARE(toHex(leafHash(bytesOf("L123456"))),
            std::string("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"));
        // A node of short strings shows the layout: the published vector is SHA-256 of 01 "N123" "N456".
        Digest left{};
        Digest right{};
        left.fill(0x11);
        right.fill(0x22);
        Bytes joined{0x01};
        joined.insert(joined.end(), left.begin(), left.end());
        joined.insert(joined.end(), right.begin(), right.end());
        QCOMPARE(nodeHash(left, right), sha256(joined));
        QCOMPARE(toHex(sha256(std::string("\x01N123N456"))),
            std::string("aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"));
    }

    void givesThePublishedRoots()
    {
        Frontier frontier;
        for (std::size_t size = 0; size <= vectorLeaves.size(); ++size) {
            QCOMPARE(toHex(frontier.root()), vectorRoots[size]);
            const MemoryTree tree = vectorTree();
            QCOMPARE(treeRoot(size, tree.source()).value(), frontier.root());
            if (size < vectorLeaves.size())
                frontier.append(leafHash(fromHex(vectorLeaves[size]).value()));
        }
    }

    void givesThePublishedInclusionProofs_data()
    {
        QTest::addColumn<quint64>("index");
        QTest::addColumn<quint64>("size");
        QTest::addColumn<QStringList>("hashes");
        QTest::newRow("0 of 8") << quint64(0) << quint64(8)
                                << QStringList{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                       "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                       "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"};
        QTest::newRow("5 of 8") << quint64(5) << quint64(8)
                                << QStringList{"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                       "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                       "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"};
        QTest::newRow("2 of 3") << quint64(2) << quint64(3)
                                << QStringList{"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"};
        QTest::newRow("1 of 5") << quint64(1) << quint64(5)
                                << QStringList{"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                       "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                       "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"};
    }
    void givesThePublishedInclusionProofs()
    {
        QFETCH(quint64, index);
        QFETCH(quint64, size);
        QFETCH(QStringList, hashes);
        std::vector<std::string> expected;
        for (const QString& each : hashes)
            expected.push_back(each.toStdString());
        const MemoryTree tree = vectorTree();
        QCOMPARE(inclusionProof(index, size, tree.source()).value(), digestsOf(expected));
        QVERIFY(verifyInclusion(tree.leaf(index), index, size, digestsOf(expected), digestOf(vectorRoots[size])));
    }

    void givesThePublishedConsistencyProofs_data()
    {
        QTest::addColumn<quint64>("older");
        QTest::addColumn<quint64>("newer");
        QTest::addColumn<QStringList>("hashes");
        QTest::newRow("1 to 1") << quint64(1) << quint64(1) << QStringList();
        QTest::newRow("1 to 8") << quint64(1) << quint64(8)
                                << QStringList{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                       "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                       "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"};
        QTest::newRow("6 to 8") << quint64(6) << quint64(8)
                                << QStringList{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                       "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                       "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"};
        QTest::newRow("2 to 5") << quint64(2) << quint64(5)
                                << QStringList{"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                       "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"};
        QTest::newRow("6 to 7") << quint64(6) << quint64(7)
                                << QStringList{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                       "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
                                       "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"};
    }
    void givesThePublishedConsistencyProofs()
    {
        QFETCH(quint64, older);
        QFETCH(quint64, newer);
        QFETCH(QStringList, hashes);
        std::vector<std::string> expected;
        for (const QString& each : hashes)
            expected.push_back(each.toStdString());
        const MemoryTree tree = vectorTree();
        QCOMPARE(consistencyProof(older, newer, tree.source()).value(), digestsOf(expected));
        QVERIFY(verifyConsistency(
            {older, digestOf(vectorRoots[older])}, {newer, digestOf(vectorRoots[newer])}, digestsOf(expected)));
    }

    void everyInclusionProofVerifiesAndNoMutationDoes()
    {
        constexpr std::size_t largest = 300;
        const MemoryTree tree = MemoryTree::ofNumbers(largest);
        for (std::size_t size = 1; size <= largest; ++size) {
            const Digest root = tree.rootOf(0, size);
            for (std::size_t index = 0; index < size; ++index) {
                std::vector<Digest> path = inclusionProof(index, size, tree.source()).value();
                QVERIFY(verifyInclusion(tree.leaf(index), index, size, path, root));
                for (std::size_t i = 0; i < path.size(); ++i) {
                    const Digest kept = path[i];
                    path[i] = flipped(kept, (index * 7 + size * 13 + i * 29) % 256);
                    QCOMPARE(codeOf(verifyInclusion(tree.leaf(index), index, size, path, root)),
                        std::string("proof.inclusion.root"));
                    path[i] = kept;
                }
                path.push_back(root);
                QCOMPARE(codeOf(verifyInclusion(tree.leaf(index), index, size, path, root)),
                    std::string("proof.inclusion.length"));
            }
        }
    }

    void everyConsistencyProofVerifiesAndNoMutationDoes()
    {
        constexpr std::size_t largest = 300;
        const MemoryTree tree = MemoryTree::ofNumbers(largest);
        std::vector<Digest> roots;
        for (std::size_t size = 0; size <= largest; ++size)
            roots.push_back(tree.rootOf(0, size));
        for (std::size_t newer = 1; newer <= largest; ++newer) {
            for (std::size_t older = 0; older <= newer; ++older) {
                const TreeHead from{older, roots[older]};
                const TreeHead to{newer, roots[newer]};
                std::vector<Digest> path = consistencyProof(older, newer, tree.source()).value();
                QVERIFY(verifyConsistency(from, to, path));
                QVERIFY(!verifyConsistency({older, flipped(roots[older], newer % 256)}, to, path));
                if (older != 0) // nothing binds the later root to an empty beginning
                    QVERIFY(!verifyConsistency(from, {newer, flipped(roots[newer], older % 256)}, path));
                for (std::size_t i = 0; i < path.size(); ++i) {
                    const Digest kept = path[i];
                    path[i] = flipped(kept, (older * 7 + newer * 13 + i * 29) % 256);
                    QVERIFY(!verifyConsistency(from, to, path));
                    path[i] = kept;
                }
                path.push_back(roots[newer]);
                QCOMPARE(codeOf(verifyConsistency(from, to, path)), std::string("proof.consistency.length"));
            }
        }
    }

    void everySingleBitOfSmallProofsMatters()
    {
        const MemoryTree tree = MemoryTree::ofNumbers(20);
        for (std::size_t size = 2; size <= 20; ++size) {
            const Digest root = tree.rootOf(0, size);
            for (std::size_t index = 0; index < size; ++index) {
                const std::vector<Digest> path = inclusionProof(index, size, tree.source()).value();
                for (std::size_t bit = 0; bit < path.size() * 256; ++bit) {
                    std::vector<Digest> mutated = path;
                    mutated[bit / 256] = flipped(mutated[bit / 256], bit % 256);
                    QVERIFY(!verifyInclusion(tree.leaf(index), index, size, mutated, root));
                }
                for (std::size_t bit = 0; bit < 256; ++bit)
                    QVERIFY(!verifyInclusion(flipped(tree.leaf(index), bit), index, size, path, root));
            }
        }
    }

    void refusesShortProofsWrongPlacesAndTimeTravel()
    {
        const MemoryTree tree = MemoryTree::ofNumbers(8);
        const Digest root = tree.rootOf(0, 8);
        std::vector<Digest> path = inclusionProof(3, 8, tree.source()).value();
        QCOMPARE(codeOf(verifyInclusion(tree.leaf(3), 8, 8, path, root)), std::string("proof.inclusion.index"));
        QCOMPARE(codeOf(verifyInclusion(tree.leaf(3), 0, 0, {}, root)), std::string("proof.inclusion.index"));
        QCOMPARE(codeOf(verifyInclusion(tree.leaf(3), 2, 8, path, root)), std::string("proof.inclusion.root"));
        QCOMPARE(codeOf(verifyInclusion(tree.leaf(3), 4, 8, path, root)), std::string("proof.inclusion.root"));
        path.pop_back();
        QCOMPARE(codeOf(verifyInclusion(tree.leaf(3), 3, 8, path, root)), std::string("proof.inclusion.length"));
        QCOMPARE(inclusionProof(8, 8, tree.source()).error().code, std::string("proof.inclusion.index"));
        QCOMPARE(consistencyProof(8, 7, tree.source()).error().code, std::string("proof.consistency.sizes"));
        QCOMPARE(codeOf(verifyConsistency({8, root}, {7, root}, {})), std::string("proof.consistency.sizes"));
        QCOMPARE(
            codeOf(verifyConsistency({8, root}, {8, flipped(root, 0)}, {})), std::string("proof.consistency.fork"));
        QCOMPARE(codeOf(verifyConsistency({3, root}, {8, root}, {})), std::string("proof.consistency.length"));
        QCOMPARE(codeOf(verifyConsistency({0, root}, {8, root}, {})), std::string("proof.consistency.old-root"));
    }

    void aFrontierIsTheTreesEdge()
    {
        constexpr std::size_t largest = 300;
        const MemoryTree tree = MemoryTree::ofNumbers(largest);
        Frontier frontier;
        std::size_t told = 0;
        for (std::size_t size = 0; size <= largest; ++size) {
            QCOMPARE(frontier.size(), std::uint64_t(size));
            QCOMPARE(frontier.root(), tree.rootOf(0, size));
            QCOMPARE(Frontier::parse(frontier.serialise()).value(), frontier);
            QCOMPARE(Frontier::load(size, tree.source()).value(), frontier);
            if (size == largest)
                break;
            frontier.append(tree.leaf(size), [&](unsigned level, std::uint64_t index, const Digest& hash) {
                ++told;
                QCOMPARE(hash, tree.source()(level, index).value());
            });
        }
        // 300 leaves complete 300 + 150 + 75 + 37 + 18 + 9 + 4 + 2 + 1 subtrees.
        QCOMPARE(told, std::size_t(596));
    }

    void aDamagedFrontierIsRefused()
    {
        Frontier frontier;
        for (int i = 0; i < 5; ++i)
            frontier.append(leafHash(bytesOf("x")));
        Bytes bytes = frontier.serialise();
        bytes.pop_back();
        QCOMPARE(Frontier::parse(bytes).error().code, std::string("proof.frontier.format"));
        QCOMPARE(Frontier::parse({}).error().code, std::string("proof.frontier.format"));
        QCOMPARE(Frontier::parse(Bytes{0, 0, 0, 0, 0, 0, 0, 1}).error().code, std::string("proof.frontier.format"));
        QVERIFY(Frontier::parse(Bytes(8, 0)));
    }

    void passesOnTheSourcesFailure()
    {
        const HashSource broken = [](unsigned, std::uint64_t) -> Result<Digest> {
            return fail(ErrorKind::Unavailable, "test.broken", "No.");
        };
        QCOMPARE(inclusionProof(1, 5, broken).error().code, std::string("test.broken"));
        QCOMPARE(consistencyProof(3, 5, broken).error().code, std::string("test.broken"));
        QCOMPARE(treeRoot(5, broken).error().code, std::string("test.broken"));
        QCOMPARE(Frontier::load(5, broken).error().code, std::string("test.broken"));
    }
};

QTEST_GUILESS_MAIN(MerkleTest)
#include "merkle_test.moc"
