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
