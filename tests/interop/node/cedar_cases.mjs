// Seeded cases for the policy language, each with what the official engine (@cedar-policy/cedar-wasm) answers, as JSON
// Lines: {"item": a line of `ephor policy check --batch` in mode cedar, "expected": {"failed"} or {"decision",
// "reasons", "errors", "valid"?}}.
// Usage: node cedar_cases.mjs SEED COUNT      COUNT of each kind: decisions, validations
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { corners } from './cedar_corners.mjs';
import { conformanceCorners, entityCorners } from './cedar_entity_corners.mjs';
import { schemaDocuments, schemaTexts } from './cedar_schema_corners.mjs';
import { validations, validationSchema } from './cedar_validation_corners.mjs';

const [seed = '1', count = '100'] = process.argv.slice(2);

// Mulberry32: the same cases on every machine.
let state = Number(seed) >>> 0;
function random() {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const chance = (share) => random() < share;
const times = (n, make) => Array.from({ length: n }, make);

const schema = `
entity User in [Group] {
    age: Long, name: String, manager?: User, peers?: Set<User>, address?: ipaddr, score?: decimal,
    joined?: datetime, profile: { level: Long, nick?: String, best?: Doc }, active: Bool
} tags String;
entity Group in [Group] { rank?: Long };
entity Doc in [Folder] {
    owner: User, size: Long, labels: Set<String>, open: Bool, meta?: { made: datetime, life?: duration }
} tags Set<Long>;
entity Folder in [Folder] { depth: Long };
entity Level enum ["low", "high"];
type Circumstances = { address?: ipaddr, now: datetime, mfa: Bool, count?: Long, level?: Level };
action reads, writes;
action view in [reads] appliesTo { principal: [User], resource: [Doc, Folder], context: Circumstances };
action list in [reads] appliesTo { principal: [User, Group], resource: [Folder], context: { now: datetime } };
action edit in [writes] appliesTo { principal: [User], resource: [Doc], context: Circumstances };
`;

const names = {
    User: ['ann', 'bob', 'cy', 'dee'],
    Group: ['staff', 'board', 'night'],
    Doc: ['plan', 'memo', 'bill'],
    Folder: ['top', 'sub', 'low'],
    Level: ['low', 'high'],
    Action: ['view', 'edit', 'list', 'reads', 'writes'],
};
const uid = (type, id = pick(names[type])) => ({ type, id });
const uidText = ({ type, id }) => `${type}::${JSON.stringify(id)}`;
const maybe = (object, key, make, share = 0.6) => {
    if (chance(share))
        object[key] = make();
};
const entityValue = (type) => ({ __entity: uid(type) });
const extension = (fn, arg) => ({ __extn: { fn, arg } });

const numbers = [0, 1, 2, 3, 5, 7, 18, 42, 1000];
const texts = ['', 'a', 'ann', 'plan', 'a*b', 'äöü', 'draft', 'final'];
const decimals = ['0.0', '1.5', '1.50', '-2.25', '922337203685477.5807'];
const addresses = ['10.0.0.1', '10.0.0.0/8', '192.168.1.7', '127.0.0.1', '::1', 'fe80::1', 'ff00::/8', '224.0.0.1', '0.0.0.0/0'];
const moments = ['2024-01-01', '2024-06-30T12:00:00Z', '2024-06-30T12:00:00.250+0200', '1969-12-31T23:59:59Z'];
const spans = ['1d', '-1h', '90m', '1d2h3m4s5ms', '0s'];

function world() {
    const list = [];
    const add = (type, id, attrs, parents, tags) => chance(0.93) && list.push({ uid: { type, id }, attrs, parents, ...(tags ? { tags } : {}) });
    for (const id of names.User) {
        const attrs = { age: pick(numbers), name: pick(texts), active: chance(0.5), profile: { level: pick(numbers) } };
        maybe(attrs, 'manager', () => entityValue('User'));
        maybe(attrs, 'peers', () => times(below(3), () => entityValue('User')));
        maybe(attrs, 'address', () => extension('ip', pick(addresses)));
        maybe(attrs, 'score', () => extension('decimal', pick(decimals)));
        maybe(attrs, 'joined', () => extension('datetime', pick(moments)));
        maybe(attrs.profile, 'nick', () => pick(texts));
        maybe(attrs.profile, 'best', () => entityValue('Doc'));
        const tags = {};
        maybe(tags, 'team', () => pick(texts));
        maybe(tags, 'site', () => pick(texts), 0.3);
        add('User', id, attrs, times(below(3), () => uid('Group')), tags);
    }
    names.Group.forEach((id, i) => {
        const attrs = {};
        maybe(attrs, 'rank', () => pick(numbers));
        add('Group', id, attrs, i > 0 && chance(0.6) ? [uid('Group', names.Group[i - 1])] : []);
    });
    for (const id of names.Doc) {
        const attrs = { owner: entityValue('User'), size: pick(numbers), labels: times(below(3), () => pick(texts)), open: chance(0.5) };
        maybe(attrs, 'meta', () => {
            const meta = { made: extension('datetime', pick(moments)) };
            maybe(meta, 'life', () => extension('duration', pick(spans)));
            return meta;
        });
        const tags = {};
        maybe(tags, 'pages', () => times(below(3), () => pick(numbers)));
        add('Doc', id, attrs, times(below(2), () => uid('Folder')), tags);
    }
    names.Folder.forEach((id, i) => add('Folder', id, { depth: i }, i > 0 && chance(0.7) ? [uid('Folder', names.Folder[i - 1])] : []));
    return list;
}

const groupOf = { view: 'reads', list: 'reads', edit: 'writes' };
const actionEntities = () => Object.entries(groupOf).map(([id, group]) => ({ uid: { type: 'Action', id }, attrs: {}, parents: [{ type: 'Action', id: group }] }));

function request() {
    const action = pick(['view', 'view', 'edit', 'edit', 'list']);
    const context = { now: extension('datetime', pick(moments)) };
    if (action !== 'list') {
        context.mfa = chance(0.5);
        maybe(context, 'address', () => extension('ip', pick(addresses)));
        maybe(context, 'count', () => pick(numbers));
        maybe(context, 'level', () => entityValue('Level'));
    }
    const resource = action === 'edit' ? uid('Doc') : action === 'list' ? uid('Folder') : uid(pick(['Doc', 'Doc', 'Folder']));
    const principal = action === 'list' && chance(0.3) ? uid('Group') : uid('User');
    return { principal, action: uid('Action', action), resource, context };
}

// What an expression of each type can be read from, and what must be guarded for it to exist.
const guards = [];
let wild = 0.04; // how often something of another type is put where a type is wanted
const types = ['bool', 'long', 'string', 'user', 'doc', 'folder', 'group', 'longs', 'strings', 'users', 'record', 'decimal', 'ip', 'datetime', 'duration'];

function optional(target, attribute) {
    if (chance(0.75))
        guards.push(chance(0.7) ? `${target} has ${attribute}` : `${target} has ${JSON.stringify(attribute)}`);
    return chance(0.8) ? `${target}.${attribute}` : `${target}[${JSON.stringify(attribute)}]`;
}

const read = {
    bool: [() => 'context.mfa', () => 'principal.active', () => 'resource.open', () => pick(['true', 'false'])],
    long: [() => 'principal.age', () => 'resource.size', () => 'principal.profile.level', () => optional('context', 'count'), () => `${pick(numbers)}`, () => `-${pick(numbers)}`, () => pick(['9223372036854775807', '-9223372036854775808'])],
    string: [() => 'principal.name', () => text(), () => text(), () => optional('principal.profile', 'nick'), () => tag('principal', pick(['team', 'site']))],
    user: [() => 'principal', () => 'resource.owner', () => uidText(uid('User')), () => optional('principal', 'manager')],
    doc: [() => 'resource', () => uidText(uid('Doc')), () => optional('principal.profile', 'best')],
    folder: [() => uidText(uid('Folder')), () => 'resource'],
    group: [() => uidText(uid('Group'))],
    longs: [() => `[${times(below(4), () => pick(numbers)).join(', ')}]`, () => tag('resource', 'pages')],
    strings: [() => 'resource.labels', () => `[${times(1 + below(3), text).join(', ')}]`],
    users: [() => optional('principal', 'peers'), () => `[${times(1 + below(3), () => uidText(uid('User'))).join(', ')}]`],
    record: [() => 'principal.profile', () => 'context', () => `{level: ${pick(numbers)}, "nick": ${text()}}`, () => optional('resource', 'meta')],
    decimal: [() => `decimal("${pick(decimals)}")`, () => optional('principal', 'score')],
    ip: [() => `ip("${pick(addresses)}")`, () => optional('principal', 'address'), () => optional('context', 'address')],
    datetime: [() => 'context.now', () => `datetime("${pick(moments)}")`, () => optional('principal', 'joined'), () => optional('resource', 'meta') + '.made'],
    duration: [() => `duration("${pick(spans)}")`, () => `${read.datetime[below(2)]()}.toTime()`],
};
const text = () => JSON.stringify(pick(texts));
function tag(target, name) {
    if (chance(0.7))
        guards.push(`${target}.hasTag("${name}")`);
    return `${target}.getTag("${name}")`;
}
const compare = () => pick(['<', '<=', '>', '>=']);
const pattern = () => JSON.stringify(pick(['*', 'a*', '*n', 'an*', 'p*n', 'x', '*a*'])).replace('x', 'a\\*b');

const derive = {
    bool: [
        (d) => `${of('bool', d)} && ${of('bool', d)}`,
        (d) => `${of('bool', d)} || ${of('bool', d)}`,
        (d) => `!(${of('bool', d)})`,
        (d) => `if ${of('bool', d)} then ${of('bool', d)} else ${of('bool', d)}`,
        (d) => `${of('long', d)} ${compare()} ${of('long', d)}`,
        (d) => `${of('datetime', d)} ${compare()} ${of('datetime', d)}`,
        (d) => `${of('duration', d)} ${compare()} ${of('duration', d)}`,
        (d) => `${of('decimal', d)}.${pick(['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'])}(${of('decimal', d)})`,
        (d) => `${of('ip', d)}.${pick(['isIpv4', 'isIpv6', 'isLoopback', 'isMulticast'])}()`,
        (d) => `${of('ip', d)}.isInRange(${of('ip', d)})`,
        (d) => `${of('string', d)} like ${pattern()}`,
        (d) => { const type = pick(types); return `${of(type, d)} ${pick(['==', '!='])} ${of(type, d)}`; },
        (d) => `${of('user', d)} in ${of('group', d)}`,
        (d) => `${of('user', d)} in [${of('group', d)}, ${of('group', d)}]`,
        (d) => `${of('user', d)} in ${of('users', d)}`,
        (d) => `resource in ${of('folder', d)}`,
        () => `action in ${uidText(uid('Action'))}`,
        (d) => `${pick(['principal', 'resource', of('user', d)])} is ${pick(['User', 'Group', 'Doc', 'Folder'])}`,
        (d) => `principal is User in ${of('group', d)}`,
        (d) => `${of('longs', d)}.contains(${of('long', d)})`,
        (d) => `${of('strings', d)}.${pick(['containsAll', 'containsAny'])}(${of('strings', d)})`,
        (d) => `${of('strings', d)}.contains(${of('string', d)})`,
        (d) => `${of('users', d)}.contains(${of('user', d)})`,
        (d) => `${of(pick(['longs', 'strings', 'users']), d)}.isEmpty()`,
        () => `${pick(['principal', 'context', 'resource', 'principal.profile'])} has ${pick(['age', 'manager', 'manager.age', 'address', 'count', 'nick', 'meta.life', 'open', 'best.size'])}`,
        () => `principal.hasTag(${text()})`,
        () => `context has level && context.level == ${uidText(uid('Level'))}`,
    ],
    long: [
        (d) => `${of('long', d)} ${pick(['+', '-'])} ${of('long', d)}`,
        (d) => `${of('long', d)} * ${pick(numbers)}`,
        (d) => `-(${of('long', d)})`,
        (d) => `if ${of('bool', d)} then ${of('long', d)} else ${of('long', d)}`,
        (d) => `(${of('duration', d)}).${pick(['toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'])}()`,
        (d) => `(${of('user', d)}).age`,
    ],
    string: [(d) => `if ${of('bool', d)} then ${of('string', d)} else ${of('string', d)}`, (d) => `(${of('user', d)}).name`],
    user: [(d) => `(${of('doc', d)}).owner`, (d) => `if ${of('bool', d)} then ${of('user', d)} else ${of('user', d)}`],
    strings: [(d) => `[${of('string', d)}, ${of('string', d)}]`, (d) => `(${of('doc', d)}).labels`],
    longs: [(d) => `[${of('long', d)}, ${of('long', d)}]`],
    users: [(d) => `[${of('user', d)}, ${of('user', d)}]`],
    record: [(d) => `{level: ${of('long', d)}, nick: ${of('string', d)}}`],
    datetime: [(d) => `(${of('datetime', d)}).offset(${of('duration', d)})`, (d) => `(${of('datetime', d)}).toDate()`],
    duration: [(d) => `(${of('datetime', d)}).durationSince(${of('datetime', d)})`, (d) => `(${of('datetime', d)}).toTime()`],
};

function of(type, depth) {
    const wanted = chance(wild) ? pick(types) : type;
    const ways = derive[wanted];
    const share = wanted === 'bool' ? 0.95 : 0.4;
    const made = depth > 0 && ways && chance(share) ? `(${pick(ways)(depth - 1)})` : pick(read[wanted])();
    return made;
}

function condition(depth) {
    guards.length = 0;
    const body = of('bool', depth);
    const wanted = [...new Set(guards)];
    return wanted.length > 0 && chance(0.85) ? `${wanted.join(' && ')} && ${body}` : body;
}

function scope(variable) {
    const kinds = variable === 'principal' ? ['User', 'User', 'Group'] : ['Doc', 'Doc', 'Folder'];
    const groups = variable === 'principal' ? 'Group' : 'Folder';
    const way = below(16);
    if (way === 0)
        return `${variable} == ${uidText(uid(pick(kinds)))}`;
    if (way < 3)
        return `${variable} in ${uidText(uid(groups))}`;
    if (way < 6)
        return `${variable} is ${pick(kinds)}`;
    if (way < 7)
        return `${variable} is ${pick(kinds)} in ${uidText(uid(groups))}`;
    return variable;
}

function actionScope() {
    const way = below(10);
    if (way < 2)
        return `action == ${uidText(uid('Action', pick(['view', 'edit', 'list'])))}`;
    if (way < 4)
        return `action in ${uidText(uid('Action'))}`;
    if (way < 5)
        return `action in [${times(below(3), () => uidText(uid('Action'))).join(', ')}]`;
    return 'action';
}

function policy(depth) {
    const annotation = chance(0.1) ? `@id("own-${below(9)}") @note ` : '';
    const conditions = times(chance(0.85) ? 1 : below(3), () => `${chance(0.8) ? 'when' : 'unless'} { ${condition(depth)} }`);
    return `${annotation}${chance(0.8) ? 'permit' : 'forbid'}(${scope('principal')}, ${actionScope()}, ${scope('resource')}) ${conditions.join(' ')};`;
}

function officially(item) {
    const { principal, action, resource, context } = item.request;
    const policies = { staticPolicies: item.policies };
    const answer = cedar.isAuthorized({
        principal, action, resource, context, policies, entities: item.entities, ...(item.schema ? { schema: item.schema } : {}),
    });
    if (answer.type === 'failure')
        return { failed: answer.errors.map((error) => error.message).join('; ') };
    const { decision, diagnostics } = answer.response;
    const expected = { decision, reasons: diagnostics.reason.sort(), errors: diagnostics.errors.map((error) => error.policyId).sort() };
    if (item.validate) {
        const checked = cedar.validate({ schema: item.schema, policies });
        if (checked.type === 'failure')
            return { failed: checked.errors.map((error) => error.message).join('; ') };
        expected.valid = checked.validationErrors.length === 0;
        expected.findings = checked.validationErrors.map((error) => `${error.policyId}: ${error.error.message}`);
    }
    return expected;
}

function tell(kind, item) {
    process.stdout.write(`${JSON.stringify({ kind, item, expected: officially(item) })}\n`);
}

const cornerEntities = [
    { uid: { type: 'U', id: 'a' }, attrs: { n: 1, s: 'str', r: { x: { y: 2 } } }, parents: [{ type: 'G', id: 'g' }], tags: { t: 'v' } },
    { uid: { type: 'G', id: 'g' }, attrs: {}, parents: [] },
];
const cornerRequest = { principal: uid('U', 'a'), action: uid('Action', 'v'), resource: uid('R', 'r'), context: { b: true, l: 5 } };
const asPolicies = (line) => (/^\s*(@|permit|forbid|allow|\/\/|$)/.test(line) ? line : `permit(principal, action, resource) when { ${line} };`);
for (const corner of corners)
    tell('corner', { policies: asPolicies(corner), entities: cornerEntities, request: cornerRequest, mode: 'cedar' });

for (const [entities, policies] of entityCorners)
    tell('entities', { policies, entities, request: cornerRequest, mode: 'cedar' });
for (const item of conformanceCorners)
    tell('conformance', { ...item, mode: 'cedar', validate: true });

// Of a schema alone only whether it is one is asked; nothing conforms to most of these.
for (const document of [...schemaTexts, ...schemaDocuments]) {
    const item = { policies: '', entities: [], schema: document, request: cornerRequest, mode: 'cedar' };
    const parsed = cedar.checkParseSchema(document);
    process.stdout.write(`${JSON.stringify({ kind: 'schema', item, expected: { schema: parsed.type === 'success' } })}\n`);
}
for (const line of validations) {
    const asked = { principal: uid('User', 'a'), action: uid('Action', 'view'), resource: uid('Doc', 'd'), context: { mfa: true } };
    tell('validation-corner', { policies: asPolicies(line), entities: [], schema: validationSchema, request: asked, mode: 'cedar', validate: true });
}

for (let i = 0; i < Number(count); ++i) {
    const policies = times(1 + below(6), () => policy(1 + below(3))).join('\n');
    const entities = [...world(), ...(chance(0.9) ? actionEntities() : [])];
    tell('decision', { policies, entities, request: request(), mode: 'cedar' });
}
wild = 0.01;
for (let i = 0; i < Number(count); ++i) {
    const policies = times(1 + below(2), () => policy(1 + below(2))).join('\n');
    tell('validation', { policies, entities: world(), schema, request: request(), mode: 'cedar', validate: true });
}
