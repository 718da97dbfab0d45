#include "core/net/address_rules.h"

#include <QtTest/QtTest>

using namespace ephor;
using namespace ephor::net;

class AddressRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void classes_data();
    void classes();
    void rules();
    void ranges();
    void notAddresses();
};

void AddressRulesTest::classes_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("expected");
    const std::vector<std::pair<const char*, const char*>> rows{
        {"1.1.1.1", "public"},
        {"8.8.8.8", "public"},
        {"172.15.255.255", "public"},
        {"172.32.0.0", "public"},
        {"100.128.0.0", "public"},
        {"223.255.255.255", "public"},
        {"2606:4700::1111", "public"},
        {"127.0.0.1", "loopback"},
        {"127.255.255.254", "loopback"},
        {"::1", "loopback"},
        {"::ffff:127.0.0.1", "loopback"},
        {"::ffff:7f00:1", "loopback"},
        {"64:ff9b::127.0.0.1", "loopback"},
        {"2002:7f00:1::", "loopback"},
        {"10.0.0.1", "private"},
        {"172.16.0.1", "private"},
        {"172.31.255.255", "private"},
        {"192.168.1.1", "private"},
        {"100.64.0.1", "private"},
        {"fd12:3456::1", "private"},
        {"fec0::1", "private"},
        {"::ffff:10.0.0.1", "private"},
        {"169.254.1.1", "link-local"},
        {"fe80::1", "link-local"},
        {"169.254.169.254", "metadata"},
        {"::ffff:169.254.169.254", "metadata"},
        {"64:ff9b::a9fe:a9fe", "metadata"},
        {"168.63.129.16", "metadata"},
        {"100.100.100.200", "metadata"},
        {"fd00:ec2::254", "metadata"},
        {"0.0.0.0", "reserved"},
        {"0.1.2.3", "reserved"},
        {"255.255.255.255", "reserved"},
        {"224.0.0.1", "reserved"},
        {"192.0.2.1", "reserved"},
        {"198.19.0.1", "reserved"},
        {"::", "reserved"},
        {"::127.0.0.1", "reserved"},
        {"ff02::1", "reserved"},
        {"2001:db8::1", "reserved"},
        {"2001::1", "reserved"},
        {"4000::1", "reserved"},
    };
    for (const auto& [address, expected] : rows)
        QTest::newRow(address) << QString(address) << QString(expected);
}

void AddressRulesTest::classes()
{
    QFETCH(QString, address);
    QFETCH(QString, expected);
    const auto parsed = IpAddress::parse(address.toStdString());
    QVERIFY(parsed.has_value());
    QCOMPARE(std::string(net::toString(classify(*parsed))), expected.toStdString());
    QCOMPARE(AddressRules().check(*parsed).has_value(), expected == "public");
}

void AddressRulesTest::rules()
{
    const auto at = [](const char* text) { return IpAddress::parse(text).value(); };
    AddressRules loopback;
    loopback.allowLoopback = true;
    QVERIFY(loopback.check(at("127.0.0.1")).has_value());
    QVERIFY(loopback.check(at("::1")).has_value());
    QVERIFY(!loopback.check(at("10.0.0.1")));
    AddressRules inside;
    inside.allowPrivate = true;
    inside.denied = {AddressRange::parse("10.9.0.0/16").value()};
    QVERIFY(inside.check(at("10.0.0.1")).has_value());
    QVERIFY(!inside.check(at("10.9.1.1")));
    QVERIFY(!inside.check(at("169.254.169.254")));
    QVERIFY(!inside.check(at("100.100.100.200")));
    QVERIFY(!inside.check(at("127.0.0.1")));
    AddressRules metadata;
    metadata.allowed = {AddressRange::parse("169.254.169.254").value()};
    QVERIFY(metadata.check(at("169.254.169.254")).has_value());
    QVERIFY(!metadata.check(at("169.254.169.253")));
    const auto refused = AddressRules().check(at("::ffff:10.0.0.1"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("net.address-denied"));
    QCOMPARE(refused.error().fields.at(1).second, std::string("10.0.0.1"));
}

void AddressRulesTest::ranges()
{
    const auto range = AddressRange::parse("10.1.128.0/17").value();
    QVERIFY(range.contains(IpAddress::parse("10.1.255.255").value()));
    QVERIFY(!range.contains(IpAddress::parse("10.1.127.255").value()));
    QVERIFY(!range.contains(IpAddress::parse("fd00::1").value()));
    QVERIFY(AddressRange::parse("::/0").value().contains(IpAddress::parse("fd00::1").value()));
    for (const char* bad : {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0/8", "::/129", "10.0.0.0/-1"})
        QVERIFY2(!AddressRange::parse(bad), bad);
}

void AddressRulesTest::notAddresses()
{
    for (const char* bad :
        {"", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "127.0.0.1:80", "[::1]", "fe80::1%eth0", "1.2.3.4 "})
        QVERIFY2(!IpAddress::parse(bad), bad);
}

QTEST_GUILESS_MAIN(AddressRulesTest)
#include "address_rules_test.moc"
