// Conditions and policies at the edges of the grammar and of each operation; what they come to is asked of the oracle.
export const corners = String.raw`
true
principal has n.x
principal has r.x.y
principal has "r"
principal has r."x"
1 + 1 == 2
9223372036854775807 + 1 == 2
-9223372036854775808 == 0
--9223372036854775808 == 0
-(9223372036854775808) == 0
9223372036854775808 == 0
---5 == -5
-----5 == -5
! ! ! !true
! ! ! ! !true
!-5
1 == 1 == true
1 < 2 == true
"abc" like "a*"
"a*c" like "a\*c"
"abc" like "a\x41"
"\u{1F600}" == "x"
"\x80" == "x"
"\x7f" == "x"
"\/" == "x"
"\'" == "'"
"\0\t\r\n\\\"" == "x"
"\*" == "x"
principal in [U::"a", 3]
principal in []
principal in [G::"g"]
3 in U::"a"
principal is U in G::"g"
principal is U in [G::"g"]
principal is G in 3
true || 1
1 || true
false || 1
false && 1
true && 1
if 1 then true else false
if true then true else 3
{a:1,"b c":2} == {"b c":2,a:1}
{a:1,a:2} == {a:1}
{a:1,"a":2} == {a:1}
[1,2,2] == [2,1]
[[1,2],[2,1]] == [[1,2]]
1 == "a"
decimal("1.5").lessThan(decimal("2.0"))
decimal("1.50") == decimal("1.5")
decimal("1.5")
decimal("1.5") < decimal("2.5")
datetime("2024-01-01") < datetime("2024-01-02")
duration("1d") < duration("2d")
principal.getTag("t") == "v"
principal.getTag("u") == "v"
principal.hasTag("u")
U::"z".hasTag("u")
U::"z" has a
U::"z".a
U::"z" in U::"z"
principal["n"] == 1
principal["n" ] .foo
context.l.x
[1].contains("a")
[].isEmpty()
[1].containsAll([])
[].containsAny([1])
principal.foo()
foo(1)
decimal(1)
ip("1.1.1.1").isIpv4
"a".length()
5 / 2 == 1
5 % 2 == 1
5 * 3 * 2 == 30
9223372036854775807 * 2 == 0
(5 * 3) == 15 && context.b
principal == ?principal
__cedar::Foo::"a" == principal
context.if
context["if"]
context has if
{if: 1}.if == 1
{"if": 1}["if"] == 1
{true: 1} == {"true":1}
U::"a" == principal
U :: "a" == principal
if::"a" == principal
is::"a" == principal
principal::"a" == principal
{principal: 1} has principal
1(2)
principal.n(1)
"a"::"b" == 1
context["l" ] == 5
context[1]
context["a\*"]
Foo::bar(1)
decimal
contains(1)
context.contains == 1
[1].contains
[1].contains()
[1].contains(1,2)
ip("1.1.1.1").isIpv4(1)
decimal("1.0","2")
ip(ip("1.1.1.1"))
offset(datetime("2024-01-01"), duration("1d")) == datetime("2024-01-02")
isIpv4(ip("1.1.1.1"))
"1.1.1.1".ip()
context like "a"
"a" like context
"a" like "a" + "b"
principal is "U"
principal is principal
principal is U == true
principal is A::B
principal is U::"a"
principal is (U)
principal is if
(if true then true else false)
if true then true else false && 3
!if true then true else false
1 + if true then 1 else 2 == 3
principal has (a)
principal has a.b.c
principal has "a".b
principal has a["b"]
principal has a()
principal has -1
principal has principal
principal has true
[1,2,].contains(1)
{a:1,}.a == 1
{"a"+"b": 1} == 1
{1: 2} == 1
{A::b: 2} == 1
{-a: 2} == 1
- 5 == -5
-5.contains(1)
-(5) == -5
-context.l == -5
-true
!5
- -9223372036854775808 == 1
9223372036854775807 + 0 == 9223372036854775807
18446744073709551616 == 1
-9223372036854775809 == 1
-(9223372036854775807) - 2 == 1
1 - 2 - 3 == -4
"a" < "b"
1 < true
true < 1
datetime("2024-01-01") < 1
datetime("2024-01-01") < duration("1d")
principal in principal
principal in 3
principal in [3]
principal in [U::"a", "x"]
principal.hasTag(1)
principal.getTag(1)
context.hasTag("a")
1 in 1
[1].containsAny([2])
[1].containsAny(1)
1.contains(1)
(1).contains(1)
principal == U::"a" && principal has n && principal.n == 1
U::"a\u{41}" == principal
U::"a" .n == 1
/* c */ true
true;
principal is __cedar::Bool
context["__cedar"]
context.__cedar
__cedar
{__cedar: 1} has __cedar
"\u{110000}" == "a"
"\u{d800}" == "a"
"\u{0000041}" == "A"
"\u{000041}" == "A"
"\u{}" == "A"
"\u{4_1}" == "A"
"\u{_41}" == "A"
"\u{41_}" == "A"
"\u0041" == "A"
"\x4" == "A"
"\xg1" == "A"
"é" like "?"
"é" like "é*"
"a*b" like "a\*b"
"" like "*"
"" like ""
"abc" like "**c"
"aXbXc" like "a*b*c"
"ab" like "a*ab"
"\\*" like "\\\*"
decimal("1.2.3") == 1
decimal("1.12345") == 1
decimal("922337203685477.5807") == 1
decimal("922337203685477.5808") == 1
decimal("-922337203685477.5808").lessThan(decimal("1.0"))
decimal("-0.5").lessThan(decimal("0.0"))
decimal("-0.0") == decimal("0.0")
decimal("+1.0") == 1
decimal("1.") == 1
decimal(".1") == 1
decimal("-.1") == 1
decimal("1") == 1
decimal("0001.1") == decimal("1.1")
ip("127.0.0.1/8").isLoopback()
ip("127.0.0.1/7").isLoopback()
ip("::1/127").isLoopback()
ip("ff00::/8").isMulticast()
ip("ff00::/7").isMulticast()
ip("224.0.0.0/4").isMulticast()
ip("224.0.0.0/3").isMulticast()
ip("010.1.1.1") == 1
ip("::1/128") == ip("::1")
ip("1.1.1.1/032") == 1
ip("1.1.1.1/32") == ip("1.1.1.1")
ip("1.1.1.1/+2") == 1
ip("fe80::1%eth0") == 1
ip("1.1.1.0/24") == ip("1.1.1.1/24")
ip("::ffff:1.2.3.4") == 1
ip("1::2::3") == 1
ip("1:2:3:4:5:6:7::") == ip("1:2:3:4:5:6:7:0")
ip("00001::") == 1
ip("0.0.0.0/0").isInRange(ip("0.0.0.0/0"))
ip("10.1.0.0/16").isInRange(ip("10.0.0.0/8"))
ip("10.0.0.0/8").isInRange(ip("10.1.0.0/16"))
ip("1.1.1.1/") == 1
ip("1.1.1.1/33") == 1
ip("::/129") == 1
ip("1.1.1.1/00") == 1
ip("1.1.1.1/01") == 1
ip("") == 1
ip(" 1.1.1.1") == 1
ip("[::1]") == 1
ip("1.1.1.1:80") == 1
ip(":::") == 1
ip("1:::2") == 1
ip(":1::") == 1
ip("::1:") == 1
ip("0:0:0:0:0:0:0:1") == ip("::1")
ip("0:0:0:0:0:0:0:0:1") == 1
ip("1:2:3:4:5:6:7:8::") == 1
ip("::1:2:3:4:5:6:7:8") == 1
ip("::1:2:3:4:5:6:7") == 1
ip("1::2:3:4:5:6:7:8") == 1
ip("1.2.3") == 1
ip("1.2.3.256") == 1
ip("1.2.3.00") == 1
ip("0.0.0.0/1").isInRange(ip("::/0"))
ip("a::b").isIpv6() && ip("A::B") == ip("a::b")
ip("1:2:3:4:5:6:1.2.3.4") == 1
duration("") == 1
duration("-") == 1
duration("1s1m") == 1
duration("1d1d") == 1
duration("1") == 1
duration("d") == 1
duration("1ms1") == 1
duration("00001d") == duration("24h")
duration("1D") == 1
duration("--1d") == 1
duration("106751991167d") == 1
duration("106751991168d") == 1
duration("-1d2h") == duration("-26h")
duration("9223372036854775807ms") == 1
duration("9223372036854775808ms") == 1
duration("-9223372036854775808ms") == 1
duration("1s9223372036854775807ms") == 1
duration("1d").toDays() == 1
duration("-1ms").toSeconds() == 0
duration("1d2h3m4s5ms").toMilliseconds() == 93784005
duration("-9223372036854775808ms").toDays() == -106751991167
datetime("2024-02-30") == 1
datetime("2023-02-29") == 1
datetime("2024-01-01T00:00:00Z") == datetime("2024-01-01")
datetime("2024-01-01T00:00:60Z") == 1
datetime("2024-01-01T24:00:00Z") == 1
datetime("2024-01-01T00:00:00+2359") == datetime("2023-12-31T00:01:00Z")
datetime("2024-01-01T00:00:00+2400") == 1
datetime("2024-01-01T00:00:00+0060") == 1
datetime("0000-01-01") == 1
datetime("9999-12-31T23:59:59.999-2359").toTime() == duration("1d")
datetime("2024-01-01T00:00:00.12Z") == 1
datetime("2024-01-01T00:00:00") == 1
datetime("2024-01-01T00:00:00Zx") == 1
datetime("1969-12-31T23:00:00Z").toTime() == duration("23h")
datetime("1969-12-31T23:00:00Z").toDate() == datetime("1969-12-31")
datetime("2024-01-01").offset(duration("9223372036854775807ms")) == 1
datetime("2024-01-01").durationSince(datetime("2023-01-01")) == duration("365d")
datetime("2024-1-1") == 1
datetime("2024-01-01T00:00:00.123+0100") == datetime("2023-12-31T23:00:00.123Z")
datetime("2024-01-01T00:00:00.123-0100").toTime() == duration("1h123ms")
datetime("2024-01-01t00:00:00Z") == 1
datetime("1970-01-01").offset(duration("-9223372036854775808ms")).toDate() == 1
datetime("1970-01-01").offset(duration("-9223372036854775808ms")).toTime() == duration("1h")
if principal has foo then principal.foo else true
context has a.if
[principal, action].contains(principal)
principal == 1
principal.n.contains
permit(principal,action,resource);
permit(principal == ?principal, action, resource);
permit(principal == ?resource, action, resource);
permit(action, principal, resource);
permit(principal, action);
permit(principal, action, resource,);
permit(principal, action, resource, context);
permit(principal is U, action == Action::"v", resource is R);
permit(principal is U in G::"g", action in [Action::"v"], resource);
permit(principal is U == G::"g", action, resource);
permit(principal in [G::"g"], action, resource);
permit(principal, action in [], resource);
permit(principal, action in Action::"v", resource);
permit(principal, action == [Action::"v"], resource);
permit(principal, action == Foo::"v", resource);
permit(principal, action in [Foo::"v", A::Action::"v"], resource);
permit(principal, action is Action, resource);
permit(principal: U, action, resource);
permit(principal < U::"a", action, resource);
permit(principal == (U::"a"), action, resource);
permit(principal == principal, action, resource);
permit(principal == U::"a" , action, resource) when { true } unless { false } when { true };
permit(principal,action,resource) when { true } when {};
permit(principal,action,resource) if { true };
permit(principal,action,resource) advice { true };
allow(principal,action,resource);
@id("x") permit(principal,action,resource);
@id("x") @id("y") permit(principal,action,resource);
@id permit(principal,action,resource);
@if("x") @__cedar("z") permit(principal,action,resource);
@a() permit(principal,action,resource);
@a("\*") permit(principal,action,resource);
permit(principal,action,resource); forbid(principal == U::"b",action,resource); permit(principal,action,resource);
permit(principal,action,resource) forbid(principal,action,resource);
permit(principal == U::"a" && true,action,resource);
permit(principal is if,action,resource);
permit(principal is A::B::C,action,resource);
permit(principal is principal,action,resource);
permit(principal is U in [G::"g"],action,resource);
permit(principal,action in ?principal,resource);
permit(principal == action::"a",action,resource);
permit(principal == A::in::"a",action,resource);
permit(principal, action in [Action::"v",], resource);
permit(principal, action in (Action::"v"), resource);
permit(principal, action in [(Action::"v")], resource);
permit(principal, action in [[Action::"v"]], resource);
permit(principal == (((U::"a"))), action, resource);
permit(principal is U::"a", action, resource);
forbid(principal, action, resource) when { principal.zz }; permit(principal, action, resource);
forbid(principal, action, resource) when { 1 }; permit(principal, action, resource);
`.split('\n').filter((line) => line.trim() !== '').concat([
    '', // no policy at all
    '// a comment alone',
    'permit(principal, action, resource) when { true // to the end of the line\n};',
    'permit(principal, action, resource) when { "two\nlines" == "two\\nlines" };',
    'permit(principal, action, resource) when { "a\rb" == "c" };',
    'permit(principal,\u00a0action,\u2003resource);',
    'permit(principal, action, resource) when { "open };',
    'permit(principal, action, resource) when { true ',
    'permit(principal, action, resource) when { true & true };',
    'permit(principal, action, resource) when { context[("l")] == 5 };',
    'permit(principal, action, resource) when { {("a"): 1}.a == 1 };',
    'permit(principal, action, resource) when { principal.n .contains(1) };',
    'permit(principal, action, resource) when { "\u00e9" == "\\u{e9}" };',
]);
