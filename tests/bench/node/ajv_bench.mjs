// Validations a second of npm ajv (draft 2020-12) over the cases of a file, as one JSON object.
// Usage: node ajv_bench.mjs CASES.json
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';

const secondsEach = 1;
const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const rates = {};
for (const { name, schema, instance, valid } of cases) {
    // All errors, as Ephor reports them; strict mode only warns about style.
    const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
    if (validate(instance) !== valid)
        throw new Error(`ajv disagrees about "${name}"`);
    const until = process.hrtime.bigint() + BigInt(secondsEach * 1e9);
    const began = process.hrtime.bigint();
    let count = 0;
    do {
        for (let i = 0; i < 2000; ++i)
            validate(instance);
        count += 2000;
    } while (process.hrtime.bigint() < until);
    rates[name] = count / (Number(process.hrtime.bigint() - began) / 1e9);
}
console.log(JSON.stringify(rates));
