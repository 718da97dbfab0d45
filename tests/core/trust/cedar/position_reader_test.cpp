#include "core/trust/cedar/position_reader.h"

#include <QtTest>
#include <vector>

using namespace ephor;

class PositionReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatPositionAtTells()
    {
        const std::string text = "one\n\ntwo\r\nthree";
        const std::string same = text;
        cedar::PositionReader reader;
        std::vector<std::pair<std::string_view, std::size_t>> places;
        for (std::size_t at = 0; at <= text.size() + 2; ++at)
            places.emplace_back(text, at);
        // Back, in another text of the same words, and in a part of it.
        for (const std::size_t at : {4, 9, 9, 2, 15, 0})
            places.emplace_back(text, at);
        for (const std::size_t at : {12, 14, 3})
            places.emplace_back(same, at);
        places.emplace_back(std::string_view(same).substr(0, 5), 4);
        places.emplace_back(std::string_view(), 0);
        for (const auto& [source, at] : places)
            QVERIFY(reader.at(source, at) == positionAt(source, at));
    }
};

QTEST_GUILESS_MAIN(PositionReaderTest)
#include "position_reader_test.moc"
