// Decisions of npm casbin over the part of the rules that its model can say, in microseconds, as one JSON object.
// Usage: node casbin_bench.mjs WORKLOAD.json
import { readFileSync } from 'node:fs';
import { newEnforcer, newModelFromString } from 'casbin';

const model = newModelFromString(`
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.obj == p.obj && r.act == p.act && g(r.sub, p.sub)
`);
const { cases, rules, roles } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const distinct = (rows) => [...new Map(rows.map((row) => [row.join(), row])).values()];
const enforcer = await newEnforcer(model);
enforcer.enableLog(false);
await enforcer.addPolicies(distinct(rules));
await enforcer.addGroupingPolicies(distinct(roles));
const samples = [];
const until = process.hrtime.bigint() + 10_000_000_000n;
for (const { request } of cases) {
    const began = process.hrtime.bigint();
    await enforcer.enforce(request.principal.id, request.resource.id, request.action.id);
    samples.push(Number(process.hrtime.bigint() - began) / 1000);
    if (process.hrtime.bigint() > until)
        break;
}
samples.sort((a, b) => a - b);
const at = (share) => samples[Math.min(samples.length - 1, Math.floor(samples.length * share))];
console.log(JSON.stringify({ name: 'casbin 5.51.1', p50: at(0.5), p99: at(0.99) }));
