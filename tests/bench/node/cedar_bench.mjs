// Verdicts of the official engine with its policies parsed beforehand, in microseconds, as one JSON object.
// Usage: node cedar_bench.mjs WORKLOAD.json
import { readFileSync } from 'node:fs';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';

const { policies, cases } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const read = cedar.preparsePolicySet('all', { staticPolicies: policies });
if (read.type !== 'success')
    throw new Error(JSON.stringify(read.errors));
const samples = [];
let allowed = 0;
const until = process.hrtime.bigint() + 10_000_000_000n;
for (const { request, entities } of cases) {
    const began = process.hrtime.bigint();
    const answer = cedar.statefulIsAuthorized({ ...request, preparsedPolicySetId: 'all', entities });
    samples.push(Number(process.hrtime.bigint() - began) / 1000);
    if (answer.type !== 'success')
        throw new Error(JSON.stringify(answer.errors));
    allowed += answer.response.decision === 'allow' ? 1 : 0;
    // Ten seconds of samples are enough; a count of a part would compare to nothing.
    if (process.hrtime.bigint() > until) {
        allowed = undefined;
        break;
    }
}
samples.sort((a, b) => a - b);
const at = (share) => samples[Math.min(samples.length - 1, Math.floor(samples.length * share))];
console.log(JSON.stringify({ name: 'cedar-wasm 4.13.0', p50: at(0.5), p99: at(0.99), allowed }));
