#include "core/proof/tile.h"

#include "core/proof/frontier.h"
#include "core/proof/leaf.h"
#include "tests/core/proof/memory_tree.h"

#include <QTest>

using namespace ephor;
using namespace ephor::proof;

class TileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesTilesAsTheFormatDoes()
    {
        QCOMPARE(tilePath({0, 0, 256}), std::string("tile/0/000"));
        QCOMPARE(tilePath({0, 1234067, 256}), std::string("tile/0/x001/x234/067"));
        QCOMPARE(tilePath({0, 273, 112}), std::string("tile/0/273.p/112"));
        QCOMPARE(tilePath({1, 1000, 17}), std::string("tile/1/x001/000.p/17"));
        QCOMPARE(bundlePath({1234067, 256}), std::string("tile/entries/x001/x234/067"));
        QCOMPARE(bundlePath({5, 1}), std::string("tile/entries/005.p/1"));
    }

    void readsEveryPathItWrites()
    {
        for (const std::uint64_t index :
            {0ull, 1ull, 9ull, 10ull, 999ull, 1000ull, 123456ull, 999999ull, 1000000ull, 1234567890123ull}) {
            for (const unsigned width : {1u, 17u, 255u, 256u}) {
                const TileRef tile{3, index, width};
                QCOMPARE(parseTilePath(tilePath(tile)).value(), tile);
                const BundleRef bundle{index, width};
                QCOMPARE(parseBundlePath(bundlePath(bundle)).value(), bundle);
            }
        }
    }

    void refusesEverySecondSpelling_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* path : {"", "tile", "tile/", "tile/0", "tile/0/", "tile/00/000", "tile/64/000", "tile/-1/000",
                 "tile/0/0", "tile/0/0000", "tile/0/x000/001", "tile/0/001/002", "tile/0/x001", "tile/0/X001/002",
                 "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/", "tile/0/000.p",
                 "tile/0/000/", "/tile/0/000", "tile/0/000 ", "tile/0/x/001", "tile/0/00a", "tile/entries/000",
                 "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/0/../000", "tile/0/000.p/1.p/1"})
            QTest::addRow("%s", path) << QString(path);
    }
    void refusesEverySecondSpelling()
    {
        QFETCH(QString, path);
        QCOMPARE(parseTilePath(path.toStdString()).error().code, std::string("proof.tile.path"));
    }

    void countsTheTilesOfTheFormatsExample()
    {
        const std::vector<TileRow> expected{{0, 273, 112}, {1, 1, 17}, {2, 0, 1}};
        QCOMPARE(tileRows(70'000), expected);
        const std::vector<TileRef> tiles = tilesFor(70'000);
        QCOMPARE(tiles.size(), std::size_t(273 + 1 + 1 + 1 + 1));
        QCOMPARE(tilePath(tiles[272]), std::string("tile/0/272"));
        QCOMPARE(tilePath(tiles[273]), std::string("tile/0/273.p/112"));
        QCOMPARE(tilePath(tiles[274]), std::string("tile/1/000"));
        QCOMPARE(tilePath(tiles[275]), std::string("tile/1/001.p/17"));
        QCOMPARE(tilePath(tiles[276]), std::string("tile/2/000.p/1"));
        QCOMPARE(bundlesFor(70'000).size(), std::size_t(274));
        const std::vector<TileRow> exact{{0, 1, 0}, {1, 0, 1}};
        QCOMPARE(tileRows(256), exact);
        QVERIFY(tileRows(0).empty());
    }

    void tilesBetweenAddUpToAll()
    {
        for (std::uint64_t older = 0; older < 1200; older += 37) {
            for (std::uint64_t newer = older; newer < 1400; newer += 53) {
                std::vector<TileRef> all = tilesFor(newer);
                std::vector<TileRef> kept = tilesFor(older);
                for (const TileRef& tile : tilesBetween(older, newer)) {
                    QVERIFY(std::ranges::find(kept, tile) == kept.end());
                    QVERIFY(std::ranges::find(all, tile) != all.end());
                    std::erase(all, tile);
                }
                for (const TileRef& tile : all)
                    QVERIFY(std::ranges::find(kept, tile) != kept.end());
            }
        }
    }

    void proofsFromTilesAreThoseOfTheTree()
    {
        constexpr std::size_t size = 70'000;
        std::vector<std::vector<Digest>> levels(3);
        Frontier frontier;
        std::vector<Frontier> heads;
        for (std::size_t i = 0; i < size; ++i) {
            frontier.append(
                leafHash(bytesOf(std::to_string(i))), [&](unsigned level, std::uint64_t, const Digest& hash) {
                    if (level % tileHeight == 0)
                        levels[level / tileHeight].push_back(hash);
                });
            if (i + 1 == 257 || i + 1 == 65'536 || i + 1 == 69'999)
                heads.push_back(frontier);
        }
        std::size_t loads = 0;
        const HashSource source = tileSource(size, [&](const TileRef& tile) -> Result<std::vector<Digest>> {
            ++loads;
            const auto& row = levels[tile.level];
            const Bytes bytes = encodeTile(std::span(row).subspan(tile.index * tileWidth, tile.width));
            return parseTile(bytes, tile.width);
        });
        QCOMPARE(treeRoot(size, source).value(), frontier.root());
        for (const std::uint64_t index : {std::uint64_t(0), std::uint64_t(255), std::uint64_t(256),
                 std::uint64_t(65'535), std::uint64_t(65'536), std::uint64_t(69'999)}) {
            loads = 0;
            const std::vector<Digest> path = inclusionProof(index, size, source).value();
            QVERIFY(loads <= 8);
            QVERIFY(verifyInclusion(leafHash(bytesOf(std::to_string(index))), index, size, path, frontier.root()));
        }
        for (const Frontier& head : heads) {
            const std::vector<Digest> path = consistencyProof(head.size(), size, source).value();
            QVERIFY(verifyConsistency(head.head(), frontier.head(), path));
        }
    }

    void aWidthThatLiesIsNamed()
    {
        const std::vector<Digest> hashes(112);
        const Bytes bytes = encodeTile(hashes);
        QCOMPARE(bytes.size(), std::size_t(112 * 32));
        QVERIFY(parseTile(bytes, 112));
        for (const unsigned width : {0u, 1u, 111u, 113u, 256u, 257u})
            QCOMPARE(parseTile(bytes, width).error().code, std::string("proof.tile.width"));
        QCOMPARE(encodeTile(std::vector<Digest>(256)).size(), std::size_t(8192));
        const HashSource lying
            = tileSource(3, [](const TileRef&) -> Result<std::vector<Digest>> { return std::vector<Digest>(2); });
        QCOMPARE(treeRoot(3, lying).error().code, std::string("proof.tile.width"));
    }

    void bundlesGoThereAndBack()
    {
        const std::vector<std::string> bodies{"", "a", std::string(65'535, 'x')};
        const Bytes bytes = encodeEntryBundle(bodies).value();
        QCOMPARE(bytes.size(), std::size_t(3 * 2 + 0 + 1 + 65'535));
        const std::vector<BytesView> read = parseEntryBundle(bytes, 3).value();
        for (std::size_t i = 0; i < bodies.size(); ++i)
            QVERIFY(textOf(read[i]) == bodies[i]);
        QCOMPARE(parseEntryBundle(bytes, 2).error().code, std::string("proof.bundle.long"));
        QCOMPARE(parseEntryBundle(bytes, 4).error().code, std::string("proof.bundle.short"));
        QCOMPARE(parseEntryBundle(BytesView(bytes).first(bytes.size() - 1), 3).error().code,
            std::string("proof.bundle.short"));
        QCOMPARE(encodeEntryBundle(std::vector<std::string>{std::string(65'536, 'x')}).error().code,
            std::string("proof.bundle.entry-too-large"));
    }

    void longEntriesStandAsReferences()
    {
        const Leaf small = leafFor(std::string(65'535, 'x'));
        QVERIFY(!small.blob);
        QCOMPARE(small.body.size(), std::size_t(65'535));
        const Leaf large = leafFor(std::string(65'536, 'x'));
        QVERIFY(large.blob.has_value());
        QCOMPARE(parseBlobReference(large.body), large.blob);
        QCOMPARE(large.blob->bytes, std::uint64_t(65'536));
        QVERIFY(large.body.starts_with(R"({"blob":"sha256:)"));
        QVERIFY(large.body.ends_with(R"(","bytes":65536})"));
        QVERIFY(!parseBlobReference(R"({"blob":"sha256:00","bytes":70000})"));
        QVERIFY(!parseBlobReference(large.body + " "));
        std::string tooSmall = large.body;
        tooSmall.replace(tooSmall.find("65536"), 5, "65535");
        QVERIFY(!parseBlobReference(tooSmall));
        std::string upper = large.body;
        upper[upper.find("sha256:") + 7] = 'A';
        QVERIFY(!parseBlobReference(upper));
    }
};

QTEST_GUILESS_MAIN(TileTest)
#include "tile_test.moc"
