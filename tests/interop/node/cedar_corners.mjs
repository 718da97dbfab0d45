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

export const schemaTexts = String.raw`

entity U;
entity U; entity U;
entity U = {a: Long}; type U = Long;
entity U {a: Boolean};
entity U {a: Bool, b: __cedar::Long, c: ipaddr, d: __cedar::ipaddr, e: duration};
entity U {a: X};
entity U {a: Set<X>}; type X = {b: Y}; type Y = X;
type X = X;
type Long = String; entity U {a: Long};
type Bool = String;
type ipaddr = String; entity U {a: ipaddr};
type Entity = Long;
type Record = Long;
type Set = Long;
type Boolean = Long;
type Extension = Long;
entity Long; entity U {a: Long};
entity Action;
entity Set;
entity String;
entity U in [G];
entity U in U;
entity A in B; entity B in A;
action a;
action a, "b c" in [d]; action d;
action a in a;
action a in b; action b in a;
action a in [x];
action a appliesTo {principal: [], resource: []}; 
entity U; action a appliesTo {principal: U};
entity U; action a appliesTo {principal: U, resource: U, principal: U};
entity U; action a appliesTo {principal: U, resource: [U,]};
entity U; action a appliesTo {principal: U, resource: U, context: {}};
entity U; type C = {a: Long}; action a appliesTo {principal: U, resource: U, context: C};
entity U; type C = Long; action a appliesTo {principal: U, resource: U, context: C};
entity U; action a appliesTo {principal: U, resource: U, context: U};
entity U; action a appliesTo {principal: X, resource: U};
entity U; type X={}; action a appliesTo {principal: X, resource: U};
entity U; action a appliesTo {context: {}};
entity U; action a appliesTo {};
action a attributes {};
entity U; action a appliesTo {principal: U, resource: U} attributes {};
namespace A { entity U; action a appliesTo {principal: U, resource: [A::U]}; }
namespace A { entity U; } namespace B { entity V in [A::U]; }
namespace A { entity U; } namespace A { entity V; }
entity U; namespace A { entity U; }
entity U; namespace A { type U = Long; }
type U = Long; namespace A { entity U; }
action a; namespace A { action a; }
type X = Long; namespace A { type X = Long; }
entity U; namespace A { entity V in U {x: U}; }
namespace A { entity U; } entity V in U;
namespace A { type T = Long; entity U {a: T, b: A::T}; }
namespace A { type T = B::T; } namespace B {type T = A::T;}
namespace A { action a in [b, Action::"c", A::Action::"b"]; action b; action c; }
action z; namespace A { action a in [Action::"z"]; }
action z; namespace A { action a in [z]; }
namespace A { action b; } action a in [A::Action::"b"];
namespace A { action b; } action a in [A::"b"];
entity U enum ["a","b"];
entity U enum [];
entity U enum ["a","a"];
entity U enum ["a",];
entity U, V enum ["a"];
entity U in G enum ["a"]; entity G;
entity G enum ["a"]; entity U in G;
entity U, V in [G]; entity G;
entity U, U;
entity U {a: Long, a: Long};
entity U {"a b"?: Long,};
entity U {a: Long} tags Set<Long>;
entity U tags Long;
entity U = Long;
type R={a:Long}; entity U = R;
@doc("x") entity U; @doc("x") namespace A { @a @b("c") action x; }
@doc @doc entity U;
entity U { @doc("x") a: Long };
namespace __cedar {}
namespace A::__cedar {}
entity if;
entity __cedar;
entity in;
entity enum;
entity U {if: Long};
entity U {in: Long};
entity U {"if": Long};
action if;
action "if";
action in;
entity U in [G, G]; entity G;
action a in [b,b]; action b;
entity U {}
entity U;;
entity U ={ };
entity U in [];
action a in [];
action a, a;
action ""; 
action "a\u{41}";
namespace A {} entity U;
namespace A { namespace B {} }
entity U { a: A::B }; namespace A { entity B; }
entity U { a: A::B }; namespace A { type B = Long; }
entity U { a: Action };
action q; entity U { a: Action };
action q; entity U in [Action];
action q; entity U; action a appliesTo {principal: Action, resource: U};
type a = {b: {c: {d: Set<Set<{e?: Long}>>}}};
entity U; type Long = U; 
type decimal = Long;
entity decimal; entity U {a: decimal};
entity U {a: __cedar::String, b: __cedar::foo};
entity U {a: foo::Long};
`.split('\n').filter((line) => line.trim() !== '');

const space = (entityTypes, actions = {}, commonTypes = {}) => ({ '': { entityTypes, actions, commonTypes } });
export const schemaDocuments = [
    {},
    {'':{entityTypes:{},actions:{}}},
    {'':{entityTypes:{}}},
    {'':{entityTypes:{},actions:{},x:1}},
    space({U:{}}),
    space({U:{shape:{type:'Record',attributes:{a:{type:'Long'},b:{type:'Boolean',required:false},c:{type:'Bool'},d:{type:'Set',element:{type:'String'}},e:{type:'Extension',name:'ipaddr'},f:{type:'Entity',name:'U'},g:{type:'EntityOrCommon',name:'U'},h:{type:'EntityOrCommon',name:'Long'}}}}}),
    space({U:{shape:{type:'Long'}}}),
    space({U:{shape:{type:'C'}}},{},{C:{type:'Record',attributes:{}}}),
    space({U:{shape:{type:'Record',attributes:{a:{type:'X'}}}}}),
    space({U:{shape:{type:'Record',attributes:{a:{type:'U'}}}}}),
    space({U:{shape:{type:'Record',attributes:{},additionalAttributes:true}}}),
    space({U:{shape:{type:'Record',attributes:{},additionalAttributes:false}}}),
    space({U:{shape:{type:'Record',attributes:{a:{type:'Extension',name:'foo'}}}}}),
    space({U:{foo:1}}),
    space({U:{shape:{type:'Record',attributes:{a:{type:'Long',foo:1}}}}}),
    space({U:{shape:{type:'Record'}}}),
    space({U:{shape:{type:'Record',attributes:{a:{type:'Set'}}}}}),
    space({U:{memberOfTypes:['G']},G:{}}),
    space({U:{memberOfTypes:['G']}}),
    space({U:{tags:{type:'String'}}}),
    space({U:{enum:['a']}}),
    space({U:{enum:[]}}),
    space({U:{enum:['a'],shape:{type:'Record',attributes:{}}}}),
    space({U:{}},{a:{}}),
    space({U:{}},{a:{appliesTo:null}}),
    space({U:{}},{a:{appliesTo:{principalTypes:['U'],resourceTypes:['U']}}}),
    space({U:{}},{a:{appliesTo:{principalTypes:['U']}}}),
    space({U:{}},{a:{appliesTo:{principalTypes:[],resourceTypes:[]}}}),
    space({U:{}},{a:{appliesTo:{principalTypes:['U'],resourceTypes:['U'],context:{type:'Record',attributes:{}}}}}),
    space({U:{}},{a:{appliesTo:{principalTypes:['U'],resourceTypes:['U'],context:{type:'Long'}}}}),
    space({},{a:{memberOf:[{id:'b'}]},b:{}}),
    space({},{a:{memberOf:[{id:'b',type:'Action'}]},b:{}}),
    space({},{a:{memberOf:null},b:{}}),
    space({},{a:{attributes:{x:1}}}),
    space({},{a:{attributes:{}}}),
    {'A b':{entityTypes:{},actions:{}}},
    {'A::B':{entityTypes:{U:{}},actions:{}}},
    space({'A::U':{}}),
    space({},{},{Long:{type:'String'}}),
    space({},{},{Entity:{type:'String'}}),
    {'':{annotations:{a:'b'},entityTypes:{U:{annotations:{x:'y'}}},actions:{a:{annotations:{}}},commonTypes:{T:{type:'Long',annotations:{q:''}}}}},
    space({U:{shape:{type:'Record',required:true,attributes:{}}}}),
    space({U:{shape:{type:'Record',attributes:{a:{type:'Long',required:'x'}}}}}),
    space({U:{shape:{type:'Record',attributes:{a:{type:'Long',annotations:{x:'y'}}}}}}),
    space({U:{shape:null}}),
    space({U:{shape:{type:'Record',attributes:{a:{type:'Entity',name:'X'}}}}}),
    {A:{entityTypes:{},actions:{},commonTypes:{T:{type:'Long'}}},B:{entityTypes:{U:{shape:{type:'Record',attributes:{a:{type:'A::T'}}}}},actions:{}}},
    {A:{entityTypes:{T:{}},actions:{}},B:{entityTypes:{U:{shape:{type:'Record',attributes:{a:{type:'A::T'}}}}},actions:{}}},
];

// Policies against one schema, valid and not; each line one set of policies.
export const validationSchema = `
entity User in [Group] { age: Long, name: String, manager?: User, profile: { level: Long, nick?: String }, friends: Set<User> } tags String;
entity Group in [Group];
entity Doc in [Folder] { owner: User, size?: Long, meta?: { made: datetime, by?: User } } tags Set<Long>;
entity Folder;
entity Color enum ["red", "green"];
action reads;
action view in [reads] appliesTo { principal: [User], resource: [Doc, Folder], context: { mfa: Bool, color?: Color, address?: ipaddr } };
action edit appliesTo { principal: [User, Group], resource: [Doc], context: { mfa: Bool } };
action unused;
`;
export const validations = String.raw`
principal.age == 1
principal.age == "1"
principal is User && principal.age == 1
principal is Group || principal.age == 1
!(principal is Group) && principal.age == 1
if principal is User then principal.age == 1 else true
if principal is Group then true else principal.age == 1
principal is User && principal.manager == principal
principal is User && principal has manager && principal.manager == principal
principal is User && (principal has manager || true) && principal.manager == principal
principal is User && (principal has manager || principal has age) && principal.manager == principal
principal is User && principal has "manager" && principal["manager"].age == 1
principal is User && principal has manager.manager && principal.manager.manager.age == 1
principal is User && principal has manager.manager.nope
principal is User && principal has manager.nope && principal.nope == 1
principal is User && principal has profile.nick && principal.profile.nick like "a*"
principal is User && principal.profile has nick && principal.profile.nick like "a*"
principal is User && principal.profile has level && true
principal is User && principal has profile.level && principal.profile.nick == "a"
principal is User && (if principal has manager then principal.manager.age == 1 else false)
principal is User && (if principal has manager then false else principal.manager.age == 1)
principal is User && (if principal has manager then true else false) && principal.manager.age == 1
principal has nope
principal has nope && principal.nope
principal has nope || true
resource is Doc && resource has meta && resource.meta.made < datetime("2024-01-01")
resource is Doc && resource has meta.by && resource.meta.by.age > 3
resource is Doc && resource.meta.made < datetime("2024-01-01")
context.mfa
context has color && context.color == Color::"red"
context has color && context.color == Color::"blue"
context has address && context.address.isLoopback()
context.address.isLoopback()
action == Action::"view" && context has color && context.color == Color::"green"
action == Action::"edit" && context has color && context.color == Color::"green"
action == Action::"nope"
action in Action::"reads" && context has color
action in [Action::"reads", Action::"edit"]
action in [Action::"view", User::"a"]
action == User::"a"
action.name == "view"
action has name
action is Action
principal is Action
principal is Nope
principal in Nope::"a"
principal in User::"a"
principal in Folder::"a"
principal in [Group::"a", Group::"b"]
principal in [Group::"a", Folder::"b"]
principal in []
[] == []
[1, 2].contains(3)
[1, 2].contains("a")
[1, "a"].contains(1)
[1].containsAll([2])
[1].containsAny(["a"])
[true, false].contains(context.mfa)
[{a: 1}, {a: 2}].contains({a: 3})
[{a: 1}, {b: 2}].contains({a: 3})
[{a: true}, {a: context.mfa}].contains({a: false})
[principal].contains(resource)
principal == resource
principal == Doc::"a"
principal.age == resource.size
1 == "a"
1 == 1
1 == 1 && false
"a" == context
principal == User::"a"
principal != User::"a"
principal != resource
true == "a"
context.mfa == 1
context == {mfa: true}
context == {mfa: context.mfa}
context == {nope: 1}
{a: 1}.a == 1
{a: 1}.b == 1
{a: 1} has a
{a: 1} has b && 1
1 < 2
1 < "a"
datetime("2024-01-01") < datetime("2024-01-02")
datetime("2024-01-01") < duration("1d")
duration("1d") <= duration("2d")
decimal("1.0") < decimal("2.0")
decimal("1.0").lessThan(decimal("2.0"))
decimal("x").lessThan(decimal("2.0"))
decimal(1).lessThan(decimal("2.0"))
decimal(if context.mfa then "1.0" else "2.0").lessThan(decimal("2.0"))
ip("1.2.3.4").isInRange(ip("nope"))
ip("1.2.3.4").isIpv4("x")
ip("1.2.3.4", "x").isIpv4()
principal is User && ip(principal.name).isIpv4()
datetime("2024-01-01").offset(duration("1d")) == datetime("2024-01-02")
datetime("2024-01-01").offset(1) == datetime("2024-01-02")
datetime("2024-01-01").toTime().toHours() + 1 == 2
1 + "a" == 2
1 + 2 * 3 == 7
-1 == 1
-true == 1
!1
1
context
"a" like "b"
1 like "b"
principal like "b"
principal.hasTag("a")
principal is User && principal.hasTag("a") && principal.getTag("a") == "x"
principal is User && principal.getTag("a") == "x"
principal is User && principal.hasTag("a") && principal.getTag("b") == "x"
principal is User && principal.hasTag(principal.name) && principal.getTag(principal.name) == "x"
principal is User && principal.hasTag(1)
principal is Group && principal.hasTag("a") && principal.getTag("a") == "x"
principal.hasTag("a") && principal.getTag("a") == "x"
resource is Doc && resource.hasTag("a") && resource.getTag("a").contains(1)
resource is Doc && resource.hasTag("a") && resource.getTag("a").contains("x")
resource is Folder && resource.hasTag("a")
context.hasTag("a")
if context.mfa then 1 else "a"
if context.mfa then true else 1
if true then true else 1
if false then 1 else true
if 1 then true else false
(if context.mfa then 1 else 2) == 1
(if context.mfa then principal else resource) == principal
(if context.mfa then {a: 1} else {a: 2}).a == 1
(if context.mfa then {a: 1} else {b: 2}).a == 1
true || 1
false && 1
1 || true
context.mfa || 1
false || context.mfa
true && context.mfa
principal is User && principal.friends.contains(principal)
principal is User && principal.friends.contains(resource)
principal is User && principal in principal.friends
principal is User && resource in principal.friends
principal is User && principal.friends.isEmpty()
[].isEmpty()
principal is User in Group::"a"
principal is User in Folder::"a"
principal is Group in User::"a"
resource is Doc in Folder::"a" && resource has size && resource.size > 1
principal is User && principal has manager && principal.manager has manager && principal.manager.manager.age == 1
principal is User && principal has manager && principal.manager has age && principal has manager
principal is User && !(principal has manager) && principal.manager.age == 1
principal is User && User::"a" has manager && User::"a".manager.age == 1
principal is User && User::"a" has manager && User::"b".manager.age == 1
User::"a".age == 1
User::"a" in Group::"b"
Group::"a" in User::"b"
Action::"view" in Action::"reads"
Action::"view" in Action::"nope"
Action::"view" == action
Color::"red" == Color::"blue"
principal is User && (principal has manager && (true && principal.manager.age == 1))
principal is User && ((true && principal has manager) && principal.manager.age == 1)
principal is User && ((principal has manager && true) && principal.manager.age == 1)
principal is User && (false || principal has manager) && principal.manager.age == 1
principal is User && (principal has manager || false) && principal.manager.age == 1
principal is User && (principal has manager || principal has manager) && principal.manager.age == 1
permit(principal, action, resource);
permit(principal == User::"a", action == Action::"view", resource);
permit(principal == Group::"a", action == Action::"view", resource);
permit(principal == Nope::"a", action, resource);
permit(principal, action == Action::"nope", resource);
permit(principal, action == Action::"unused", resource);
permit(principal, action in [Action::"view", Action::"edit"], resource);
permit(principal, action in [Action::"view", Action::"nope"], resource);
permit(principal, action in [], resource);
permit(principal, action in Action::"reads", resource is Folder);
permit(principal, action in Action::"reads", resource is Doc in Folder::"x");
permit(principal in User::"a", action, resource);
permit(principal in Folder::"a", action, resource);
permit(principal is Group, action == Action::"view", resource);
permit(principal is Group, action, resource) when { principal.age == 1 };
permit(principal is User, action, resource) when { principal.age == 1 };
permit(principal is Folder, action, resource);
permit(principal is Action, action, resource);
permit(principal is Nope, action, resource);
permit(principal is User in Group::"a", action, resource is Folder) when { context has color };
permit(principal, action, resource) unless { principal is Group } when { principal.age == 1 };
permit(principal, action, resource) when { principal is User } when { principal.age == 1 };
permit(principal, action, resource) when { principal is User && principal has manager } when { principal.manager.age == 1 };
permit(principal, action, resource) unless { principal has manager } when { principal.manager.age == 1 };
permit(principal, action, resource) when { false } when { 1 };
permit(principal, action == Action::"edit", resource) when { resource has meta.by };
forbid(principal == Color::"red", action, resource);
forbid(principal, action, resource) when { resource == Color::"nope" };
permit(principal, action == Action::"view", resource == Folder::"f") when { resource.owner == principal };
`.split('\n').filter((line) => line.trim() !== '');

const u = (id, attrs = {}, parents = [], more = {}) => ({ uid: { type: 'U', id }, attrs, parents, ...more });
const always = 'permit(principal, action, resource);';
const when = (condition) => `permit(principal, action, resource) when { ${condition} };`;
const extn = (fn, arg) => ({ __extn: { fn, arg } });

// [entities, policies] without a schema.
export const entityCorners = [
    [[u('a', { a: 1 }), u('a', { a: 1 })], always],
    [[u('a', { a: 1 }), u('a', { a: 2 })], always],
    [[u('a', {}, [{ type: 'U', id: 'a' }])], always],
    [[u('a', {}, [{ type: 'U', id: 'b' }]), u('b', {}, [{ type: 'U', id: 'a' }])], always],
    [[{ uid: { __entity: { type: 'U', id: 'a' } }, attrs: {}, parents: [{ __entity: { type: 'G', id: 'g' } }] }], when('principal in G::"g"')],
    [[{ uid: 'U::"a"', attrs: {}, parents: [] }], always],
    [[{ uid: { type: 'U', id: 'a' }, parents: [] }], always],
    [[{ uid: { type: 'U', id: 'a' }, attrs: {} }], always],
    [[{ uid: { type: 'U', id: 'a' }, attrs: {}, parents: [], zz: 1 }], always],
    [[u('a', { a: null })], always],
    [[u('a', { a: 1.5 })], always],
    [[u('a', { a: [null] })], always],
    [[u('a', { b: extn('ip', '1.1.1.1') })], when('principal.b.isIpv4()')],
    [[u('a', { b: { __extn: { fn: 'ip', args: ['1.1.1.1'] } } })], when('principal.b.isIpv4()')],
    [[u('a', { b: { __extn: { fn: 'offset', args: [extn('datetime', '1970-01-01'), extn('duration', '1ms')] } } })], when('principal.b == datetime("1970-01-01T00:00:00.001Z")')],
    [[u('a', { b: extn('isIpv4', extn('ip', '1.1.1.1')) })], when('principal.b')],
    [[u('a', { b: extn('ip', '1.1.1.x') })], always],
    [[u('a', { b: extn('nope', '1.1.1.1') })], always],
    [[u('a', { b: { __extn: { fn: 'ip', arg: '1.1.1.1', z: 1 } } })], when('principal.b.isIpv4()')],
    [[u('a', { b: { ...extn('ip', '1.1.1.1'), z: 1 } })], when('principal.b has z')],
    [[u('a', { b: { __entity: { type: 'U', id: 'b' }, z: 1 } })], when('principal.b == U::"b"')],
    [[u('a', { b: { __entity: { type: 'U b', id: 'b' } } })], always],
    [[u('a', { b: { __entity: { type: 'A :: B', id: 'b' } } })], always],
    [[u('a', { b: { __entity: { type: 'U' } } })], when('principal.b["__entity"].type == "U"')],
    [[u('a', { b: { __entity: 'b' } })], when('principal.b["__entity"] == "b"')],
    [[u('a', { b: { __expr: '1' } })], always],
    [[u('a', { b: { __expr: '1', z: 1 } })], when('principal.b.z == 1')],
    [[u('a', { b: { __expr: 1 } })], when('principal.b["__expr"] == 1')],
    [[u('a', { b: { type: 'U', id: 'b' } })], when('principal.b.id == "b"')],
    [[{ uid: { type: 'U', id: 'a' }, attrs: {}, parents: null }], always],
    [[u('a', {}, ['U::"b"'])], always],
    [[u('a', {}, [{ type: 'U', id: 'b' }, { type: 'U', id: 'b' }])], when('principal in U::"b"')],
    [[{ uid: { type: 'Action', id: 'v' }, attrs: {}, parents: [{ type: 'U', id: 'b' }] }], always],
    [[u('a', {}, [{ type: 'Action', id: 'b' }])], when('principal in Action::"b"')],
    [[u('a', {}, [], { tags: { x: { a: [1] } } })], when('principal.getTag("x").a == [1]')],
    [[u('a', {}, [], { tags: { x: { type: 'U', id: 'b' } } })], when('principal.getTag("x").id == "b"')],
    [[{ uid: { type: '__cedar::U', id: 'a' }, attrs: {}, parents: [] }], always],
    [[{ uid: { type: 'if', id: 'a' }, attrs: {}, parents: [] }], always],
    [[{ uid: { type: 'principal', id: 'a' }, attrs: {}, parents: [] }], always],
    [{}, always],
    [[u('a', {}, [{ type: 'G', id: 'b' }]), { uid: { type: 'G', id: 'b' }, attrs: {}, parents: [{ type: 'G', id: 'c' }] }], when('principal in G::"c"')],
];

export const conformanceSchema = `
entity U in [G] { a: Long, e?: U, k?: K, ip?: ipaddr, d?: decimal, w?: datetime, r?: { x: Long, e?: U }, s?: Set<U> } tags U;
entity G; entity R; entity K enum ["x", "y"];
action v in [all] appliesTo { principal: [U], resource: [R], context: { l?: Long, e?: U } };
action all; action w appliesTo { principal: [G, K], resource: [R] };
`;
const asked = (more) => ({ principal: { type: 'U', id: 'a' }, action: { type: 'Action', id: 'v' }, resource: { type: 'R', id: 'r' }, context: {}, ...more });

// [entities, policies, request] under that schema.
export const conformanceCorners = [
    [[u('a', { a: 1 })], always],
    [[u('a', { a: 1, e: { type: 'U', id: 'b' } })], when('principal.e == U::"b"')],
    [[u('a', { a: 1, e: { type: 'R', id: 'b' } })], always],
    [[u('a', { a: 1, e: 'U::"b"' })], always],
    [[u('a', { a: 1, k: { type: 'K', id: 'x' } })], when('principal.k == K::"x"')],
    [[u('a', { a: 1, k: { type: 'K', id: 'z' } })], always],
    [[u('a', { a: 1, ip: '1.1.1.1' })], when('principal.ip.isIpv4()')],
    [[u('a', { a: 1, ip: { fn: 'ip', arg: '1.1.1.1' } })], when('principal.ip.isIpv4()')],
    [[u('a', { a: 1, ip: 7 })], always],
    [[u('a', { a: 1, ip: extn('decimal', '1.0') })], always],
    [[u('a', { a: 1, d: '1.25' })], when('principal.d == decimal("1.25")')],
    [[u('a', { a: 1, d: '1.25x' })], always],
    [[u('a', { a: 1, w: '2024-01-01' })], when('principal.w == datetime("2024-01-01")')],
    [[u('a', { a: 1, r: { x: 1, e: { type: 'U', id: 'b' } } })], when('principal.r.e == U::"b"')],
    [[u('a', { a: 1, r: { e: { type: 'U', id: 'b' } } })], always],
    [[u('a', { a: 1, r: { x: 1, y: 2 } })], always],
    [[u('a', { a: 1, s: [{ type: 'U', id: 'b' }] })], when('principal.s.contains(U::"b")')],
    [[u('a', { a: 1, s: [{ type: 'U', id: 'b' }, 1] })], always],
    [[u('a', { a: 1, s: 1 })], always],
    [[u('a', {})], always],
    [[u('a', { a: 'x' })], always],
    [[u('a', { a: 1, zz: 1 })], always],
    [[u('a', { a: 1 }, [{ type: 'R', id: 'b' }])], always],
    [[u('a', { a: 1 }, [{ type: 'G', id: 'b' }])], always],
    [[u('a', { a: 1 }, [], { tags: { t: { type: 'U', id: 'b' } } })], when('principal.getTag("t") == U::"b"')],
    [[u('a', { a: 1 }, [], { tags: { t: 1 } })], always],
    [[{ uid: { type: 'G', id: 'g' }, attrs: {}, parents: [], tags: { t: 1 } }], always],
    [[{ uid: { type: 'Z', id: 'a' }, attrs: {}, parents: [] }], always],
    [[{ uid: { type: 'K', id: 'z' }, attrs: {}, parents: [] }], always],
    [[{ uid: { type: 'K', id: 'x' }, attrs: {}, parents: [] }], always],
    [[{ uid: { type: 'K', id: 'x' }, attrs: { q: 1 }, parents: [] }], always],
    [[], when('action in Action::"all"')],
    [[{ uid: { type: 'Action', id: 'v' }, attrs: {}, parents: [] }], always],
    [[{ uid: { type: 'Action', id: 'v' }, attrs: {}, parents: [{ type: 'Action', id: 'all' }] }], when('action in Action::"all"')],
    [[{ uid: { type: 'Action', id: 'q' }, attrs: {}, parents: [] }], always],
    [[], always, asked({ action: { type: 'Action', id: 'w' } })],
    [[], always, asked({ action: { type: 'Action', id: 'w' }, principal: { type: 'K', id: 'x' } })],
    [[], always, asked({ action: { type: 'Action', id: 'w' }, principal: { type: 'K', id: 'z' } })],
    [[], always, asked({ action: { type: 'Action', id: 'nope' } })],
    [[], always, asked({ resource: { type: 'G', id: 'g' } })],
    [[], always, asked({ context: { l: 'x' } })],
    [[], always, asked({ context: { q: 1 } })],
    [[], when('context.e == U::"b"'), asked({ context: { e: { type: 'U', id: 'b' } } })],
    [[], always, asked({ context: null })],
    [[], always, asked({ context: { l: null } })],
    [[], always, asked({ context: { __entity: { type: 'U', id: 'b' } } })],
].map(([entities, policies, request = asked()]) => ({ entities, policies, request, schema: conformanceSchema }));
