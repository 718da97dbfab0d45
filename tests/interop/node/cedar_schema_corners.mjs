// Schemas at the edges of both forms; whether each is one is asked of the oracle.
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
