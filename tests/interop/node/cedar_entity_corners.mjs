// Entities and requests at the edges of their JSON form, and of what conforms to a schema.
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
