#include "ui/kit/tokens.h"

#include <QTest>
#include <array>
#include <cmath>
#include <vector>

using namespace ephor::ui;

namespace {

using Matrix = std::array<std::array<double, 3>, 3>;

// Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
constexpr std::array<Matrix, 4> visions{
    Matrix{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    Matrix{{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
    Matrix{{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
    Matrix{{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
};

std::array<double, 3> seenThrough(const Matrix& vision, const QColor& color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    const std::array<double, 3> rgb{linear(color.redF()), linear(color.greenF()), linear(color.blueF())};
    std::array<double, 3> seen{};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column)
            seen[row] += vision[row][column] * rgb[column];
        seen[row] = std::clamp(seen[row], 0.0, 1.0);
    }
    return seen;
}

/// CIE76 distance of two linear colours under D65.
double labDistance(const std::array<double, 3>& left, const std::array<double, 3>& right)
{
    const auto lab = [](const std::array<double, 3>& rgb) {
        const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
        const double x = f((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
        const double y = f(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
        const double z = f((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
        return std::array<double, 3>{116 * y - 16, 500 * (x - y), 200 * (y - z)};
    };
    const auto one = lab(left);
    const auto other = lab(right);
    return std::hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

struct Pair {
    Token front;
    Token back;
};

}

/// Every word can be read and every mark seen, in every scheme.
class TokensTest : public QObject {
    Q_OBJECT

private:
    static void schemes()
    {
        QTest::addColumn<int>("scheme");
        QTest::newRow("light") << static_cast<int>(Scheme::light);
        QTest::newRow("dark") << static_cast<int>(Scheme::dark);
        QTest::newRow("high contrast") << static_cast<int>(Scheme::highContrast);
    }

    static void atLeast(double wanted, const std::vector<Pair>& pairs, Scheme scheme)
    {
        for (const Pair& pair : pairs) {
            const double ratio = contrastRatio(tokenColor(scheme, pair.front), tokenColor(scheme, pair.back));
            QVERIFY2(ratio >= wanted,
                qPrintable(QStringLiteral("token %1 on %2 has %3")
                        .arg(static_cast<int>(pair.front))
                        .arg(static_cast<int>(pair.back))
                        .arg(ratio)));
        }
    }

private Q_SLOTS:
    void knownRatios()
    {
        QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrastRatio(tokenColor(Scheme::light, Token::textPrimary), Qt::white) - 17.3) < 0.1);
    }

    void everyTokenHasAColor()
    {
        for (int at = 0; at < static_cast<int>(Token::count); ++at) {
            for (const Scheme scheme : {Scheme::light, Scheme::dark, Scheme::highContrast})
                QVERIFY(tokenColor(scheme, static_cast<Token>(at)).isValid());
        }
        QVERIFY(!tokenColor(Scheme::light, Token::count).isValid());
    }

    void textCanBeRead_data() { schemes(); }
    void textCanBeRead()
    {
        QFETCH(int, scheme);
        std::vector<Pair> pairs;
        for (const Token ground : {Token::canvas, Token::surface, Token::sunken}) {
            for (const Token text : {Token::textPrimary, Token::textSecondary, Token::textMuted, Token::link, Token::ok,
                     Token::warn, Token::error, Token::info})
                pairs.push_back({text, ground});
        }
        for (const Pair pair : {Pair{Token::ok, Token::badgeOk}, {Token::warn, Token::badgeWarn},
                 {Token::badgeErrorText, Token::badgeError}, {Token::badgeInfoText, Token::badgeInfo},
                 {Token::badgeNeutralText, Token::badgeNeutral}, {Token::textPrimary, Token::selection},
                 {Token::textSecondary, Token::selection}, {Token::textPrimary, Token::diffAdd},
                 {Token::textPrimary, Token::diffDelete}, {Token::textPrimary, Token::diffAddWord},
                 {Token::textPrimary, Token::diffDeleteWord}, {Token::onAccent, Token::accent},
                 {Token::onDanger, Token::danger}, {Token::onEnvironment, Token::environmentProduction}})
            pairs.push_back(pair);
        atLeast(4.5, pairs, static_cast<Scheme>(scheme));
    }

    void marksCanBeSeen_data() { schemes(); }
    void marksCanBeSeen()
    {
        QFETCH(int, scheme);
        std::vector<Pair> pairs;
        for (const Token ground : {Token::canvas, Token::surface, Token::sunken})
            pairs.push_back({Token::borderControl, ground});
        for (int at = 0; at < 6; ++at)
            pairs.push_back({static_cast<Token>(static_cast<int>(Token::series1) + at), Token::surface});
        pairs.push_back({Token::warnFill, Token::surface});
        atLeast(3, pairs, static_cast<Scheme>(scheme));
    }

    void statesDifferForEveryEye_data() { schemes(); }
    void statesDifferForEveryEye()
    {
        QFETCH(int, scheme);
        const std::vector<std::vector<Token>> groups{{Token::ok, Token::warn, Token::error, Token::info},
            {Token::series1, Token::series2, Token::series3, Token::series4, Token::series5, Token::series6}};
        for (const std::vector<Token>& group : groups) {
            for (const Matrix& vision : visions) {
                for (std::size_t left = 0; left < group.size(); ++left) {
                    for (std::size_t right = left + 1; right < group.size(); ++right) {
                        const double distance
                            = labDistance(seenThrough(vision, tokenColor(static_cast<Scheme>(scheme), group[left])),
                                seenThrough(vision, tokenColor(static_cast<Scheme>(scheme), group[right])));
                        QVERIFY2(distance >= 10, qPrintable(QString::number(distance)));
                    }
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TokensTest)
#include "tokens_test.moc"
